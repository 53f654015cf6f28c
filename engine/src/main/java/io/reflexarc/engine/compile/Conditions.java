// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.rulebooks.Trigger;
import io.reflexarc.rulebooks.condition.Condition;
import io.reflexarc.rulebooks.condition.Expression;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Taking a condition apart. */
public final class Conditions {
    private Conditions() {}

    /** Parts that must all be true; together they say what the condition says. */
    public static List<Condition> conjuncts(Condition condition) {
        List<Condition> parts = new ArrayList<>();
        collect(condition, parts);
        return parts;
    }

    private static void collect(Condition condition, List<Condition> parts) {
        if (condition instanceof Condition.And and) {
            collect(and.left(), parts);
            collect(and.right(), parts);
        } else if (condition instanceof Condition.Not(Condition.Or or, String text)) {
            collect(new Condition.Not(or.left(), text), parts);
            collect(new Condition.Not(or.right(), text), parts);
        } else if (condition instanceof Condition.Not(Condition.Not inner, String text)) {
            collect(inner.condition(), parts);
        } else {
            parts.add(condition);
        }
    }

    /** Names of the other conditions that this one looks into, in the order of their first use. */
    static List<String> foreign(Condition condition) {
        Set<String> names = new LinkedHashSet<>();
        addForeign(condition, names);
        return List.copyOf(names);
    }

    /** Refuses a condition that refers to others than these. */
    static void requireBound(Trigger.Pattern pattern, Set<String> bound) {
        for (String binding : foreign(pattern.condition())) {
            if (!bound.contains(binding)) {
                throw new ProblemException(
                        ProblemType.RULEBOOK_INVALID,
                        "The condition at " + pattern.place() + " refers to \"" + binding
                                + "\", which no earlier condition of the rule binds.");
            }
        }
    }

    private static void addForeign(Condition condition, Set<String> names) {
        switch (condition) {
            case Condition.And and -> {
                addForeign(and.left(), names);
                addForeign(and.right(), names);
            }
            case Condition.Or or -> {
                addForeign(or.left(), names);
                addForeign(or.right(), names);
            }
            case Condition.Not not -> addForeign(not.condition(), names);
            case Condition.Compare compare -> addForeign(names, compare.left(), compare.right());
            case Condition.Membership in -> addForeign(names, in.item(), in.list());
            case Condition.Defined defined -> addForeign(names, defined.path());
            case Condition.Search search -> addForeign(names, search.subject(), search.pattern());
            case Condition.Select select -> addForeign(names, select.list(), select.value());
            case Condition.SelectAttr select -> addForeign(names, select.list(), select.value());
            case Condition.Bare bare -> addForeign(names, bare.expression());
        }
    }

    private static void addForeign(Set<String> names, Expression... expressions) {
        for (Expression expression : expressions) {
            switch (expression) {
                case Expression.Path path when path.foreign() -> names.add(path.binding());
                case Expression.Arithmetic sum -> addForeign(names, sum.left(), sum.right());
                case Expression.ListOf list -> addForeign(names, list.items().toArray(Expression[]::new));
                case Expression.Path own -> {}
                case Expression.Text scalar -> {}
                case Expression.Whole scalar -> {}
                case Expression.Decimal scalar -> {}
                case Expression.Truth scalar -> {}
                case Expression.Null scalar -> {}
            }
        }
    }
}
