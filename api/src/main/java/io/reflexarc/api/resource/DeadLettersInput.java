// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.api.endpoint.Constraint.Says;
import io.reflexarc.core.action.DeadLetters;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.problem.FieldError;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which dead letters are meant.
 *
 * @param action name of the action
 * @param rule name of the rule
 * @param activationId that decided
 * @param since became a dead letter then or later
 * @param until became a dead letter before then
 * @param limit how many at most, the oldest first
 */
public record DeadLettersInput(
        Optional<String> action,
        Optional<String> rule,
        Optional<Long> activationId,
        @Says("Became a dead letter then or later.") Optional<Instant> since,
        @Says("Became a dead letter before then.") Optional<Instant> until,

        @Says("How many at most, the oldest first: 1 to 500; 500 when left out.")
        Optional<Integer> limit) {
    private static final int MOST = 500;

    DeadLetters which() {
        return new DeadLetters(action, rule, activationId.map(ActivationId::new), since, until);
    }

    int most() {
        int asked = limit.orElse(MOST);
        if (asked < 1 || asked > MOST) {
            throw new ProblemException(
                    ProblemType.INVALID,
                    "The body is not valid.",
                    List.of(new FieldError("limit", "is a whole number from 1 to " + MOST)));
        }
        return asked;
    }

    /**
     * What became of them.
     *
     * @param changed how many were changed
     * @param limit how many there could be at most: as many means that there may be more
     */
    public record Changed(int changed, int limit) {}
}
