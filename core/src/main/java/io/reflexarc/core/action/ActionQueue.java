// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.action;

import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.TaskId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Step 8 of the path of an event: the committed tasks, as workers see them. Attempts are fenced: a report of an attempt
 * that is no longer the current one changes nothing and answers {@code false}.
 */
public interface ActionQueue {
    /**
     * Takes tasks that are due, oldest first, at most one per lock key. Tasks of one lock key stand in line from the moment they
     * are released; the first has the key until it has ended, also while it waits for its next attempt.
     */
    Future<List<ClaimedTask>> claim(String worker, List<String> queues, int max, Duration lease);

    /**
     * A worker of this process lends its room, until the answer is run: tasks that are committed here and need not wait go to it
     * at once, and it hears when others are due. A queue that nobody commits to in this process hands nothing over.
     */
    Runnable lend(Taker taker);

    /** Extends the lease of an attempt that still has its task. */
    Future<Renewal> renew(TaskId task, int attempt, Duration lease);

    /**
     * The attempt ended the task; task and attempt move to the audit, an awaited outcome is marked unsent. A task that is to
     * be cancelled becomes no dead letter: it ends as cancelled.
     */
    Future<Boolean> end(TaskId task, int attempt, TaskState state, ActionOutcome outcome, Output output);

    /** The attempt failed; the task is due again after the delay, or ends when it is to be cancelled. */
    Future<Boolean> retry(TaskId task, int attempt, Duration delay, ActionOutcome.Failed outcome, Output output);

    /**
     * The attempt was stopped together with its worker: the task is due at once, and may have as many attempts as before.
     */
    Future<Boolean> giveBack(TaskId task, int attempt, ActionOutcome.Failed outcome, Output output);

    /**
     * The attempt did not begin, because what it would call is down or has no room: the task is due again after the delay,
     * says why, and may have as many attempts as before.
     */
    Future<Boolean> postpone(TaskId task, int attempt, Duration delay, String reason);

    /** What the running attempt has printed so far, so that a crash keeps it. */
    Future<Void> output(TaskId task, int attempt, Output output);

    /**
     * Attempts that a task gets at least before losing its workers makes it a dead letter: that a worker died is no failure
     * of the action, but an action that kills its workers must not kill them all.
     */
    int ATTEMPTS_WHEN_LOST = 3;

    /**
     * Gives back the tasks whose lease ran out; ends them as dead letters when neither an attempt nor one of
     * {@link #ATTEMPTS_WHEN_LOST} is left. Answers how many.
     */
    Future<Integer> recoverLost();

    /** Awaited outcomes that are not in their inbox yet, oldest first. */
    Future<List<Unsent>> unsent(int max);

    /** They are in their inbox now. */
    Future<Void> markSent(List<TaskId> tasks);

    /**
     * A dead letter is queued again and gets as many attempts as it had at first; {@code CONFLICT} when it is none.
     * Attempts keep counting, so that they stay fenced: {@code task.retry().attempts()} of the next claim includes the old
     * ones.
     */
    Future<Void> revive(TaskId task);

    /** A dead letter is given up; {@code CONFLICT} when it is none. */
    Future<Void> drop(TaskId task);

    /**
     * Ends a task that has not ended, for a reason that people will read. One that waits or is queued is
     * {@link TaskState#CANCELLED} at once; of one that waits for its turn the session hears when the turn has come. A running
     * one stays {@link TaskState#RUNNING}, and keeps its lock, until its attempt has ended; no other attempt follows. Answers
     * where the task stands now; {@code CONFLICT} when it has ended or is a dead letter.
     */
    Future<TaskState> cancel(TaskId task, String reason);

    /**
     * Puts another task in the place of a dead letter, which is dropped; answers the new one. It has a key of its own, so
     * that a target does not take it for the old one. The session has been told the end of the old one and hears no more.
     * {@code CONFLICT} when it is no dead letter.
     */
    Future<TaskId> replace(TaskId task, Replacement by);

    /** {@link #revive}s dead letters, oldest first, at most so many; answers how many. */
    Future<Integer> reviveAll(DeadLetters which, int most);

    /** {@link #drop}s dead letters, oldest first, at most so many; answers how many. */
    Future<Integer> dropAll(DeadLetters which, int most);

    /** When nothing is due now: how long until something may be. */
    Future<Optional<Duration>> nextDue(List<String> queues);

    /** What an attempt learns about its task when it renews its lease. */
    enum Renewal {
        /** The lease is extended. */
        KEPT,
        /** The lease is extended, but the attempt is to stop: a person cancelled the task. */
        CANCELLED,
        /** The task is not this attempt's any more. */
        LOST
    }

    /**
     * Output of an attempt.
     *
     * @param text the first 64 kB (65,536 characters)
     * @param size characters in all
     * @param artifact key in the artifact store that holds all of it, when it is longer
     */
    record Output(String text, long size, Optional<String> artifact) {
        /** Characters kept in the database. */
        public static final int INLINE_LIMIT = 65_536;

        /** Nothing was printed. */
        public static final Output NONE = new Output("", 0, Optional.empty());
    }

    /**
     * An outcome to be appended.
     *
     * @param inbox where to
     * @param outcome what
     */
    record Unsent(InboxId inbox, TaskOutcome outcome) {}
}
