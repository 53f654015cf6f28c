// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.explain;

import io.reflexarc.core.decision.EventTests;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.FieldError;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.engine.compile.Evaluator;
import io.reflexarc.engine.compile.Truth;
import io.reflexarc.rulebooks.condition.ConditionError;
import io.reflexarc.rulebooks.condition.ConditionParser;
import io.reflexarc.rulebooks.condition.ParsedCondition;
import io.reflexarc.rulebooks.condition.Scope;
import io.reflexarc.rulebooks.condition.StringTemplate;
import java.util.List;
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
