// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.lint;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.rulebooks.ActionSpec;
import io.reflexarc.rulebooks.Ruleset;
import java.util.List;

/**
 * Whether a rulebook has facts. A fact serves every rule and is not used up, so what is said of events that one rule takes away
 * from another does not hold for it.
 */
final class FactSources {
    private FactSources() {}

    static boolean in(List<Ruleset> rulesets) {
        return rulesets.stream()
                .anyMatch(ruleset -> ruleset.gatherFacts()
                        || ruleset.rules().stream()
                                .flatMap(rule -> rule.actions().stream())
                                .anyMatch(FactSources::sets));
    }

    private static boolean sets(ActionSpec action) {
        JsonNode wanted = action.arguments().tree().path("set_facts");
        return action.name().equals("set_fact") || wanted.asBoolean(wanted.isTextual());
    }
}
