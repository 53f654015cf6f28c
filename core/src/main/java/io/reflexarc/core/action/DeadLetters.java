// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.action;

import io.reflexarc.core.id.ActivationId;
import java.time.Instant;
import java.util.Optional;

/**
 * Some of the dead letters; what is not given does not matter.
 *
 * @param action name of the action
 * @param rule name of the rule
 * @param activation that decided
 * @param since became a dead letter then or later
 * @param until became a dead letter before then
 */
public record DeadLetters(
        Optional<String> action,
        Optional<String> rule,
        Optional<ActivationId> activation,
        Optional<Instant> since,
        Optional<Instant> until) {
    /** All of them. */
    public static final DeadLetters ALL =
            new DeadLetters(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
