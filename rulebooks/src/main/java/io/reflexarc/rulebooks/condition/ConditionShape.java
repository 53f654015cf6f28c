// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.condition;

import java.util.List;

/** What a condition asks, whatever blanks and quotes it is written with: two that ask the same have equal shapes. */
public final class ConditionShape {
    private ConditionShape() {}

    /** Lists of lists of plain values, to be compared and nothing else. */
    public static List<Object> of(Condition condition) {
        return switch (condition) {
            case Condition.And and -> List.of("and", of(and.left()), of(and.right()));
            case Condition.Or or -> List.of("or", of(or.left()), of(or.right()));
            case Condition.Not not -> List.of("not", of(not.condition()));
            case Condition.Compare compare ->
                List.of("compare", of(compare.left()), compare.operator(), of(compare.right()));
            case Condition.Membership in -> List.of("in", of(in.item()), of(in.list()), in.negated());
            case Condition.Defined defined -> List.of("defined", of(defined.path()), defined.negated());
            case Condition.Search search ->
                List.of(
                        "search",
                        of(search.subject()),
                        search.kind(),
                        of(search.pattern()),
                        search.ignoreCase(),
                        search.multiline(),
                        search.negated());
            case Condition.Select select ->
                List.of("select", of(select.list()), select.operator(), of(select.value()), select.negated());
            case Condition.SelectAttr select ->
                List.of(
                        "selectattr",
                        of(select.list()),
                        select.key(),
                        select.operator(),
                        of(select.value()),
                        select.negated());
            case Condition.Bare bare -> List.of("bare", of(bare.expression()));
        };
    }

    private static Object of(Expression expression) {
        return switch (expression) {
            case Expression.Path path -> List.of("path", path.binding(), path.steps());
            case Expression.Arithmetic sum -> List.of(of(sum.left()), sum.operator(), of(sum.right()));
            case Expression.ListOf list ->
                list.items().stream().map(ConditionShape::of).toList();
            case Expression.Text scalar -> scalar;
            case Expression.Whole scalar -> scalar;
            case Expression.Decimal scalar -> scalar;
            case Expression.Truth scalar -> scalar;
            case Expression.Null scalar -> scalar;
        };
    }
}
