// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.site;

import io.reflexarc.core.decision.Explanations;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.explain.ConditionExplainer;
import io.reflexarc.engine.template.Templates;
import io.reflexarc.rulebooks.RulebookParser;
import java.util.Set;

/** The rulebook language as all roles of this process read it: one parser, one way to render. */
final class RulebookLanguage {
    private static final String FILE = "rulebook.yml";

    private final Templates templates = new Templates();
    private final RulebookParser parser;

    /** With these actions beside the language's own. */
    RulebookLanguage(Set<String> actions) {
        this.parser = new RulebookParser(actions, templates::text);
    }

    RulebookParser parser() {
        return parser;
    }

    Templates templates() {
        return templates;
    }

    Explanations explanations() {
        return new ConditionExplainer((text, variables) -> parser.parse(text, FILE, variables));
    }

    /** Refuses what cannot be run. */
    void check(String yaml) {
        parser.parse(yaml, FILE, JsonText.EMPTY_OBJECT);
    }
}
