// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.site;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.decision.Explanations;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.activation.Language;
import io.reflexarc.engine.explain.ConditionExplainer;
import io.reflexarc.engine.template.TemplateContext;
import io.reflexarc.engine.template.Templates;
import io.reflexarc.rulebooks.RulebookParser;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The rulebook language as all roles of this process read it: one parser, one way to render. */
final class RulebookLanguage {
    private static final String FILE = "rulebook.yml";

    private final Templates templates = new Templates();
    private final RulebookParser parser;

    /** With these actions beside the language's own. */
    RulebookLanguage(Set<String> actions) {
        this.parser = new RulebookParser(actions, templates::text);
    }

    Language forEngine() {
        return new Language(parser::parse, this::render);
    }

    private JsonText render(JsonText arguments, Map<String, Object> names, Instant at, UUID seed) {
        if (!arguments.toString().contains("{{")) {
            return arguments; // most arguments hold no template: no tree of the event is built for them
        }
        JsonNode variables = Json.mapper().valueToTree(names);
        return templates.render(arguments, new TemplateContext(variables, Map.of(), seed.getMostSignificantBits()));
    }

    Explanations explanations() {
        return new ConditionExplainer((text, variables) -> parser.parse(text, FILE, variables));
    }

    /** Refuses what cannot be run. */
    void check(String yaml) {
        parser.parse(yaml, FILE, JsonText.EMPTY_OBJECT);
    }
}
