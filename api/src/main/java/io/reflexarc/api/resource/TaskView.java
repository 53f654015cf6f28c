// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.api.endpoint.Constraint.AnyObject;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.audit.TaskSummary;
import io.reflexarc.core.json.JsonText;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A task as the API shows it.
 *
 * @param id of the task
 * @param decisionId that made it
 * @param activationId that decided
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
public record TaskView(
        UUID id,
        UUID decisionId,
        long activationId,
        String rule,
        String action,
        @AnyObject JsonText arguments,
        TaskState state,
        int attempt,
        int attempts,
        String message,
        Instant createdAt,
        Instant dueAt,
        Optional<Instant> endedAt) {
    static TaskView of(TaskSummary one) {
        return new TaskView(
                one.id().value(),
                one.decision().value(),
                one.activation().value(),
                one.rule(),
                one.action(),
                one.arguments(),
                one.state(),
                one.attempt(),
                one.attempts(),
                one.message(),
                one.createdAt(),
                one.dueAt(),
                one.endedAt());
    }
}
