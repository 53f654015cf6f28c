// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.ActionOutcome.Failed;
import io.reflexarc.core.action.ActionOutcome.Succeeded;
import io.reflexarc.core.action.ActionQueue.Output;
import io.reflexarc.core.action.TaskLifecycle.Change;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Optional;

/** Step 10 of the path of an event: what an attempt reports. An attempt that lost its task changes nothing. */
final class TaskReports {
    private static final String RUNNING_ATTEMPT = "id = $1 and attempt = $2 and state = 'running'";

    /** An attempt ended the task for good: everything about it goes to the audit. */
    private static final String END = """
            with ended as (
                delete from tasks where %s returning %s, told
            ), %s, attempts_moved as (
                insert into ended_attempts (%s)
                select task_id, number, worker, started_at, now(), $5, $4, $6, $7, $8::bigint, $9, now()
                  from attempts_gone where number = $2
                union all
                select task_id, number, worker, started_at, ended_at, outcome, message, result, output, output_size,
                       artifact, now()
                  from attempts_gone where number <> $2
            ), %s, %s, %s, %s
            select count(*) from ended
            """;

    /** The last attempt failed: the task stays open as a dead letter, but for the session it has ended. */
    private static final String EXHAUST = """
            with was as (
                select id, told from tasks where %s for update
            ), ended as (
                update tasks t
                   set state = $3, message = $4, ended_at = now(), worker = null, lease_until = null, told = true
                  from was where t.id = was.id
                returning t.id, t.activation_id, t.part, t.decision_id, t.decision_committed_at, t.awaited, was.told
            ), attempt_ended as (
                update task_attempts a
                   set ended_at = now(), outcome = $5, message = $4, result = $6, output = $7, output_size = $8::bigint,
                       artifact = $9
                  from ended where a.task_id = ended.id and a.number = $2
            ), %s, %s, %s
            select count(*) from ended
            """.formatted(
                    RUNNING_ATTEMPT, TaskEnding.UNLOCKED, TaskEnding.outcome("$10::bytea"), TaskEnding.counted(false));

    private static final String RETRY = """
            with ended as (
                update tasks
                   set state = $3, message = $4, due_at = now() + $10::bigint * interval '1 millisecond', worker = null,
                       lease_until = null
                 where %s returning id
            ), attempt_ended as (
                update task_attempts a
                   set ended_at = now(), outcome = $5, message = $4, result = $6, output = $7, output_size = $8::bigint,
                       artifact = $9
                  from ended where a.task_id = ended.id and a.number = $2
            ), %s
            select count(*) from ended
            """.formatted(RUNNING_ATTEMPT, TaskEnding.UNLOCKED);

    private final Database database;

    TaskReports(Database database) {
        this.database = database;
    }

    Future<Boolean> end(TaskId task, int attempt, TaskState state, ActionOutcome outcome, Output output) {
        String sql = state == TaskState.DEAD_LETTER ? EXHAUST : endSql(state == TaskState.SUCCEEDED);
        Optional<JsonText> feedback = outcome instanceof Succeeded succeeded ? succeeded.feedback() : Optional.empty();
        return fenced(
                sql,
                report(task, attempt, TaskChanges.ending(state), outcome, output)
                        .addValue(feedback.map(Columns::bytes).orElse(null)));
    }

    private static String endSql(boolean succeeded) {
        return END.formatted(
                RUNNING_ATTEMPT,
                TaskEnding.KEPT,
                TaskEnding.ATTEMPTS_GONE,
                TaskEnding.ATTEMPT_COLUMNS,
                TaskEnding.UNLOCKED,
                TaskEnding.outcome("$10::bytea"),
                TaskEnding.counted(succeeded),
                TaskEnding.MOVED);
    }

    Future<Boolean> retry(TaskId task, int attempt, Duration delay, Failed outcome, Output output) {
        String queued = TaskChanges.after(TaskState.RUNNING, Change.RETRY);
        return fenced(RETRY, report(task, attempt, queued, outcome, output).addLong(Columns.millis(delay)));
    }

    private Future<Boolean> fenced(String sql, Tuple arguments) {
        return database.run(sql, arguments).map(rows -> Database.single(rows) == 1);
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
