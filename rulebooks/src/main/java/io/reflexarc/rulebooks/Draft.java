// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import java.util.ArrayList;
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
        List<Rule> sound = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            int begin = rules.get(i).place().line();
            int end = i + 1 < rules.size() ? rules.get(i + 1).place().line() : end(ruleset);
            if (errors.stream()
                    .mapToInt(error -> error.place().line())
                    .noneMatch(line -> line >= begin && line < end)) {
                sound.add(rules.get(i));
            }
        }
        return ruleset.withRules(sound);
    }

    private int end(Ruleset ruleset) {
        int next = rulesets.indexOf(ruleset) + 1;
        return next < rulesets.size() ? rulesets.get(next).place().line() : Integer.MAX_VALUE;
    }
}
