// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import java.util.List;

/**
 * As much of a rulebook as could be read, and all that is wrong with it.
 *
 * @param rulesets in the conditions and actions of which errors may have left gaps
 * @param errors in the order in which they were found
 */
public record Draft(List<Ruleset> rulesets, List<RulebookError> errors) {
    public Draft {
        rulesets = List.copyOf(rulesets);
        errors = List.copyOf(errors);
    }

    /** The ruleset without the rules in which there is an error. */
    public Ruleset sound(Ruleset ruleset) {
        List<Rule> rules = ruleset.rules();
        List<Rule> sound = rules.stream()
                .filter(rule -> {
                    int next = rules.indexOf(rule) + 1;
                    int end = next < rules.size() ? rules.get(next).place().line() : end(ruleset);
                    return errors.stream()
                            .mapToInt(error -> error.place().line())
                            .noneMatch(line -> line >= rule.place().line() && line < end);
                })
                .toList();
        return new Ruleset(
                ruleset.name(),
                ruleset.hosts(),
                ruleset.sources(),
                sound,
                ruleset.gatherFacts(),
                ruleset.defaultEventsTtl(),
                ruleset.executionStrategy(),
                ruleset.matchMultipleRules(),
                ruleset.place());
    }

    private int end(Ruleset ruleset) {
        int next = rulesets.indexOf(ruleset) + 1;
        return next < rulesets.size() ? rulesets.get(next).place().line() : Integer.MAX_VALUE;
    }
}
