// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.ActionQueue.Output;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.RetryPolicy;
import io.reflexarc.core.action.TaskLifecycle;
import io.reflexarc.core.action.TaskOutcome;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.time.Instant;
import java.util.Optional;

/**
 * A task of an {@link InMemoryActionQueue} and where it stands.
 *
 * @param task what to do; once revived it is allowed more attempts and nobody waits for it any more
 * @param grant attempts that it is allowed at first and again whenever it is revived
 * @param inventory the activation's
 * @param state where it stands
 * @param attempt the current or last one, 0 before the first
 * @param due queued: when it may be claimed; running: end of the lease; else when it ended
 * @param message of the last failure, else empty
 * @param output of the last attempt
 * @param unsent an awaited outcome that nobody has appended yet
 */
public record InMemoryTask(
        ActionTask task,
        int grant,
        Optional<String> inventory,
        TaskState state,
        int attempt,
        Instant due,
        String message,
        Output output,
        Optional<TaskOutcome> unsent) {
    InMemoryTask to(TaskLifecycle.Change change) {
        TaskState next = TaskLifecycle.after(state, change)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.CONFLICT, "task " + task.id() + " is " + state.label() + " already"));
        return new InMemoryTask(task, grant, inventory, next, attempt, due, message, output, unsent);
    }

    InMemoryTask ended(TaskState end, ActionOutcome outcome) {
        InMemoryTask row = new InMemoryTask(task, grant, inventory, end, attempt, due, reason(outcome), output, unsent);
        return row.unsent(new TaskOutcome(task.id(), end, row.message, outcome.feedback()));
    }

    InMemoryTask unsent(TaskOutcome outcome) {
        return unsent(task.awaited() ? Optional.of(outcome) : unsent);
    }

    InMemoryTask unsent(Optional<TaskOutcome> next) {
        return new InMemoryTask(task, grant, inventory, state, attempt, due, message, output, next);
    }

    InMemoryTask revived() {
        RetryPolicy retry = task.retry();
        RetryPolicy more =
                new RetryPolicy(attempt + grant, retry.first(), retry.factor(), retry.longest(), retry.jitter());
        ActionTask again = new ActionTask(
                task.id(),
                task.decision(),
                task.activation(),
                task.index(),
                task.action(),
                task.arguments(),
                task.queue(),
                task.lockKey(),
                more,
                task.timeout(),
                false,
                task.context(),
                task.hosts(),
                task.idempotencyKey());
        return new InMemoryTask(again, grant, inventory, state, attempt, due, message, output, unsent)
                .to(TaskLifecycle.Change.REVIVE);
    }

    InMemoryTask attempt(int next) {
        return new InMemoryTask(task, grant, inventory, state, next, due, message, output, unsent);
    }

    InMemoryTask due(Instant next) {
        return new InMemoryTask(task, grant, inventory, state, attempt, next, message, output, unsent);
    }

    InMemoryTask message(String next) {
        return new InMemoryTask(task, grant, inventory, state, attempt, due, next, output, unsent);
    }

    InMemoryTask output(Output next) {
        return new InMemoryTask(task, grant, inventory, state, attempt, due, message, next, unsent);
    }

    private static String reason(ActionOutcome outcome) {
        return switch (outcome) {
            case ActionOutcome.Succeeded ignored -> "";
            case ActionOutcome.Failed failed -> failed.reason();
        };
    }
}
