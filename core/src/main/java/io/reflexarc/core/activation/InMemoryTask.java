// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.ActionQueue.Output;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.RetryPolicy;
import io.reflexarc.core.action.TaskLifecycle;
import io.reflexarc.core.action.TaskOutcome;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.time.Instant;
import java.util.Optional;

/**
 * A task of an {@link InMemoryActionQueue} and where it stands.
 *
 * @param task what to do; once revived it is allowed more attempts
 * @param grant attempts that it is allowed at first and again whenever it is revived
 * @param inventory the activation's
 * @param state where it stands
 * @param attempt the current or last one, 0 before the first
 * @param due queued: when it may be claimed; running: end of the lease; else when it ended
 * @param message of the last failure, else empty
 * @param output of the last attempt
 * @param unsent an awaited outcome that nobody has appended yet
 * @param notes what else is to be remembered
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
        Optional<TaskOutcome> unsent,
        Notes notes) {
    /** A task before its first attempt. */
    static InMemoryTask added(ActionTask task, Optional<String> inventory, boolean released, Instant now) {
        return new InMemoryTask(
                task,
                task.retry().attempts(),
                inventory,
                released ? TaskState.QUEUED : TaskState.WAITING,
                0,
                now,
                "",
                Output.NONE,
                Optional.empty(),
                new Notes(released, false, Optional.empty(), Optional.empty()));
    }

    InMemoryTask to(TaskLifecycle.Change change) {
        TaskState next = TaskLifecycle.after(state, change)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.CONFLICT, "task " + task.id() + " is " + state.label() + " already"));
        return state(next);
    }

    private InMemoryTask state(TaskState next) {
        return new InMemoryTask(task, grant, inventory, next, attempt, due, message, output, unsent, notes);
    }

    InMemoryTask ended(TaskState end, ActionOutcome outcome) {
        InMemoryTask row = state(end).message(reason(outcome));
        return row.tell(new TaskOutcome(task.id(), end, row.message, outcome.feedback()));
    }

    /** A person ended it. */
    InMemoryTask cancelled(String reason, Instant now) {
        InMemoryTask row = to(TaskLifecycle.Change.CANCEL).message(reason).due(now);
        return row.tell(new TaskOutcome(task.id(), row.state, reason, Optional.empty()));
    }

    /** A session that waits for the task is told once. */
    private InMemoryTask tell(TaskOutcome outcome) {
        return task.awaited() && !notes.told ? unsent(Optional.of(outcome)).notes(notes.andTold()) : this;
    }

    InMemoryTask unsent(Optional<TaskOutcome> next) {
        return new InMemoryTask(task, grant, inventory, state, attempt, due, message, output, next, notes);
    }

    InMemoryTask revived() {
        return allowing(attempt + grant).notes(notes.andTold()).to(TaskLifecycle.Change.REVIVE);
    }

    /** The attempt did not begin: it does not count. */
    InMemoryTask postponed(String reason) {
        return allowing(task.retry().attempts() + 1).message(reason).to(TaskLifecycle.Change.POSTPONE);
    }

    /** The same task with so many attempts in all. */
    InMemoryTask allowing(int attempts) {
        RetryPolicy retry = task.retry();
        RetryPolicy more = new RetryPolicy(attempts, retry.first(), retry.factor(), retry.longest(), retry.jitter());
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
                task.awaited(),
                task.context(),
                task.hosts(),
                task.idempotencyKey());
        return new InMemoryTask(again, grant, inventory, state, attempt, due, message, output, unsent, notes);
    }

    InMemoryTask attempt(int next) {
        return new InMemoryTask(task, grant, inventory, state, next, due, message, output, unsent, notes);
    }

    InMemoryTask due(Instant next) {
        return new InMemoryTask(task, grant, inventory, state, attempt, next, message, output, unsent, notes);
    }

    InMemoryTask message(String next) {
        return new InMemoryTask(task, grant, inventory, state, attempt, due, next, output, unsent, notes);
    }

    InMemoryTask output(Output next) {
        return new InMemoryTask(task, grant, inventory, state, attempt, due, message, next, unsent, notes);
    }

    InMemoryTask notes(Notes next) {
        return new InMemoryTask(task, grant, inventory, state, attempt, due, message, output, unsent, next);
    }

    private static String reason(ActionOutcome outcome) {
        return switch (outcome) {
            case ActionOutcome.Succeeded ignored -> "";
            case ActionOutcome.Failed failed -> failed.reason();
        };
    }

    /**
     * What is remembered beside the state.
     *
     * @param released its turn has come: before that the session does not want to hear of it
     * @param told the session has been told its end
     * @param cancelling why its running attempt is to stop
     * @param replacedBy the task with other arguments that took its place
     */
    public record Notes(boolean released, boolean told, Optional<String> cancelling, Optional<TaskId> replacedBy) {
        Notes andReleased() {
            return new Notes(true, told, cancelling, replacedBy);
        }

        Notes andTold() {
            return new Notes(released, true, cancelling, replacedBy);
        }

        Notes toCancel(String reason) {
            return new Notes(released, told, Optional.of(reason), replacedBy);
        }

        Notes replacedBy(TaskId next) {
            return new Notes(released, told, cancelling, Optional.of(next));
        }
    }
}
