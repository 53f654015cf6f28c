// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine;

import io.reflexarc.rulebooks.Bounds;
import io.reflexarc.rulebooks.Place;
import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.Ruleset;
import io.reflexarc.rulebooks.Throttle;
import io.reflexarc.rulebooks.Trigger;
import io.reflexarc.rulebooks.condition.Condition;
import io.reflexarc.rulebooks.condition.Condition.Comparison;
import io.reflexarc.rulebooks.condition.Expression;
import io.reflexarc.rulebooks.condition.Expression.Path;
import io.reflexarc.rulebooks.condition.Expression.Step;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Rulesets by hand, for tests that do not want a parser between them and the engine. */
public final class Make {
    private static final Place PLACE = new Place(1, 1);

    private Make() {}

    public static Ruleset ruleset(Rule... rules) {
        return ruleset(false, Ruleset.DEFAULT_TTL, rules);
    }

    public static Ruleset ruleset(boolean multiple, Duration ttl, Rule... rules) {
        return ruleset(multiple, ttl, Bounds.DEFAULT, rules);
    }

    /** One whose memory is bounded. */
    public static Ruleset bounded(Bounds bounds, Rule... rules) {
        return ruleset(false, Ruleset.DEFAULT_TTL, bounds, rules);
    }

    private static Ruleset ruleset(boolean multiple, Duration ttl, Bounds bounds, Rule... rules) {
        return new Ruleset(
                "rs",
                List.of("all"),
                List.of(),
                Arrays.asList(rules),
                false,
                Optional.of(ttl),
                Optional.empty(),
                multiple,
                bounds,
                PLACE);
    }

    public static Rule rule(String name, Trigger trigger) {
        return new Rule(name, trigger, Optional.empty(), List.of(), true, PLACE);
    }

    public static Rule rule(String name, Condition condition) {
        return rule(name, new Trigger.Single(pattern("m", condition)));
    }

    public static Rule throttled(String name, Condition condition, Throttle throttle) {
        return new Rule(
                name, new Trigger.Single(pattern("m", condition)), Optional.of(throttle), List.of(), true, PLACE);
    }

    public static Trigger.All all(Condition... conditions) {
        return new Trigger.All(patterns(conditions), Optional.empty());
    }

    public static Trigger.All allWithin(Duration timeout, Condition... conditions) {
        return new Trigger.All(patterns(conditions), Optional.of(timeout));
    }

    public static Trigger.Any any(Condition... conditions) {
        return new Trigger.Any(patterns(conditions));
    }

    public static Trigger.NotAll notAll(Duration timeout, Condition... conditions) {
        return new Trigger.NotAll(patterns(conditions), timeout);
    }

    public static List<Trigger.Pattern> patterns(Condition... conditions) {
        List<Trigger.Pattern> patterns = new ArrayList<>();
        for (Condition condition : conditions) {
            patterns.add(pattern("m_" + patterns.size(), condition));
        }
        return patterns;
    }

    public static Trigger.Pattern pattern(String binding, Condition condition) {
        return new Trigger.Pattern(binding, condition, condition.text(), PLACE);
    }

    public static Condition is(String path, Object value) {
        return compare(path(path), Comparison.EQUAL, value);
    }

    public static Condition compare(Object left, Comparison operator, Object right) {
        return new Condition.Compare(
                expression(left), operator, expression(right), left + " " + operator.symbol() + " " + right);
    }

    public static Condition defined(String path) {
        return new Condition.Defined(path(path), false, path + " is defined");
    }

    public static Condition notDefined(String path) {
        return new Condition.Defined(path(path), true, path + " is not defined");
    }

    public static Condition and(Condition left, Condition right) {
        return new Condition.And(left, right, left.text() + " and " + right.text());
    }

    public static Condition or(Condition left, Condition right) {
        return new Condition.Or(left, right, left.text() + " or " + right.text());
    }

    public static Condition not(Condition condition) {
        return new Condition.Not(condition, "not (" + condition.text() + ")");
    }

    /** {@code a.b} of the event itself. */
    public static Path path(String dotted) {
        return foreign("", dotted);
    }

    /** {@code a.b} of what another condition matched. */
    public static Path foreign(String binding, String dotted) {
        List<Step> steps = new ArrayList<>();
        for (String name : dotted.split("\\.", -1)) {
            steps.add(name.matches("-?\\d+") ? new Step.Index(Integer.parseInt(name)) : new Step.Name(name));
        }
        return new Path(binding, steps, (binding.isEmpty() ? "event." : "events." + binding + ".") + dotted);
    }

    public static Expression expression(Object value) {
        return switch (value) {
            case Expression expression -> expression;
            case String text -> new Expression.Text(text);
            case Integer whole -> new Expression.Whole(BigInteger.valueOf(whole));
            case Long whole -> new Expression.Whole(BigInteger.valueOf(whole));
            case BigInteger whole -> new Expression.Whole(whole);
            case Double decimal -> new Expression.Decimal(decimal);
            case Boolean truth -> new Expression.Truth(truth);
            case List<?> list ->
                new Expression.ListOf(list.stream().map(Make::expression).toList());
            default -> throw new IllegalArgumentException(value.toString());
        };
    }
}
