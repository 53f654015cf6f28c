// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.run;

import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.ActionQueue;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.ClaimedTask;
import io.reflexarc.core.action.DeadLetters;
import io.reflexarc.core.action.Replacement;
import io.reflexarc.core.action.Taker;
import io.reflexarc.core.action.TaskOutcome;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.activation.InMemoryActionQueue;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A queue that tells the run what becomes of its tasks, and forgets them when they have ended. */
final class ReportingQueue implements ActionQueue {
    private final InMemoryActionQueue queue;
    private final RunInbox inbox;
    private final ConcurrentHashMap<TaskId, ActionTask> claimed = new ConcurrentHashMap<>();

    ReportingQueue(InMemoryActionQueue queue, RunInbox inbox) {
        this.queue = queue;
        this.inbox = inbox;
    }

    @Override
    public Future<List<ClaimedTask>> claim(String worker, List<String> queues, int max, Duration lease) {
        return queue.claim(worker, queues, max, lease)
                .onSuccess(tasks -> tasks.forEach(task -> {
                    if (claimed.put(task.task().id(), task.task()) == null) {
                        inbox.put(new RunInput.TaskStarted(task.task()));
                    }
                }));
    }

    @Override
    public Runnable lend(Taker taker) {
        return queue.lend(taker);
    }

    @Override
    public Future<Renewal> renew(TaskId task, int attempt, Duration lease) {
        return queue.renew(task, attempt, lease);
    }

    @Override
    public Future<Boolean> end(TaskId id, int attempt, TaskState state, ActionOutcome outcome, Output output) {
        return queue.end(id, attempt, state, outcome, output).onSuccess(counts -> {
            ActionTask task = claimed.remove(id);
            if (counts && task != null) {
                queue.forget(id);
                inbox.put(new RunInput.TaskEnded(task, outcome(id, state, outcome), outcome));
            }
        });
    }

    private static TaskOutcome outcome(TaskId task, TaskState state, ActionOutcome outcome) {
        return switch (outcome) {
            case ActionOutcome.Succeeded succeeded -> new TaskOutcome(task, state, "", succeeded.feedback());
            case ActionOutcome.Failed failed ->
                new TaskOutcome(task, state, failed.reason(), Optional.<JsonText>empty());
        };
    }

    @Override
    public Future<Boolean> retry(TaskId id, int attempt, Duration delay, ActionOutcome.Failed outcome, Output output) {
        return queue.retry(id, attempt, delay, outcome, output)
                .onSuccess(counts -> retried(counts, id, attempt, outcome));
    }

    @Override
    public Future<Boolean> giveBack(TaskId id, int attempt, ActionOutcome.Failed outcome, Output output) {
        return queue.giveBack(id, attempt, outcome, output).onSuccess(counts -> retried(counts, id, attempt, outcome));
    }

    private void retried(boolean counts, TaskId id, int attempt, ActionOutcome.Failed outcome) {
        ActionTask task = claimed.get(id);
        if (counts && task != null) {
            inbox.put(new RunInput.TaskRetried(task, attempt, outcome.reason()));
        }
    }

    @Override
    public Future<Boolean> postpone(TaskId task, int attempt, Duration delay, String reason) {
        return queue.postpone(task, attempt, delay, reason);
    }

    @Override
    public Future<Void> output(TaskId task, int attempt, Output output) {
        return queue.output(task, attempt, output);
    }

    @Override
    public Future<Integer> recoverLost() {
        return queue.recoverLost();
    }

    @Override
    public Future<List<Unsent>> unsent(int max) {
        return Future.succeededFuture(List.of());
    }

    @Override
    public Future<Void> markSent(List<TaskId> tasks) {
        return Future.succeededFuture();
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
