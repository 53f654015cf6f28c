// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.explain;

import io.reflexarc.core.decision.Explanations.Node;
import io.reflexarc.core.decision.Explanations.Verdict;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.compile.Absent;
import io.reflexarc.engine.compile.Evaluator;
import io.reflexarc.engine.compile.Scope;
import io.reflexarc.engine.compile.Truth;
import io.reflexarc.rulebooks.Trigger;
import io.reflexarc.rulebooks.condition.Condition;
import io.reflexarc.rulebooks.condition.Expression;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tree of one condition with what an event makes of each part. */
final class NodeBuilder {
    private final Evaluator evaluator;
    private final Scope scope;

    NodeBuilder(Evaluator evaluator, Map<String, Object> event) {
        this.evaluator = evaluator;
        scope = Scope.of(event);
    }

    Node pattern(Trigger.Pattern pattern) {
        Node node = node(pattern.condition());
        Verdict verdict = asWhole(pattern.condition());
        return new Node(pattern.text(), verdict, node.actual(), node.expected(), node.note(), node.parts());
    }

    /** Of a whole condition only "true" counts, so one part that can never be true decides, whatever is open beside it. */
    private Verdict asWhole(Condition condition) {
        if (condition instanceof Condition.And and) {
            Verdict left = asWhole(and.left());
            Verdict right = asWhole(and.right());
            for (Verdict weakest : List.of(Verdict.FALSE, Verdict.UNDEFINED, Verdict.OPEN)) {
                if (left == weakest || right == weakest) {
                    return weakest;
                }
            }
            return Verdict.TRUE;
        }
        return verdict(condition);
    }

    private Verdict verdict(Condition condition) {
        return switch (evaluator.test(condition, scope)) {
            case TRUE -> Verdict.TRUE;
            case FALSE -> Verdict.FALSE;
            case UNDEFINED -> Verdict.UNDEFINED;
            case OPEN -> Verdict.OPEN;
        };
    }

    private Node node(Condition condition) {
        return switch (condition) {
            case Condition.And and -> branch(and, and.left(), and.right());
            case Condition.Or or -> branch(or, or.left(), or.right());
            case Condition.Not not -> branch(not, not.condition());
            case Condition.Compare compare -> comparison(compare);
            case Condition.Membership in ->
                in.contains() ? leaf(in, in.list(), in.item()) : leaf(in, in.item(), in.list());
            case Condition.Defined defined -> leaf(defined, defined.path());
            case Condition.Search search -> leaf(search, search.subject(), search.pattern());
            case Condition.Select select -> leaf(select, select.list(), select.value());
            case Condition.SelectAttr select -> leaf(select, select.list(), select.value());
            case Condition.Bare bare -> leaf(bare, bare.expression());
        };
    }

    private Node branch(Condition condition, Condition... parts) {
        return new Node(
                condition.text(),
                verdict(condition),
                Optional.empty(),
                Optional.empty(),
                "",
                Arrays.stream(parts).map(this::node).toList());
    }

    /** The side that is a constant is what was expected. */
    private Node comparison(Condition.Compare compare) {
        boolean mirrored = isConstant(compare.left()) && !isConstant(compare.right());
        return mirrored
                ? leaf(compare, compare.right(), compare.left())
                : leaf(compare, compare.left(), compare.right());
    }

    private static boolean isConstant(Expression expression) {
        return switch (expression) {
            case Expression.Path path -> false;
            case Expression.Arithmetic sum -> isConstant(sum.left()) && isConstant(sum.right());
            case Expression.ListOf list -> list.items().stream().allMatch(NodeBuilder::isConstant);
            case Expression.Text text -> true;
            case Expression.Whole whole -> true;
            case Expression.Decimal decimal -> true;
            case Expression.Truth truth -> true;
            case Expression.Null none -> true;
        };
    }

    private Node leaf(Condition condition, Expression actual) {
        Object found = evaluator.value(actual, scope);
        return new Node(
                condition.text(),
                verdict(condition),
                json(found),
                Optional.empty(),
                condition instanceof Condition.Defined ? "" : absence(actual, found),
                List.of());
    }

    private Node leaf(Condition condition, Expression actual, Expression expected) {
        Object found = evaluator.value(actual, scope);
        Object wanted = evaluator.value(expected, scope);
        String note = absence(actual, found);
        if (note.isEmpty()) {
            note = absence(expected, wanted);
        }
        if (note.isEmpty() && evaluator.test(condition, scope) == Truth.UNDEFINED) {
            note = "the types differ: " + type(found) + " and " + type(wanted);
        }
        return new Node(condition.text(), verdict(condition), json(found), json(wanted), note, List.of());
    }

    private static String absence(Expression expression, @Nullable Object value) {
        String name = expression instanceof Expression.Path path ? path.text() : "a value";
        if (value == Absent.MISSING) {
            return name + " is not there";
        }
        return value == Absent.OPEN ? name + " depends on another event" : "";
    }

    private static Optional<JsonText> json(@Nullable Object value) {
        if (value == null) {
            return Optional.of(JsonText.ofString("null"));
        }
        return value instanceof Absent ? Optional.empty() : Optional.of(JsonText.of(value));
    }

    private static String type(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Number number -> "number";
            case String text -> "string";
            case Boolean truth -> "boolean";
            case List<?> list -> "list";
            default -> "object";
        };
    }
}
