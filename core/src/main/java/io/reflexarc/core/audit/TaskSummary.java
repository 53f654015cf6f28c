// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.audit;

import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import java.time.Instant;
import java.util.Optional;

/**
 * A row of the list of tasks.
 *
 * @param id of the task
 * @param decision that made it
 * @param activation that decided
 * @param rule name
 * @param action name
 * @param arguments rendered
 * @param state where it stands
 * @param attempt the current or last one, 0 before the first
 * @param attempts allowed in all
 * @param message of the last failure, else empty
 * @param createdAt when it was committed
 * @param dueAt when it may be claimed
 * @param endedAt when it ended
 */
public record TaskSummary(
        TaskId id,
        DecisionId decision,
        ActivationId activation,
        String rule,
        String action,
        JsonText arguments,
        TaskState state,
        int attempt,
        int attempts,
        String message,
        Instant createdAt,
        Instant dueAt,
        Optional<Instant> endedAt) {}
