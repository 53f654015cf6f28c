// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.action;

import io.reflexarc.core.id.ActivationId;
import java.time.Duration;
import java.util.Optional;

/**
 * What an action asks for its task.
 *
 * @param retry when a failed attempt is repeated
 * @param timeout longest time of one attempt
 * @param lock tasks with the same key do not run at the same time
 */
public record TaskTerms(RetryPolicy retry, Duration timeout, Optional<String> lock) {
    /** One attempt of at most half an hour, no lock. Also for actions whose arguments turn out to be wrong. */
    public static final TaskTerms DEFAULT = new TaskTerms(RetryPolicy.NONE, Duration.ofMinutes(30), Optional.empty());

    /** The lock as tasks carry it: rulesets of an activation, and activations, do not share locks. */
    public Optional<String> lockKey(ActivationId activation, String ruleset) {
        return lock.map(name -> activation + "/" + ruleset + "/" + name);
    }
}
