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
        TakenEvents taken = new TakenEvents();
        for (Rule rule : ruleset.rules()) {
            if (rule.enabled() && !rule.trigger().patterns().isEmpty()) {
                thief(rule, taken).ifPresent(earlier -> report(rule, earlier));
                taking(rule).forEach(pattern -> taken.add(rule, pattern.condition()));
            }
        }
    }

    private void report(Rule rule, Rule earlier) {
        report.warning(
                "dead-rule",
                rule.trigger().patterns().getFirst().place(),
                "the rule \"" + rule.name() + "\" gets no event: the rule \"" + earlier.name() + "\" at "
                        + earlier.place() + " takes every one that it could match; put the narrower condition first,"
                        + " or set match_multiple_rules");
    }

    /** The earlier rule that leaves this one nothing. */
    private static Optional<Rule> thief(Rule rule, TakenEvents taken) {
        List<Optional<Rule>> thieves = rule.trigger().patterns().stream()
                .map(pattern -> thief(pattern, taken))
                .toList();
        return switch (rule.trigger()) {
            // Without an event for one of its conditions, the whole never matches
            case Trigger.All all -> thieves.stream().flatMap(Optional::stream).findFirst();
            case Trigger.Single single -> thieves.getFirst();
            case Trigger.Any any -> ofAll(thieves);
            case Trigger.NotAll notAll -> ofAll(thieves);
        };
    }

    private static Optional<Rule> ofAll(List<Optional<Rule>> thieves) {
        return thieves.stream().allMatch(Optional::isPresent) ? thieves.getFirst() : Optional.empty();
    }

    private static Optional<Rule> thief(Pattern wanted, TakenEvents taken) {
        return Logic.asksMemory(wanted.condition()) || Logic.never(wanted.condition())
                ? Optional.empty()
                : taken.by(wanted.condition());
    }

    /** A throttled rule may let events pass. */
    private static List<Pattern> taking(Rule rule) {
        if (rule.throttle().isPresent()) {
            return List.of();
        }
        List<Pattern> taking = switch (rule.trigger()) {
            case Trigger.Single single -> List.of(single.pattern());
            case Trigger.Any any -> any.patterns();
            case Trigger.All all -> List.of();
            case Trigger.NotAll notAll -> List.of();
        };
        return taking.stream()
                .filter(pattern -> !Logic.asksMemory(pattern.condition()))
                .toList();
    }
}
