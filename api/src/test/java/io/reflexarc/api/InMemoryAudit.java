// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api;

import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.ActionQueue;
import io.reflexarc.core.action.ClaimedTask;
import io.reflexarc.core.action.DeadLetters;
import io.reflexarc.core.action.Replacement;
import io.reflexarc.core.action.Taker;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.audit.ActionView;
import io.reflexarc.core.audit.AuditLog;
import io.reflexarc.core.audit.Change;
import io.reflexarc.core.audit.DecisionDetail;
import io.reflexarc.core.audit.DecisionSummary;
import io.reflexarc.core.audit.RuleMatches;
import io.reflexarc.core.audit.TaskSummary;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.reflexarc.core.page.Slice;
import io.reflexarc.core.page.SliceRequest;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decisions, tasks and changes of a test. Of the queue it can do what a person can. */
public final class InMemoryAudit implements AuditLog, ActionQueue {
    final List<DecisionDetail> details = new ArrayList<>();
    final Map<TaskId, TaskSummary> tasks = new LinkedHashMap<>();
    final List<Change> changes = new ArrayList<>();

    /** What the next question for decisions fails with, if anything. */
    @Nullable
    RuntimeException fault;

    private static <T> Future<Page<T>> page(List<T> all, PageRequest request) {
        return Future.succeededFuture(Page.of(all.reversed(), request)); // the newest first
    }

    @Override
    public Future<Page<DecisionSummary>> decisions(PageRequest request) {
        if (fault != null) {
            return Future.failedFuture(fault);
        }
        return page(
                details.stream()
                        .map(DecisionDetail::summary)
                        .filter(one ->
                                request.filter("rule").map(one.rule()::equals).orElse(true))
                        .toList(),
                request);
    }

    @Override
    public Future<Slice<DecisionSummary>> decisions(SliceRequest request) {
        return decisions(new PageRequest(1, request.size(), request.filters()))
                .map(page -> new Slice<>(page.items(), page.count(), Optional.empty()));
    }

    @Override
    public Future<Optional<DecisionDetail>> decision(DecisionId id) {
        return Future.succeededFuture(
                details.stream().filter(one -> one.summary().id().equals(id)).findFirst());
    }

    @Override
    public Future<List<DecisionSummary>> decisionsOf(EventId event) {
        return Future.succeededFuture(details.stream()
                .map(DecisionDetail::summary)
                .filter(one -> one.events().contains(event))
                .toList());
    }

    @Override
    public Future<Slice<TaskSummary>> tasks(SliceRequest request) {
        List<TaskSummary> wanted = tasks.values().stream()
                .filter(one -> request.filter("state")
                        .map(states ->
                                List.of(states.split(",")).contains(one.state().label()))
                        .orElse(true))
                .toList()
                .reversed();
        int from = request.after().map(Integer::parseInt).orElse(0);
        int to = Math.min(from + request.size(), wanted.size());
        return Future.succeededFuture(new Slice<>(
                wanted.subList(from, to),
                wanted.size(),
                to < wanted.size() ? Optional.of(Integer.toString(to)) : Optional.empty()));
    }

    @Override
    public Future<Optional<ActionView>> action(TaskId id) {
        return Future.succeededFuture(details.stream()
                .flatMap(one -> one.actions().stream())
                .filter(one -> one.task().filter(id::equals).isPresent())
                .findFirst());
    }

    @Override
    public Future<List<RuleMatches>> ruleMatches(long rulebook, Instant since) {
        return Future.succeededFuture(List.of(new RuleMatches("set", "say so", 3, 1)));
    }

    @Override
    public Future<Map<EventId, Integer>> rulesMatched(Collection<EventId> events) {
        return Future.succeededFuture(details.stream()
                .flatMap(one -> one.summary().events().stream())
                .filter(events::contains)
                .collect(Collectors.toMap(id -> id, id -> 1, Integer::sum)));
    }

    @Override
    public Future<Optional<TaskSummary>> task(TaskId id) {
        return Future.succeededFuture(Optional.ofNullable(tasks.get(id)));
    }

    @Override
    public Future<Void> record(Change change) {
        changes.add(change);
        return Future.succeededFuture();
    }

    @Override
    public Future<Page<Change>> changes(PageRequest request) {
        return page(changes, request);
    }

    @Override
    public Future<Long> dropBefore(Instant time) {
        return Future.succeededFuture(0L);
    }

    @Override
    public Future<Integer> prepareDays(int ahead) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Map<String, Long>> openTasks() {
        return Future.succeededFuture(Map.of("queued", 2L));
    }

    @Override
    public Future<Void> revive(TaskId task) {
        return change(task, TaskState.QUEUED);
    }

    @Override
    public Future<Void> drop(TaskId task) {
        return change(task, TaskState.DROPPED);
    }

    private Future<Void> change(TaskId id, TaskState state) {
        TaskSummary old = Objects.requireNonNull(tasks.get(id));
        if (old.state() != TaskState.DEAD_LETTER) {
            return Future.failedFuture(
                    new ProblemException(ProblemType.CONFLICT, "Task " + id + " is no dead letter."));
        }
        put(old, id, old.arguments(), state, Optional.empty(), Optional.empty());
        return Future.succeededFuture();
    }

    private void put(
            TaskSummary like,
            TaskId id,
            JsonText arguments,
            TaskState state,
            Optional<TaskId> replaces,
            Optional<TaskId> replacedBy) {
        tasks.put(
                id,
                new TaskSummary(
                        id,
                        like.decision(),
                        like.activation(),
                        like.ruleset(),
                        like.rule(),
                        like.index(),
                        like.action(),
                        arguments,
                        like.terms(),
                        state,
                        0,
                        like.attempts(),
                        like.message(),
                        like.createdAt(),
                        like.dueAt(),
                        like.endedAt(),
                        false,
                        replaces,
                        replacedBy));
    }

    @Override
    public Future<TaskState> cancel(TaskId task, String reason) {
        TaskSummary old = Objects.requireNonNull(tasks.get(task));
        if (old.state().ended()) {
            return Future.failedFuture(new ProblemException(ProblemType.CONFLICT, "Task " + task + " has ended."));
        }
        put(old, task, old.arguments(), TaskState.CANCELLED, old.replaces(), old.replacedBy());
        return Future.succeededFuture(TaskState.CANCELLED);
    }

    @Override
    public Future<TaskId> replace(TaskId task, Replacement by) {
        TaskSummary old = Objects.requireNonNull(tasks.get(task));
        TaskId next = TaskId.replacing(task);
        return change(task, TaskState.DROPPED).map(done -> {
            put(old, task, old.arguments(), TaskState.DROPPED, Optional.empty(), Optional.of(next));
            put(old, next, by.arguments(), TaskState.QUEUED, Optional.of(task), Optional.empty());
            return next;
        });
    }

    @Override
    public Future<Integer> reviveAll(DeadLetters which, int most) {
        return all(which, most, TaskState.QUEUED);
    }

    @Override
    public Future<Integer> dropAll(DeadLetters which, int most) {
        return all(which, most, TaskState.DROPPED);
    }

    private Future<Integer> all(DeadLetters which, int most, TaskState state) {
        List<TaskId> found = tasks.values().stream()
                .filter(task -> task.state() == TaskState.DEAD_LETTER)
                .filter(task -> which.rule().map(task.rule()::equals).orElse(true))
                .limit(most)
                .map(TaskSummary::id)
                .toList();
        found.forEach(id -> change(id, state));
        return Future.succeededFuture(found.size());
    }

    @Override
    public Future<List<ClaimedTask>> claim(String worker, List<String> queues, int max, Duration lease) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Runnable lend(Taker taker) {
        return () -> {};
    }

    @Override
    public Future<Renewal> renew(TaskId task, int attempt, Duration lease) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Boolean> end(TaskId task, int attempt, TaskState state, ActionOutcome outcome, Output output) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Boolean> retry(
            TaskId task, int attempt, Duration delay, ActionOutcome.Failed outcome, Output output) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Boolean> giveBack(TaskId task, int attempt, ActionOutcome.Failed outcome, Output output) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Boolean> postpone(TaskId task, int attempt, Duration delay, String reason) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> output(TaskId task, int attempt, Output output) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Integer> recoverLost() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<List<Unsent>> unsent(int max) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> markSent(List<TaskId> done) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Optional<Duration>> nextDue(List<String> queues) {
        throw new UnsupportedOperationException();
    }
}
