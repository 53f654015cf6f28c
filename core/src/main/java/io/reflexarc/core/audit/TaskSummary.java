// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.audit;

import io.reflexarc.core.action.RetryPolicy;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A row of the list of tasks.
 *
 * @param id of the task
 * @param decision that made it
 * @param activation that decided
 * @param ruleset name
 * @param rule name
 * @param index place in the rule's list
 * @param action name
 * @param arguments rendered
 * @param terms on which it runs
 * @param state where it stands
 * @param attempt the current or last one, 0 before the first
 * @param attempts allowed in all
 * @param message of the last failure, else empty
 * @param createdAt when it was committed
 * @param dueAt when it may be claimed
 * @param endedAt when it ended
 * @param cancelling somebody cancelled it, but its attempt has not ended yet
 * @param replaces the dead letter whose place it took, with other arguments
 * @param replacedBy the task with other arguments that took its place
 */
public record TaskSummary(
        TaskId id,
        DecisionId decision,
        ActivationId activation,
        String ruleset,
        String rule,
        int index,
        String action,
        JsonText arguments,
        Terms terms,
        TaskState state,
        int attempt,
        int attempts,
        String message,
        Instant createdAt,
        Instant dueAt,
        Optional<Instant> endedAt,
        boolean cancelling,
        Optional<TaskId> replaces,
        Optional<TaskId> replacedBy) {
    /**
     * On which terms a task runs.
     *
     * @param queue which workers may take it
     * @param lockKey tasks with the same key do not run at the same time
     * @param retry when a failed attempt is repeated
     * @param timeout longest time of one attempt
     * @param idempotencyKey stable over all attempts
     * @param version of the rulebook that decided it anew, in the place of a dead letter; empty for the decision's own
     */
    public record Terms(
            String queue,
            Optional<String> lockKey,
            RetryPolicy retry,
            Duration timeout,
            String idempotencyKey,
            Optional<Integer> version) {}
}
