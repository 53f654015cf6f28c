// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.lint;

import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.Ruleset;
import io.reflexarc.rulebooks.Trigger;
import io.reflexarc.rulebooks.Trigger.Pattern;
import io.reflexarc.rulebooks.condition.Condition;
import io.reflexarc.rulebooks.condition.Condition.Comparison;
import io.reflexarc.rulebooks.condition.Expression;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Conditions that nothing can fulfil, and joins whose parts exclude each other. */
final class Satisfiability {
    private final boolean facts;
    private final Report report;

    Satisfiability(boolean facts, Report report) {
        this.facts = facts;
        this.report = report;
    }

    void check(Ruleset ruleset) {
        Duration kept = ruleset.defaultEventsTtl().orElse(Ruleset.DEFAULT_TTL);
        ruleset.rules().stream().filter(Rule::enabled).forEach(rule -> check(rule, kept));
    }

    private void check(Rule rule, Duration kept) {
        for (Pattern pattern : rule.trigger().patterns()) {
            if (Logic.never(pattern.condition())) {
                report.warning(
                        "never-true",
                        pattern.place(),
                        "no event can fulfil this condition: its parts exclude each other, or it is false");
            }
        }
        if (rule.trigger() instanceof Trigger.All all) {
            if (!facts) {
                overlap(all.patterns());
            }
            all.patterns().forEach(pattern -> disjoint(pattern, all.patterns()));
            all.timeout()
                    .filter(timeout -> timeout.compareTo(kept) > 0)
                    .ifPresent(timeout -> report.warning(
                            "timeout-beyond-memory",
                            rule.place(),
                            "events are kept for " + inWords(kept) + ", which is shorter than the timeout of "
                                    + inWords(timeout) + ": set default_events_ttl of the ruleset to at least that"));
        }
    }

    /**
     * An event that fulfils two conditions of an {@code all} is gone, unless another event waits for one of them already; where
     * the two are the same, none ever waits.
     */
    private void overlap(List<Pattern> patterns) {
        for (int i = 0; i < patterns.size(); i++) {
            for (Pattern later : patterns.subList(i + 1, patterns.size())) {
                Pattern earlier = patterns.get(i);
                if (comparable(earlier)
                        && comparable(later)
                        && Logic.implies(earlier.condition(), later.condition())
                        && Logic.implies(later.condition(), earlier.condition())) {
                    report.warning(
                            "join-never-matches",
                            later.place(),
                            "every event that fulfils this condition fulfils that at " + earlier.place()
                                    + " too, and an event that fulfils two conditions of an \"all\" completes none:"
                                    + " count events with accumulate_within, or make the two differ");
                }
            }
        }
    }

    private static boolean comparable(Pattern pattern) {
        return !Logic.looksElsewhere(pattern.condition()) && !Logic.asksMemory(pattern.condition());
    }

    /** {@code events.first.a == event.b}, where {@code a} and {@code b} are fixed to different values. */
    private void disjoint(Pattern pattern, List<Pattern> all) {
        for (Condition part : Logic.parts(pattern.condition())) {
            if (part instanceof Condition.Compare compare && compare.operator() == Comparison.EQUAL) {
                Optional<Bound> left = fixed(compare.left(), pattern, all);
                Optional<Bound> right = fixed(compare.right(), pattern, all);
                boolean joins = isForeign(compare.left()) || isForeign(compare.right());
                if (joins && left.isPresent() && right.isPresent() && left.get().differs(right.get())) {
                    report.warning(
                            "join-never-matches",
                            pattern.place(),
                            compare.text() + " can never hold: the conditions fix one side to "
                                    + Canonical.of(left.get().literal()) + " and the other to "
                                    + Canonical.of(right.get().literal()));
                }
            }
        }
    }

    private static boolean isForeign(Expression expression) {
        return expression instanceof Expression.Path path && path.foreign();
    }

    /** The only value that a field can have. */
    private static Optional<Bound> fixed(Expression expression, Pattern own, List<Pattern> all) {
        if (!(expression instanceof Expression.Path path)) {
            return Optional.empty();
        }
        return all.stream()
                .filter(pattern -> path.foreign() ? pattern.binding().equals(path.binding()) : pattern.equals(own))
                .flatMap(pattern -> Logic.parts(pattern.condition()).stream())
                .flatMap(part -> Bound.of(part).stream())
                .filter(bound -> bound.operator() == Comparison.EQUAL)
                .filter(bound ->
                        Canonical.of(new Expression.Path("", path.steps(), "")).equals(Canonical.of(bound.path())))
                .findFirst();
    }

    private static String inWords(Duration time) {
        long seconds = time.toSeconds();
        if (seconds % 3600 == 0) {
            return seconds / 3600 + " hours";
        }
        return seconds % 60 == 0 ? seconds / 60 + " minutes" : seconds + " seconds";
    }
}
