// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.rulebooks.ActionSpec;
import io.reflexarc.rulebooks.Rulebook;
import io.reflexarc.rulebooks.RulebookParser;
import io.reflexarc.rulebooks.Ruleset;
import io.reflexarc.rulebooks.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Renders the {@code set_fact} actions of the recorded verdicts, whose folder is given by {@code -Dreflexarc.conformance=DIR}:
 * those with one rule, one condition and one event, where no session is needed to know what is rendered.
 */
class RecordedTemplatesTest {
    private final Templates templates = new Templates();

    @Test
    void rendersFactsAsTheOriginalDoes() throws IOException {
        String folder = System.getProperty("reflexarc.conformance", "");
        assumeTrue(!folder.isEmpty(), "needs the recorded verdicts: -Dreflexarc.conformance=DIR");
        List<String> differences = new ArrayList<>();
        int seen = 0;
        for (String line : Files.readAllLines(Path.of(folder, "cases", "action-tmpl.jsonl"))) {
            JsonNode recorded = Json.mapper().readTree(line);
            if (recorded.path("stance").asText().equals("match") && isSimple(recorded)) {
                seen++;
                check(recorded, differences);
            }
        }
        assertThat(differences).isEmpty();
        assertThat(seen).isGreaterThan(40);
    }

    private static Ruleset ruleset(JsonNode recorded) {
        JsonText variables = recorded.has("vars") ? JsonText.of(recorded.get("vars")) : JsonText.EMPTY_OBJECT;
        Rulebook rulebook = new RulebookParser(Set.of(), (text, vars) -> text)
                .parse(recorded.path("rulebook").asText(), "r", variables);
        return rulebook.rulesets().getFirst();
    }

    private static boolean isSimple(JsonNode recorded) {
        if (recorded.path("args").size() > 0) {
            return false;
        }
        Ruleset ruleset = ruleset(recorded);
        return ruleset.rules().size() == 1
                && ruleset.rules().getFirst().actions().size() == 1
                && ruleset.rules().getFirst().actions().getFirst().name().equals("set_fact")
                && !ruleset.rules()
                        .getFirst()
                        .actions()
                        .getFirst()
                        .arguments()
                        .tree()
                        .has("ruleset")
                && ruleset.rules().getFirst().trigger() instanceof Trigger.Single
                && ruleset.sources()
                                .getFirst()
                                .arguments()
                                .tree()
                                .path("payload")
                                .size()
                        == 1
                && recorded.at("/expected/reports").size() == 1;
    }

    private void check(JsonNode recorded, List<String> differences) {
        Ruleset ruleset = ruleset(recorded);
        ActionSpec action = ruleset.rules().getFirst().actions().getFirst();
        ObjectNode event =
                ruleset.sources().getFirst().arguments().tree().at("/payload/0").deepCopy();
        event.withObject("meta")
                .withObject("source")
                .put("name", "eda.builtin.generic")
                .put("type", "eda.builtin.generic");
        JsonNode expected = recorded.at("/expected/emitted/0/body");
        boolean fails = recorded.at("/expected/reports/0/status").asText().equals("failed");
        String id = recorded.path("id").asText();
        try {
            ObjectNode variables = recorded.withObject("vars");
            JsonNode fact = templates
                    .render(action.arguments().tree(), TemplateContext.ofEvent(variables, event, 1))
                    .path("fact");
            ((ObjectNode) expected).remove("meta");
            if (fails || !fact.equals(expected)) {
                differences.add(id + ": " + fact + " instead of " + expected);
            }
        } catch (ProblemException e) {
            String message = recorded.at("/expected/reports/0/message").asText();
            boolean sameMessage = message.equals(e.detail()) || message.startsWith("Object of type");
            if (!fails || !sameMessage) {
                differences.add(id + ": " + e.detail() + " instead of " + (fails ? message : expected));
            }
        }
    }
}
