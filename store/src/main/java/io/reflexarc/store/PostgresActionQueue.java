// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.ActionQueue;
import io.reflexarc.core.action.ClaimedTask;
import io.reflexarc.core.action.DeadLetters;
import io.reflexarc.core.action.Replacement;
import io.reflexarc.core.action.Taker;
import io.reflexarc.core.action.TaskLifecycle.Change;
import io.reflexarc.core.action.TaskOutcome;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.TaskId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Step 8 of the path of an event: the committed tasks, claimed from their rows. Every operation is one statement, so it
 * happens whole or not at all. Times are PostgreSQL's.
 */
final class PostgresActionQueue implements ActionQueue {
    // Queue by queue, so that the index gives the oldest without looking at the rest. The row locks keep two claimers
    // from one task.
    private static final String CLAIM = """
            with candidates as (
                select c.* from unnest($2::text[]) as q (name)
                 cross join lateral (
                       select id, due_at, seq from tasks
                        where state = 'queued' and turn and queue = q.name and due_at <= now()
                        order by due_at, seq limit $3 for update skip locked) c
                 order by c.due_at, c.seq limit $3
            ), claimed as (
                update tasks t
                   set state = $5, attempt = t.attempt + 1, worker = $1, begun_at = now(),
                       lease_until = now() + $4::bigint * interval '1 millisecond'
                  from candidates c
                 where t.id = c.id
                returning t.*
            )
            select c.id, c.activation_id, c.decision_id, c.place, c.action, c.arguments, c.context, c.spec, c.awaited,
                   c.attempts + c.postponed as attempts, c.attempt, a.inventory
              from claimed c left join activations a on a.id = c.activation_id
             order by c.due_at, c.seq
            """;

    private static final String NEXT_DUE = """
            select ceil(extract(epoch from greatest(min(due_at) - now(), interval '0')) * 1000)::bigint
              from tasks where state = 'queued' and turn and queue = any($1)
            having count(*) > 0
            """;

    private static final String UNSENT = """
            select task_id, activation_id, part, state, message, feedback from unsent_outcomes
             where not held order by seq limit $1
            """;

    private final Database database;
    private final Takers takers;
    private final TaskReports reports;
    private final DeadLetterChanges deadLetters;

    /**
     * A queue.
     *
     * @param moment how long ends of tasks that come in numbers are gathered for the next write
     */
    PostgresActionQueue(Database database, Takers takers, Supplier<Future<?>> moment) {
        this.database = database;
        this.takers = takers;
        this.reports = new TaskReports(database, takers, moment);
        this.deadLetters = new DeadLetterChanges(database);
    }

    @Override
    public Future<List<ClaimedTask>> claim(String worker, List<String> queues, int max, Duration lease) {
        return database.list(
                CLAIM,
                Tuple.of(
                        worker,
                        queues.toArray(String[]::new),
                        (long) max,
                        Columns.millis(lease),
                        TaskChanges.after(TaskState.QUEUED, Change.CLAIM)),
                TaskRows::claimed);
    }

    @Override
    public Runnable lend(Taker taker) {
        return takers.add(taker);
    }

    @Override
    public Future<Renewal> renew(TaskId task, int attempt, Duration lease) {
        return database.first(
                        """
                        update tasks set lease_until = now() + $3::bigint * interval '1 millisecond'
                         where id = $1 and attempt = $2 and state = 'running' returning cancelling is not null
                        """,
                        Tuple.of(task.value(), attempt, Columns.millis(lease)),
                        row -> row.getBoolean(0) ? Renewal.CANCELLED : Renewal.KEPT)
                .map(answer -> answer.orElse(Renewal.LOST));
    }

    @Override
    public Future<Boolean> end(TaskId task, int attempt, TaskState state, ActionOutcome outcome, Output output) {
        return reports.end(task, attempt, state, outcome, output);
    }

    @Override
    public Future<Boolean> retry(
            TaskId task, int attempt, Duration delay, ActionOutcome.Failed outcome, Output output) {
        return reports.retry(task, attempt, delay, outcome, output);
    }

    @Override
    public Future<Boolean> giveBack(TaskId task, int attempt, ActionOutcome.Failed outcome, Output output) {
        return reports.giveBack(task, attempt, outcome, output);
    }

    @Override
    public Future<Boolean> postpone(TaskId task, int attempt, Duration delay, String reason) {
        return reports.postpone(task, attempt, delay, reason);
    }

    @Override
    public Future<Void> output(TaskId task, int attempt, Output output) {
        return database.run(
                        """
                        update tasks set output = $3, output_size = $4, artifact = $5
                         where id = $1 and attempt = $2 and state = 'running'
                        """,
                        Tuple.of(
                                task.value(),
                                attempt,
                                Columns.readable(output.text()),
                                output.size(),
                                output.artifact().orElse(null)))
                .mapEmpty();
    }

    @Override
    public Future<Integer> recoverLost() {
        return new LostTasks(database).recover();
    }

    @Override
    public Future<List<Unsent>> unsent(int max) {
        return database.list(UNSENT, Tuple.of((long) max), PostgresActionQueue::unsent);
    }

    private static Unsent unsent(Row row) {
        return new Unsent(
                new InboxId(new ActivationId(row.getLong("activation_id")), row.getInteger("part")),
                new TaskOutcome(
                        new TaskId(row.getUUID("task_id")),
                        TaskState.parse(row.getString("state")),
                        row.getString("message"),
                        Columns.optionalJson(row, "feedback")));
    }

    @Override
    public Future<Void> markSent(List<TaskId> tasks) {
        return database.run(
                        "delete from unsent_outcomes where task_id = any($1)",
                        Tuple.of(Columns.array(tasks, UUID[]::new, TaskId::value)))
                .mapEmpty();
    }

    @Override
    public Future<Void> revive(TaskId task) {
        return deadLetters.revive(task);
    }

    @Override
    public Future<Void> drop(TaskId task) {
        return deadLetters.drop(task);
    }

    @Override
    public Future<TaskState> cancel(TaskId task, String reason) {
        return new CancelledTasks(database).cancel(task, reason);
    }

    @Override
    public Future<TaskId> replace(TaskId task, Replacement by) {
        return deadLetters.replace(task, by);
    }

    @Override
    public Future<Integer> reviveAll(DeadLetters which, int most) {
        return deadLetters.revive(which, most);
    }

    @Override
    public Future<Integer> dropAll(DeadLetters which, int most) {
        return deadLetters.drop(which, most);
    }

    @Override
    public Future<Optional<Duration>> nextDue(List<String> queues) {
        return database.first(
                NEXT_DUE, Tuple.of(queues.toArray(String[]::new)), row -> Duration.ofMillis(row.getLong(0)));
    }
}
