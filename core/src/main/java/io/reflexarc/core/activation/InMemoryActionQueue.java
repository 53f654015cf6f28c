// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.ActionQueue;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.ClaimedTask;
import io.reflexarc.core.action.DeadLetters;
import io.reflexarc.core.action.Replacement;
import io.reflexarc.core.action.Taker;
import io.reflexarc.core.action.TaskLifecycle;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.decision.ActionProgress;
import io.reflexarc.core.decision.DecidedAction;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The tasks of one process that keeps nothing: for rehearsals, the command line and tests. Time is the given source's. */
public final class InMemoryActionQueue implements ActionQueue {
    private static final List<TaskLifecycle.Change> ENDS = List.of(
            TaskLifecycle.Change.SUCCEED,
            TaskLifecycle.Change.FAIL,
            TaskLifecycle.Change.EXHAUST,
            TaskLifecycle.Change.CANCEL);

    private final InstantSource clock;
    private final Map<TaskId, InMemoryTask> rows = new LinkedHashMap<>();
    private final Map<String, TaskId> locks = new HashMap<>();
    private final List<Taker> takers = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();

    /** An empty queue. */
    public InMemoryActionQueue(InstantSource clock) {
        this.clock = clock;
    }

    /** The tasks that a decision log committed, and those that may start now. */
    public void committed(Commit commit, Optional<String> inventory) {
        for (Decision decision : commit.decisions()) {
            for (DecidedAction action : decision.actions()) {
                if (action instanceof DecidedAction.Delegated delegated) {
                    add(delegated.task(), inventory, delegated.released());
                }
            }
        }
        for (ActionProgress progress : commit.progress()) {
            if (progress instanceof ActionProgress.Released released) {
                release(released.task());
            }
        }
    }

    /** A task that may be claimed at once, or waits to be released; one that is known already is not added again. */
    public void add(ActionTask task, Optional<String> inventory, boolean released) {
        InMemoryTask row = InMemoryTask.added(task, inventory, released, clock.instant());
        locked(() -> Optional.ofNullable(rows.putIfAbsent(task.id(), row)));
    }

    /** Drops a task that has ended and that nobody will ask for, so that a long run does not grow. */
    public void forget(TaskId task) {
        locked(() -> Optional.ofNullable(rows.remove(task)));
    }

    /** A waiting task may be claimed; of one that was cancelled meanwhile the session may hear. */
    public void release(TaskId task) {
        Instant now = clock.instant();
        locked(() -> Optional.ofNullable(rows.computeIfPresent(task, (id, row) -> {
            InMemoryTask next = row.notes(row.notes().andReleased());
            return row.state() == TaskState.CANCELLED
                    ? next
                    : next.to(TaskLifecycle.Change.RELEASE).due(now);
        })));
    }

    /** What is known of a task. */
    public Optional<InMemoryTask> find(TaskId task) {
        return locked(() -> Optional.ofNullable(rows.get(task)));
    }

    @Override
    public Future<List<ClaimedTask>> claim(String worker, List<String> queues, int max, Duration lease) {
        return locked(() -> {
            Instant now = clock.instant();
            dropLocks();
            List<ClaimedTask> claimed = new ArrayList<>();
            for (InMemoryTask row :
                    waitingFor(queues).filter(r -> !r.due().isAfter(now)).toList()) {
                if (free(row) && claimed.size() < max) {
                    row.task()
                            .lockKey()
                            .ifPresent(key -> locks.put(key, row.task().id()));
                    InMemoryTask running = row.to(TaskLifecycle.Change.CLAIM)
                            .attempt(row.attempt() + 1)
                            .due(now.plus(lease));
                    rows.put(row.task().id(), running);
                    claimed.add(new ClaimedTask(row.task(), running.attempt(), row.inventory()));
                }
            }
            return Future.succeededFuture(List.copyOf(claimed));
        });
    }

    @Override
    public Runnable lend(Taker taker) {
        takers.add(taker);
        return () -> takers.remove(taker);
    }

    @Override
    public Future<Renewal> renew(TaskId task, int attempt, Duration lease) {
        return locked(() -> change(task, attempt, row -> row.due(clock.instant().plus(lease)))
                .map(kept -> kept ? renewal(task) : Renewal.LOST));
    }

    private Renewal renewal(TaskId task) {
        return find(task).flatMap(row -> row.notes().cancelling()).isPresent() ? Renewal.CANCELLED : Renewal.KEPT;
    }

    @Override
    public Future<Boolean> end(TaskId task, int attempt, TaskState state, ActionOutcome outcome, Output output) {
        if (ENDS.stream()
                .noneMatch(
                        change -> TaskLifecycle.after(TaskState.RUNNING, change).equals(Optional.of(state)))) {
            throw new IllegalArgumentException("a running task cannot end as " + state.label());
        }
        return change(task, attempt, row -> ended(row, state, outcome).output(output))
                .onSuccess(done -> takers.forEach(Taker::due));
    }

    /** A task that is to be cancelled is no dead letter: nobody wants it repeated. */
    private InMemoryTask ended(InMemoryTask row, TaskState state, ActionOutcome outcome) {
        Instant now = clock.instant();
        Optional<String> cancelling = row.notes().cancelling();
        boolean cancelled = state == TaskState.CANCELLED || (state == TaskState.DEAD_LETTER && cancelling.isPresent());
        return cancelled
                ? row.cancelled(cancelling.orElse("cancelled"), now)
                : row.ended(state, outcome).due(now);
    }

    @Override
    public Future<Boolean> retry(
            TaskId task, int attempt, Duration delay, ActionOutcome.Failed outcome, Output output) {
        return queued(task, attempt, delay, outcome, output, 0);
    }

    @Override
    public Future<Boolean> giveBack(TaskId task, int attempt, ActionOutcome.Failed outcome, Output output) {
        return queued(task, attempt, Duration.ZERO, outcome, output, 1);
    }

    private Future<Boolean> queued(
            TaskId task, int attempt, Duration delay, ActionOutcome.Failed outcome, Output output, int more) {
        return change(
                task,
                attempt,
                row -> row.notes().cancelling().isPresent()
                        ? ended(row, TaskState.CANCELLED, outcome).output(output)
                        : row.allowing(row.task().retry().attempts() + more)
                                .to(TaskLifecycle.Change.RETRY)
                                .message(outcome.reason())
                                .output(output)
                                .due(clock.instant().plus(delay)));
    }

    @Override
    public Future<Boolean> postpone(TaskId task, int attempt, Duration delay, String reason) {
        Instant due = clock.instant().plus(delay);
        return change(
                task,
                attempt,
                row -> row.notes().cancelling().isPresent()
                        ? ended(row, TaskState.CANCELLED, ActionOutcome.Failed.retryable(reason))
                        : row.postponed(reason).due(due));
    }

    @Override
    public Future<Void> output(TaskId task, int attempt, Output output) {
        return change(task, attempt, row -> row.output(output)).mapEmpty();
    }

    @Override
    public Future<Integer> recoverLost() {
        return locked(() -> {
            List<InMemoryTask> lost = in(TaskState.RUNNING)
                    .filter(row -> !row.due().isAfter(clock.instant()))
                    .toList();
            lost.forEach(row -> rows.put(row.task().id(), lost(row).due(clock.instant())));
            return Future.succeededFuture(lost.size());
        });
    }

    private InMemoryTask lost(InMemoryTask row) {
        ActionOutcome outcome = ActionOutcome.Failed.retryable("the worker was lost and no attempt is left");
        boolean left = row.attempt() < Math.max(row.task().retry().attempts(), ATTEMPTS_WHEN_LOST);
        return left && row.notes().cancelling().isEmpty()
                ? row.to(TaskLifecycle.Change.LOSE).message("the worker was lost")
                : ended(row, TaskState.DEAD_LETTER, outcome);
    }

    @Override
    public Future<TaskState> cancel(TaskId task, String reason) {
        return locked(() -> {
            InMemoryTask row = rows.get(task);
            if (row == null || row.state().ended()) {
                return Future.failedFuture(
                        new ProblemException(ProblemType.CONFLICT, "task " + task + " has ended: read it again"));
            }
            InMemoryTask next = row.state() == TaskState.RUNNING
                    ? row.notes(row.notes().toCancel(reason))
                    : row.cancelled(reason, clock.instant());
            rows.put(task, next);
            return Future.succeededFuture(next.state());
        });
    }

    @Override
    public Future<List<Unsent>> unsent(int max) {
        return locked(() -> Future.succeededFuture(rows.values().stream()
                .filter(row -> row.unsent().isPresent() && row.notes().released())
                .sorted(Comparator.comparing(InMemoryTask::due))
                .limit(max)
                .map(row -> new Unsent(
                        InboxId.of(row.task().activation()), row.unsent().orElseThrow()))
                .toList()));
    }

    @Override
    public Future<Void> markSent(List<TaskId> tasks) {
        return locked(() -> {
            tasks.forEach(task -> rows.computeIfPresent(task, (id, row) -> row.unsent(Optional.empty())));
            return Future.succeededFuture();
        });
    }

    @Override
    public Future<Void> revive(TaskId task) {
        return onDeadLetter(task, this::revived);
    }

    @Override
    public Future<Void> drop(TaskId task) {
        return onDeadLetter(task, InMemoryActionQueue::dropped);
    }

    /** It goes to the end, also behind what came at the same instant. */
    private InMemoryTask revived(InMemoryTask row) {
        rows.remove(row.task().id());
        return row.revived().due(clock.instant());
    }

    private static InMemoryTask dropped(InMemoryTask row) {
        return row.to(TaskLifecycle.Change.DROP);
    }

    @Override
    public Future<TaskId> replace(TaskId task, Replacement by) {
        return onDeadLetter(task, row -> {
                    ActionTask next = row.task().replacedBy(by);
                    InMemoryTask fresh = InMemoryTask.added(next, row.inventory(), true, clock.instant());
                    rows.put(next.id(), fresh.notes(fresh.notes().andTold()));
                    return row.to(TaskLifecycle.Change.DROP).notes(row.notes().replacedBy(next.id()));
                })
                .map(done -> TaskId.replacing(task));
    }

    @Override
    public Future<Integer> reviveAll(DeadLetters which, int most) {
        return all(which, most, this::revived);
    }

    @Override
    public Future<Integer> dropAll(DeadLetters which, int most) {
        return all(which, most, InMemoryActionQueue::dropped);
    }

    private Future<Integer> all(DeadLetters which, int most, UnaryOperator<InMemoryTask> change) {
        return locked(() -> {
            List<InMemoryTask> found = in(TaskState.DEAD_LETTER)
                    .filter(row -> matches(which, row))
                    .sorted(Comparator.comparing(InMemoryTask::due))
                    .limit(most)
                    .toList();
            found.forEach(row -> rows.put(row.task().id(), change.apply(row)));
            return Future.succeededFuture(found.size());
        });
    }

    private static boolean matches(DeadLetters which, InMemoryTask row) {
        ActionTask task = row.task();
        String rule = task.context().tree().path("rule").asText();
        return which.action().filter(name -> !name.equals(task.action())).isEmpty()
                && which.rule().filter(name -> !name.equals(rule)).isEmpty()
                && which.activation()
                        .filter(id -> !id.equals(task.activation()))
                        .isEmpty()
                && which.since().filter(row.due()::isBefore).isEmpty()
                && which.until().filter(end -> !row.due().isBefore(end)).isEmpty();
    }

    @Override
    public Future<Optional<Duration>> nextDue(List<String> queues) {
        return locked(() -> {
            dropLocks();
            return Future.succeededFuture(waitingFor(queues)
                    .filter(this::free)
                    .findFirst()
                    .map(row -> Duration.between(clock.instant(), row.due()))
                    .map(wait -> wait.isNegative() ? Duration.ZERO : wait));
        });
    }

    /** Nobody else has its lock. */
    private boolean free(InMemoryTask row) {
        return row.task()
                .lockKey()
                .map(key -> locks.getOrDefault(key, row.task().id())
                        .equals(row.task().id()))
                .orElse(true);
    }

    /** A task keeps its lock between its attempts, until it has ended. */
    private void dropLocks() {
        locks.values()
                .removeIf(holder -> Optional.ofNullable(rows.get(holder))
                        .filter(row -> row.state() == TaskState.RUNNING || row.state() == TaskState.QUEUED)
                        .isEmpty());
    }

    private Stream<InMemoryTask> in(TaskState state) {
        return rows.values().stream().filter(row -> row.state() == state);
    }

    private Stream<InMemoryTask> waitingFor(List<String> queues) {
        return in(TaskState.QUEUED)
                .filter(row -> queues.contains(row.task().queue()))
                .sorted(Comparator.comparing(InMemoryTask::due));
    }

    private Future<Boolean> change(TaskId task, int attempt, UnaryOperator<InMemoryTask> change) {
        return locked(() -> {
            InMemoryTask row = rows.get(task);
            if (row == null || row.state() != TaskState.RUNNING || row.attempt() != attempt) {
                return Future.succeededFuture(false);
            }
            rows.put(task, change.apply(row));
            return Future.succeededFuture(true);
        });
    }

    private Future<Void> onDeadLetter(TaskId task, UnaryOperator<InMemoryTask> change) {
        return locked(() -> {
            InMemoryTask row = rows.get(task);
            if (row == null || row.state() != TaskState.DEAD_LETTER) {
                return Future.failedFuture(
                        new ProblemException(ProblemType.CONFLICT, "task " + task + " is not a dead letter"));
            }
            rows.put(task, change.apply(row));
            return Future.succeededFuture();
        });
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
