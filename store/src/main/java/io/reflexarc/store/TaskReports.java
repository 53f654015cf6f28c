// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.ActionOutcome.Failed;
import io.reflexarc.core.action.ActionOutcome.Succeeded;
import io.reflexarc.core.action.ActionQueue.Output;
import io.reflexarc.core.action.TaskLifecycle.Change;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Step 10 of the path of an event: what an attempt reports. An attempt that lost its task changes nothing. Ends, the common
 * case, share statement and commit with those that arrive at the same time.
 */
final class TaskReports {
    private static final String RUNNING_ATTEMPT = "id = $1 and attempt = $2 and state = 'running'";

    /** The task goes on without the attempt, which is kept beside it. */
    private static final String ATTEMPT_ENDED = """
            attempt_ended as (
                insert into task_attempts (task_id, number, worker, started_at, ended_at, outcome, message, result, output,
                       output_size, artifact)
                select id, $2, worker, begun_at, now(), $5, $4, $6, $7, $8::bigint, $9 from was
            )
            """;

    /** The last attempt failed: the task stays open as a dead letter, but for the session it has ended. */
    private static final String EXHAUST = """
            with was as (
                select id, told, worker, begun_at from tasks where %s and cancelling is null for update
            ), ended as (
                update tasks t set state = $3, message = $4, ended_at = now(), told = true, %s
                  from was where t.id = was.id
                returning t.id, t.organization_id, t.lock_key, t.activation_id, t.part, t.decision_id, t.decision_committed_at, t.awaited, was.told,
                          t.state as end_state, t.message as end_message, null::bytea as feedback
            ), %s, %s, %s
            %s
            """.formatted(
            RUNNING_ATTEMPT, TaskEnding.IDLE, ATTEMPT_ENDED, TaskEnding.OUTCOME, TaskEnding.COUNTED, TaskEnding.LEFT);

    private static final String RETRY = """
            with was as (
                select id, worker, begun_at from tasks where %s and cancelling is null for update
            ), ended as (
                update tasks t
                   set state = $3, message = $4, due_at = now() + $10::bigint * interval '1 millisecond',
                       postponed = postponed + $11::integer, %s
                  from was where t.id = was.id returning t.id
            ), %s
            select count(*) from ended
            """.formatted(RUNNING_ATTEMPT, TaskEnding.IDLE, ATTEMPT_ENDED);

    private static final String POSTPONE = """
            with ended as (
                update tasks
                   set state = $3, message = $4, due_at = now() + $5::bigint * interval '1 millisecond',
                       postponed = postponed + 1, %s
                 where %s and cancelling is null returning id
            )
            select count(*) from ended
            """.formatted(TaskEnding.IDLE, RUNNING_ATTEMPT);

    /** Classes of errors: data, integrity, statement, limits. */
    private static final List<String> PERMANENT = List.of("22", "23", "42", "54");

    private final Database database;
    private final Takers takers;
    private final Together<EndedTask, Boolean> ends;

    TaskReports(Database database, Takers takers, Supplier<Future<?>> moment) {
        this.database = database;
        this.takers = takers;
        this.ends = new Together<>(EndedTask.MOST, moment, rows -> EndedTask.write(database, takers, rows));
    }

    Future<Boolean> end(TaskId task, int attempt, TaskState state, ActionOutcome outcome, Output output) {
        String label = TaskChanges.ending(state);
        return state == TaskState.DEAD_LETTER
                ? fenced(EXHAUST, report(task, attempt, label, outcome, output))
                        .onSuccess(done -> takers.due())
                        .compose(done -> orCancelled(done, task, attempt, outcome, output))
                : ends.add(new EndedTask(task, attempt, label, outcome, output)).recover(TaskReports::refused);
    }

    Future<Boolean> retry(TaskId task, int attempt, Duration delay, Failed outcome, Output output) {
        return queued(task, attempt, delay, outcome, output, 0);
    }

    Future<Boolean> giveBack(TaskId task, int attempt, Failed outcome, Output output) {
        return queued(task, attempt, Duration.ZERO, outcome, output, 1);
    }

    private Future<Boolean> queued(
            TaskId task, int attempt, Duration delay, Failed outcome, Output output, int unspent) {
        String queued = TaskChanges.after(TaskState.RUNNING, Change.RETRY);
        Tuple report = report(task, attempt, queued, outcome, output);
        return fenced(RETRY, report.addLong(Columns.millis(delay)).addInteger(unspent))
                .compose(done -> orCancelled(done, task, attempt, outcome, output));
    }

    Future<Boolean> postpone(TaskId task, int attempt, Duration delay, String reason) {
        String queued = TaskChanges.after(TaskState.RUNNING, Change.POSTPONE);
        Tuple arguments = Tuple.of(task.value(), attempt, queued, Columns.readable(reason), Columns.millis(delay));
        return fenced(POSTPONE, arguments)
                .compose(done -> orCancelled(done, task, attempt, Failed.retryable(reason), Output.NONE));
    }

    /** A task that is to be cancelled has no other attempt and is no dead letter; one that was lost does not end so either. */
    private Future<Boolean> orCancelled(boolean done, TaskId task, int attempt, ActionOutcome outcome, Output output) {
        return done ? Future.succeededFuture(true) : end(task, attempt, TaskState.CANCELLED, outcome, output);
    }

    private Future<Boolean> fenced(String sql, Tuple arguments) {
        return database.run(sql, arguments)
                .map(rows -> Database.single(rows) == 1)
                .recover(TaskReports::refused);
    }

    /** What PostgreSQL will refuse again, however often it is sent: a value that it cannot hold, or too much of one. */
    private static Future<Boolean> refused(Throwable failure) {
        boolean forGood = failure instanceof PgException e
                && e.getSqlState() != null
                && PERMANENT.stream().anyMatch(e.getSqlState()::startsWith);
        return Future.failedFuture(
                forGood
                        ? new ProblemException(
                                ProblemType.INVALID, "PostgreSQL refuses the report: " + failure.getMessage(), failure)
                        : failure);
    }

    /** {@code $1} to {@code $9} of the statements above. */
    private static Tuple report(TaskId task, int attempt, String state, ActionOutcome outcome, Output output) {
        Tuple tuple = Tuple.tuple().addUUID(task.value()).addInteger(attempt).addString(state);
        switch (outcome) {
            case Succeeded succeeded ->
                tuple.addString("").addString("succeeded").addBuffer(Columns.bytes(succeeded.result()));
            case Failed failed ->
                tuple.addString(Columns.readable(failed.reason()))
                        .addString("failed")
                        .addBuffer(Columns.bytes(failed.result()));
        }
        return tuple.addString(Columns.readable(output.text()))
                .addLong(output.size())
                .addValue(output.artifact().orElse(null));
    }
}
