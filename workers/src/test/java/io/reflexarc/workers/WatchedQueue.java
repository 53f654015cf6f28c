// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.workers;

import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.ActionQueue;
import io.reflexarc.core.action.ClaimedTask;
import io.reflexarc.core.action.DeadLetters;
import io.reflexarc.core.action.Replacement;
import io.reflexarc.core.action.Taker;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells the test of renewals, and loses answers when it shall. */
final class WatchedQueue implements ActionQueue {
    final BlockingQueue<Renewal> renewals = new LinkedBlockingQueue<>();
    final BlockingQueue<Taker> takers = new LinkedBlockingQueue<>();
    final BlockingQueue<Output> saved = new LinkedBlockingQueue<>();
    final AtomicInteger endsToLose = new AtomicInteger();
    final AtomicInteger endsWithOutputToRefuse = new AtomicInteger();
    /** Ends are written when this is complete. */
    volatile Future<?> disk = Future.succeededFuture();

    private final ActionQueue queue;

    WatchedQueue(ActionQueue queue) {
        this.queue = queue;
    }

    @Override
    public Future<List<ClaimedTask>> claim(String worker, List<String> queues, int max, Duration lease) {
        return queue.claim(worker, queues, max, lease);
    }

    @Override
    public Runnable lend(Taker taker) {
        takers.add(taker);
        Runnable end = queue.lend(taker);
        return () -> {
            takers.remove(taker);
            end.run();
        };
    }

    @Override
    public Future<Renewal> renew(TaskId task, int attempt, Duration lease) {
        return queue.renew(task, attempt, lease).onSuccess(renewals::add);
    }

    @Override
    public Future<Boolean> end(TaskId task, int attempt, TaskState state, ActionOutcome outcome, Output output) {
        if (endsToLose.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            return Future.failedFuture("the database is away");
        }
        if (output.size() > 0 && endsWithOutputToRefuse.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            return Future.failedFuture(new ProblemException(ProblemType.INVALID, "never"));
        }
        return disk.compose(free -> queue.end(task, attempt, state, outcome, output));
    }

    @Override
    public Future<Boolean> retry(
            TaskId task, int attempt, Duration delay, ActionOutcome.Failed outcome, Output output) {
        return queue.retry(task, attempt, delay, outcome, output);
    }

    @Override
    public Future<Boolean> giveBack(TaskId task, int attempt, ActionOutcome.Failed outcome, Output output) {
        return queue.giveBack(task, attempt, outcome, output);
    }

    @Override
    public Future<Boolean> postpone(TaskId task, int attempt, Duration delay, String reason) {
        return queue.postpone(task, attempt, delay, reason);
    }

    @Override
    public Future<Void> output(TaskId task, int attempt, Output output) {
        return queue.output(task, attempt, output).onSuccess(done -> saved.add(output));
    }

    @Override
    public Future<Integer> recoverLost() {
        return queue.recoverLost();
    }

    @Override
    public Future<List<Unsent>> unsent(int max) {
        return queue.unsent(max);
    }

    @Override
    public Future<Void> markSent(List<TaskId> tasks) {
        return queue.markSent(tasks);
    }

    @Override
    public Future<Void> revive(TaskId task) {
        return queue.revive(task);
    }

    @Override
    public Future<Void> drop(TaskId task) {
        return queue.drop(task);
    }

    @Override
    public Future<TaskState> cancel(TaskId task, String reason) {
        return queue.cancel(task, reason);
    }

    @Override
    public Future<TaskId> replace(TaskId task, Replacement by) {
        return queue.replace(task, by);
    }

    @Override
    public Future<Integer> reviveAll(DeadLetters which, int most) {
        return queue.reviveAll(which, most);
    }

    @Override
    public Future<Integer> dropAll(DeadLetters which, int most) {
        return queue.dropAll(which, most);
    }

    @Override
    public Future<Optional<Duration>> nextDue(List<String> queues) {
        return queue.nextDue(queues);
    }
}
