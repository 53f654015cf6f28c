// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.lint;

import io.reflexarc.rulebooks.condition.Condition;
import io.reflexarc.rulebooks.condition.Expression;
import io.reflexarc.rulebooks.condition.Expression.Step;
import java.util.stream.Collectors;

/** Conditions in one spelling, so that two that mean the same by their form are equal. */
final class Canonical {
    private Canonical() {}

    static String of(Condition condition) {
        return switch (condition) {
            case Condition.And and -> "(" + of(and.left()) + " and " + of(and.right()) + ")";
            case Condition.Or or -> "(" + of(or.left()) + " or " + of(or.right()) + ")";
            case Condition.Not not -> "not " + of(not.condition());
            case Condition.Compare compare ->
                of(compare.left()) + " " + compare.operator().symbol() + " " + of(compare.right());
            case Condition.Membership in ->
                (in.negated() ? "not " : "") + of(in.item()) + " in " + of(in.list())
                        + (in.contains() ? " (contains)" : "");
            case Condition.Defined defined ->
                of(defined.path()) + (defined.negated() ? " is not defined" : " is defined");
            case Condition.Search search ->
                of(search.subject()) + (search.negated() ? " is not " : " is ") + search.kind() + " "
                        + of(search.pattern()) + " " + search.ignoreCase() + " " + search.multiline();
            case Condition.Select select ->
                of(select.list()) + (select.negated() ? " is not " : " is ") + "select " + select.operator() + " "
                        + of(select.value());
            case Condition.SelectAttr select ->
                of(select.list()) + (select.negated() ? " is not " : " is ") + "selectattr " + select.key() + " "
                        + select.operator() + " " + of(select.value());
            case Condition.Bare bare -> of(bare.expression());
        };
    }

    static String of(Expression expression) {
        return switch (expression) {
            case Expression.Text text ->
                "\"" + text.value().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
            case Expression.Whole whole -> whole.value().toString();
            case Expression.Decimal decimal -> Double.toString(decimal.value());
            case Expression.Truth truth -> Boolean.toString(truth.value());
            case Expression.Null nothing -> "null";
            case Expression.ListOf list ->
                list.items().stream().map(Canonical::of).collect(Collectors.joining(", ", "[", "]"));
            case Expression.Path path ->
                "$" + path.binding() + path.steps().stream().map(Canonical::of).collect(Collectors.joining());
            case Expression.Arithmetic arithmetic ->
                "(" + of(arithmetic.left()) + " " + arithmetic.operator() + " " + of(arithmetic.right()) + ")";
        };
    }

    private static String of(Step step) {
        return switch (step) {
            case Step.Name name -> "." + name.name();
            case Step.Key key -> "[\"" + key.key() + "\"]";
            case Step.Index index -> "[" + index.index() + "]";
        };
    }
}
