// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

import io.reflexarc.rulebooks.condition.Condition;
import io.reflexarc.rulebooks.condition.Expression;
import org.jspecify.annotations.Nullable;

/**
 * Prepares conditions: literals are made once, paths get a {@linkplain Readings place}, regular expressions are compiled.
 * It knows no operator: what the parts mean is asked of {@link Operators} and {@link Evaluator}.
 */
final class CheckCompiler {
    private final Evaluator evaluator;
    private final Readings readings;

    CheckCompiler(Evaluator evaluator, Readings readings) {
        this.evaluator = evaluator;
        this.readings = readings;
    }

    Check check(Condition condition) {
        return switch (condition) {
            case Condition.And and -> both(check(and.left()), check(and.right()));
            case Condition.Or or -> either(check(or.left()), check(or.right()));
            case Condition.Not not -> {
                Check inner = check(not.condition());
                yield event -> inner.of(event).negated();
            }
            case Condition.Compare compare -> {
                Operand left = operand(compare.left());
                Operand right = operand(compare.right());
                yield event -> Operators.compare(compare.operator(), left.of(event), right.of(event));
            }
            case Condition.Membership in -> {
                Operand list = operand(in.list());
                Operand item = operand(in.item());
                yield event -> Operators.contains(list.of(event), item.of(event), in.negated());
            }
            case Condition.Defined defined -> {
                Operand value = operand(defined.path());
                yield event -> Evaluator.defined(value.of(event), defined.negated());
            }
            case Condition.Search search -> search(search);
            case Condition.Bare bare -> {
                Operand value = operand(bare.expression());
                yield event -> Evaluator.bare(value.of(event));
            }
            case Condition.Select select -> event -> evaluator.test(select, event.scope());
            case Condition.SelectAttr select -> event -> evaluator.test(select, event.scope());
        };
    }

    private static Check both(Check left, Check right) {
        return event -> {
            Truth first = left.of(event);
            return first == Truth.FALSE ? first : first.and(right.of(event));
        };
    }

    private static Check either(Check left, Check right) {
        return event -> {
            Truth first = left.of(event);
            return first == Truth.TRUE ? first : first.or(right.of(event));
        };
    }

    private Check search(Condition.Search search) {
        Operand subject = operand(search.subject());
        if (search.pattern() instanceof Expression.Text text) {
            Patterns.Search prepared = evaluator.prepared(search, text.value());
            return event -> Evaluator.search(prepared, subject.of(event), search.negated());
        }
        return event -> evaluator.test(search, event.scope());
    }

    private Operand operand(Expression expression) {
        return switch (expression) {
            case Expression.Path path
            when !path.foreign() -> {
                int place = readings.place(path);
                yield event -> event.at(place);
            }
            case Expression.Path foreign -> event -> Absent.OPEN;
            case Expression.Arithmetic sum -> {
                Operand left = operand(sum.left());
                Operand right = operand(sum.right());
                yield event -> Operators.arithmetic(left.of(event), sum.operator(), right.of(event));
            }
            case Expression.Text literal -> constant(literal);
            case Expression.Whole literal -> constant(literal);
            case Expression.Decimal literal -> constant(literal);
            case Expression.Truth literal -> constant(literal);
            case Expression.Null literal -> constant(literal);
            case Expression.ListOf list when list.items().stream().allMatch(CheckCompiler::isLiteral) -> constant(list);
            case Expression.ListOf list -> event -> evaluator.value(list, event.scope());
        };
    }

    private static boolean isLiteral(Expression item) {
        return !(item instanceof Expression.Path
                || item instanceof Expression.Arithmetic
                || item instanceof Expression.ListOf);
    }

    private Operand constant(Expression literal) {
        Object value = evaluator.value(literal, binding -> Absent.MISSING);
        return event -> value;
    }

    /** A value in a condition. */
    @FunctionalInterface
    private interface Operand {
        @Nullable
        Object of(Readings event);
    }
}
