// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.decision;

import io.reflexarc.core.history.FieldValue;
import io.reflexarc.core.json.JsonText;
import java.util.List;
import java.util.function.Predicate;

/** Tests events by a condition that a person wrote. Shares grammar and operators with the match. */
public interface EventTests {
    /**
     * A test by this condition, for one thread; only what is true passes, as in a rule. What is wrong with the condition is
     * an {@link io.reflexarc.core.problem.ProblemType#INVALID} whose errors name line and column.
     */
    Predicate<JsonText> of(String condition);

    /** Texts that every event has which passes this condition: an index finds where to look. There may be more. */
    default List<FieldValue> required(String condition) {
        return List.of();
    }
}
