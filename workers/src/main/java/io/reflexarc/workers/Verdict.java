// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.workers;

import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.RetryPolicy;
import io.reflexarc.core.action.TaskState;
import java.time.Duration;

/** What becomes of a task after an attempt: a pure function of the outcome. */
sealed interface Verdict {
    /** The task ended. */
    record End(TaskState state) implements Verdict {
        @Override
        public String label() {
            return state.label();
        }
    }

    /** Another attempt follows. */
    record Repeat(Duration delay, ActionOutcome.Failed failed) implements Verdict {
        @Override
        public String label() {
            return "retried";
        }
    }

    /** The attempt was stopped with its worker; another one follows at once, and is not counted against the task. */
    record GiveBack(ActionOutcome.Failed failed) implements Verdict {
        @Override
        public String label() {
            return "given_back";
        }
    }

    /** The attempt did not begin; the task is due again after the delay. */
    record Postpone(Duration delay, String reason) implements Verdict {
        @Override
        public String label() {
            return "postponed";
        }
    }

    /** Name in counters. */
    String label();

    /**
     * Judges an attempt.
     *
     * @param random 0 (inclusive) to 1 (exclusive)
     */
    static Verdict of(ActionTask task, int attempt, ActionOutcome outcome, double random) {
        return switch (outcome) {
            case ActionOutcome.Succeeded ignored -> new End(TaskState.SUCCEEDED);
            case ActionOutcome.Failed failed when !failed.retryable() -> new End(TaskState.FAILED);
            case ActionOutcome.Failed failed when attempt >= task.retry().attempts() -> new End(TaskState.DEAD_LETTER);
            case ActionOutcome.Failed failed -> new Repeat(delay(task.retry(), attempt, failed, random), failed);
        };
    }

    /** Judges an attempt that was told to stop because its task was cancelled: it may have been too late. */
    static Verdict ofCancelled(ActionOutcome outcome) {
        return switch (outcome) {
            case ActionOutcome.Succeeded ignored -> new End(TaskState.SUCCEEDED);
            case ActionOutcome.Failed ignored -> new End(TaskState.CANCELLED);
        };
    }

    private static Duration delay(RetryPolicy retry, int attempt, ActionOutcome.Failed failed, double random) {
        Duration own = retry.delay(attempt, random);
        Duration asked = failed.retryAfter().orElse(Duration.ZERO);
        Duration granted = asked.compareTo(retry.longest()) > 0 ? retry.longest() : asked;
        return granted.compareTo(own) > 0 ? granted : own;
    }
}
