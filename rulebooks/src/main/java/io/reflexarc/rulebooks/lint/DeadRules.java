// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.lint;

import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.Ruleset;
import io.reflexarc.rulebooks.Trigger;
import io.reflexarc.rulebooks.Trigger.Pattern;
import java.util.List;
import java.util.Optional;

/** Rules that an earlier rule leaves no event: an event serves the first rule that it fulfils and is gone for the others. */
final class DeadRules {
    private final boolean facts;
    private final Report report;

    DeadRules(boolean facts, Report report) {
        this.facts = facts;
        this.report = report;
    }

    void check(Ruleset ruleset) {
        if (facts || ruleset.matchMultipleRules()) {
            return;
        }
        List<Rule> rules = ruleset.rules().stream().filter(Rule::enabled).toList();
        for (int i = 1; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            Optional<Rule> thief = rules.subList(0, i).stream()
                    .filter(earlier -> takesAll(earlier, rule))
                    .findFirst();
            thief.ifPresent(earlier -> report.warning(
                    "dead-rule",
                    rule.trigger().patterns().getFirst().place(),
                    "the rule \"" + rule.name() + "\" gets no event: the rule \"" + earlier.name() + "\" at "
                            + earlier.place()
                            + " takes every one that it could match; put the narrower condition first,"
                            + " or set match_multiple_rules"));
        }
    }

    /** A throttled rule may let events pass. */
    private static boolean takesAll(Rule earlier, Rule later) {
        List<Pattern> taken = taking(earlier);
        List<Pattern> wanted = later.trigger().patterns();
        return switch (later.trigger()) {
            case Trigger.Single single -> taken(taken, single.pattern());
            case Trigger.Any any -> wanted.stream().allMatch(pattern -> taken(taken, pattern));
            // Without an event for one of its conditions, the whole never matches
            case Trigger.All all -> wanted.stream().anyMatch(pattern -> taken(taken, pattern));
            case Trigger.NotAll notAll -> wanted.stream().allMatch(pattern -> taken(taken, pattern));
        };
    }

    private static List<Pattern> taking(Rule rule) {
        if (rule.throttle().isPresent()) {
            return List.of();
        }
        return switch (rule.trigger()) {
            case Trigger.Single single -> List.of(single.pattern());
            case Trigger.Any any -> any.patterns();
            case Trigger.All all -> List.of();
            case Trigger.NotAll notAll -> List.of();
        };
    }

    private static boolean taken(List<Pattern> taken, Pattern wanted) {
        return !Logic.asksMemory(wanted.condition())
                && !Logic.never(wanted.condition())
                && taken.stream()
                        .filter(pattern -> !Logic.asksMemory(pattern.condition()))
                        .anyMatch(pattern -> Logic.implies(wanted.condition(), pattern.condition()));
    }
}
