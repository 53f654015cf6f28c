// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.lint;

import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.Ruleset;
import io.reflexarc.rulebooks.Throttle;
import io.reflexarc.rulebooks.condition.Condition;
import io.reflexarc.rulebooks.condition.Expression;
import io.reflexarc.rulebooks.condition.Expression.Step;
import java.util.List;
import java.util.Optional;

/** Throttles that do not do what they seem to. */
final class Throttles {
    private final Report report;

    Throttles(Report report) {
        this.report = report;
    }

    void check(Ruleset ruleset) {
        for (Rule rule : ruleset.rules()) {
            Optional<Throttle> throttle = rule.enabled() ? rule.throttle() : Optional.empty();
            throttle.ifPresent(it -> check(it, rule));
        }
    }

    private void check(Throttle throttle, Rule rule) {
        if (throttle instanceof Throttle.AccumulateWithin accumulate && accumulate.threshold() == 1) {
            report.note("throttle-without-effect", rule.place(), "a threshold of 1 is reached by every event");
        }
        if (rule.trigger().patterns().isEmpty()) {
            return;
        }
        List<Condition> parts = Logic.parts(rule.trigger().patterns().getFirst().condition());
        for (String attribute : throttle.groupBy()) {
            if (parts.stream().anyMatch(part -> excludes(part, attribute))) {
                report.warning(
                        "throttle-without-attribute",
                        rule.place(),
                        "the condition wants " + attribute + " to be absent, so it cannot tell one group from another");
            }
        }
    }

    private static boolean excludes(Condition part, String attribute) {
        return part instanceof Condition.Defined defined
                && defined.negated()
                && dotted(defined.path()).equals(attribute.replaceFirst("^event\\.", ""));
    }

    private static String dotted(Expression.Path path) {
        StringBuilder dotted = new StringBuilder();
        for (Step step : path.steps()) {
            dotted.append(dotted.isEmpty() ? "" : ".")
                    .append(
                            switch (step) {
                                case Step.Name name -> name.name();
                                case Step.Key key -> key.key();
                                case Step.Index index -> Integer.toString(index.index());
                            });
        }
        return dotted.toString();
    }
}
