// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.Ruleset;
import io.reflexarc.rulebooks.Span;
import io.reflexarc.rulebooks.Throttle;
import io.reflexarc.rulebooks.condition.Condition;
import io.reflexarc.rulebooks.condition.Condition.Comparison;
import io.reflexarc.rulebooks.condition.Condition.SearchKind;
import io.reflexarc.rulebooks.condition.Expression;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Rules and events that meet often: few fields, few values, every operator. The same seed gives the same. */
public final class RandomRules {
    private static final List<String> FIELDS = List.of("a", "b", "c.d", "l", "l.0", "o.v");
    private static final List<Object> SCALARS = List.of(0, 1, 2, 1.0, 2.5, "1", "x", "xy", true, false);

    private final Random random;

    public RandomRules(long seed) {
        random = new Random(seed);
    }

    public Condition condition(int depth) {
        if (depth > 0 && random.nextInt(3) > 0) {
            return switch (random.nextInt(3)) {
                case 0 -> Make.and(condition(depth - 1), condition(depth - 1));
                case 1 -> Make.or(condition(depth - 1), condition(depth - 1));
                default -> Make.not(condition(depth - 1));
            };
        }
        return atom();
    }

    private Condition atom() {
        Expression path = Make.path(field());
        Expression list = Make.expression(List.of(scalar(), scalar()));
        boolean negated = random.nextBoolean();
        return switch (random.nextInt(9)) {
            case 0, 1, 2 -> Make.compare(path, comparison(), scalar());
            case 3 -> Make.compare(scalar(), comparison(), path);
            case 4 -> Make.compare(path, comparison(), Make.path(field()));
            case 5 -> new Condition.Membership(path, list, negated, false, path + " in " + list);
            case 6 -> new Condition.Defined(Make.path(field()), negated, "defined");
            case 7 ->
                new Condition.Search(
                        path, SearchKind.SEARCH, Make.expression("x"), false, false, negated, path + " is search x");
            default -> new Condition.Bare(path, "bare");
        };
    }

    /** Rules of every kind. */
    public Ruleset ruleset() {
        List<Rule> rules = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            rules.add(rule("r" + i));
        }
        return Make.ruleset(
                random.nextBoolean(), Duration.ofSeconds(1 + random.nextInt(5)), rules.toArray(Rule[]::new));
    }

    private Rule rule(String name) {
        Span span = new Span(500L + random.nextInt(3) * 500L, ChronoUnit.MILLIS);
        Duration window = span.duration();
        List<String> group = random.nextBoolean() ? List.of("b") : List.of();
        return switch (random.nextInt(9)) {
            case 0 -> Make.rule(name, condition(1));
            case 1 -> Make.rule(name, Make.any(condition(1), condition(1)));
            case 2 -> Make.rule(name, Make.all(condition(0), joined()));
            case 3 -> Make.rule(name, Make.allWithin(window, condition(0), condition(0), joined()));
            case 4 -> Make.rule(name, Make.notAll(window, condition(0), condition(0)));
            case 5 -> Make.throttled(name, condition(0), new Throttle.OnceWithin(span, group));
            case 6 -> Make.throttled(name, condition(0), new Throttle.OnceAfter(span, group));
            case 7 -> Make.throttled(name, condition(0), new Throttle.AccumulateWithin(span, 2, group));
            default -> Make.rule(name, Make.notDefined(field()));
        };
    }

    private Condition joined() {
        Condition join = Make.compare(Make.path(field()), comparison(), Make.foreign("m_0", field()));
        return random.nextBoolean() ? join : Make.and(join, condition(0));
    }

    public JsonText event() {
        Map<String, Object> event = new LinkedHashMap<>();
        for (String field : List.of("a", "b")) {
            if (random.nextInt(4) > 0) {
                event.put(field, random.nextInt(6) == 0 ? List.of(scalar()) : scalar());
            }
        }
        if (random.nextBoolean()) {
            event.put("c", random.nextBoolean() ? Map.of("d", scalar()) : scalar());
        }
        if (random.nextBoolean()) {
            event.put("l", List.of(scalar(), scalar()));
        }
        if (random.nextInt(4) == 0) {
            event.put("o", List.of(Map.of("v", scalar()), Map.of("v", scalar())));
        }
        return JsonText.of(event);
    }

    private String field() {
        return FIELDS.get(random.nextInt(FIELDS.size()));
    }

    private Object scalar() {
        return SCALARS.get(random.nextInt(SCALARS.size()));
    }

    private Comparison comparison() {
        return random.nextBoolean()
                ? Comparison.EQUAL
                : Comparison.values()[random.nextInt(Comparison.values().length)];
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }
}
