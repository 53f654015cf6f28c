// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.explain;

import io.reflexarc.core.decision.EventTests;
import io.reflexarc.core.history.FieldValue;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.FieldError;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.engine.compile.Evaluator;
import io.reflexarc.engine.compile.Truth;
import io.reflexarc.rulebooks.condition.Condition;
import io.reflexarc.rulebooks.condition.ConditionError;
import io.reflexarc.rulebooks.condition.ConditionParser;
import io.reflexarc.rulebooks.condition.Expression;
import io.reflexarc.rulebooks.condition.ParsedCondition;
import io.reflexarc.rulebooks.condition.Scope;
import io.reflexarc.rulebooks.condition.StringTemplate;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds events by conditions, with the parser and the evaluator of the match: a condition that is tried out means the same in a
 * rule.
 */
public final class ConditionTests implements EventTests {
    @Override
    public Predicate<JsonText> of(String condition) {
        ParsedCondition parsed =
                ConditionParser.parse(condition, Scope.alone(JsonText.EMPTY_OBJECT, StringTemplate.NONE));
        if (!parsed.errors().isEmpty()) {
            throw problem(condition, parsed.errors());
        }
        Evaluator evaluator = new Evaluator();
        return event ->
                evaluator.test(parsed.condition(), io.reflexarc.engine.compile.Scope.of(event.object())) == Truth.TRUE;
    }

    @Override
    public List<FieldValue> required(String condition) {
        ParsedCondition parsed =
                ConditionParser.parse(condition, Scope.alone(JsonText.EMPTY_OBJECT, StringTemplate.NONE));
        List<FieldValue> found = new ArrayList<>();
        if (parsed.errors().isEmpty()) {
            collect(parsed.condition(), found);
        }
        return found;
    }

    private static void collect(Condition condition, List<FieldValue> found) {
        if (condition instanceof Condition.And both) {
            collect(both.left(), found);
            collect(both.right(), found);
        } else if (condition instanceof Condition.Compare compare && compare.operator() == Condition.Comparison.EQUAL) {
            fieldValue(compare.left(), compare.right()).ifPresent(found::add);
            fieldValue(compare.right(), compare.left()).ifPresent(found::add);
        }
    }

    /** A path of keys is equal to a value only where it leads through objects to that very value. */
    private static Optional<FieldValue> fieldValue(Expression path, Expression value) {
        return path instanceof Expression.Path place && !place.foreign()
                ? keys(place).flatMap(keys -> fieldValue(keys, value))
                : Optional.empty();
    }

    private static Optional<FieldValue> fieldValue(List<String> keys, Expression value) {
        return switch (value) {
            case Expression.Text(String text) -> Optional.of(new FieldValue(keys, text));
            case Expression.Truth(boolean truth) -> Optional.of(FieldValue.of(keys, truth));
            case Expression.Whole(BigInteger whole) -> FieldValue.of(keys, whole.doubleValue());
            case Expression.Decimal(double decimal) -> FieldValue.of(keys, decimal);
            default -> Optional.empty();
        };
    }

    private static Optional<List<String>> keys(Expression.Path place) {
        List<String> keys = new ArrayList<>();
        for (Expression.Step step : place.steps()) {
            switch (step) {
                case Expression.Step.Name(String name) -> keys.add(name);
                case Expression.Step.Key(String key) -> keys.add(key);
                case Expression.Step.Index index -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(keys);
    }

    private static ProblemException problem(String text, List<ConditionError> errors) {
        List<FieldError> fields = errors.stream()
                .map(error -> new FieldError(place(text, error.offset()), error.message()))
                .toList();
        FieldError first = fields.getFirst();
        return new ProblemException(
                ProblemType.INVALID, "The condition is wrong at " + first.pointer() + ": " + first.message(), fields);
    }

    private static String place(String text, int offset) {
        String before = text.substring(0, Math.clamp(offset, 0, text.length()));
        int line = (int) before.chars().filter(one -> one == '\n').count() + 1;
        return line + ":" + (before.length() - before.lastIndexOf('\n'));
    }
}
