// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.action.TaskLifecycle.Change;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;

/** Tasks that a person ends before they have ended. */
final class CancelledTasks {
    /** What ends at once: waiting for its turn, or queued, or running on a worker that is gone. */
    private static final String END = """
            with was as (
                select id as was_id, attempt as was_attempt from tasks where %%s for update%%s
            ), ended as (
                delete from tasks t using was where t.id = was.was_id and t.state = any($2)
                returning %s, %s, t.told, t.state as was_state, $3::text as end_state,
                          coalesce(t.cancelling, $4::text) as end_message, null::bytea as feedback,
                          case when begun_at is null then '' else 'lost' end as end_outcome, '{}'::bytea as end_result
            ), outcome as (
                insert into unsent_outcomes (task_id, activation_id, part, state, message, feedback, held)
                select id, activation_id, part, end_state, end_message, feedback, was_state = 'waiting'
                  from ended where awaited and not told
            ), %s, %s, %s
            %s
            """.formatted(
                    TaskEnding.KEPT,
                    TaskEnding.PRINTED,
                    TaskEnding.ATTEMPTS_MOVED,
                    TaskEnding.COUNTED,
                    TaskEnding.MOVED,
                    TaskEnding.LEFT);

    private static final String END_ONE = END.formatted("id = $1", "");

    /** Cancelled tasks whose worker stopped answering: nobody else takes them over. */
    private static final String END_LOST = END.formatted(
            "state = 'running' and lease_until < now() and cancelling is not null order by lease_until limit $1",
            " skip locked");

    private static final String ASK = "update tasks set cancelling = $2 where id = $1 and state = 'running'";

    private static final String[] NOT_STARTED = {TaskState.WAITING.label(), TaskState.QUEUED.label()};
    private static final String[] RUNNING = {TaskState.RUNNING.label()};
    private static final int TRIES = 5;

    private final Database database;

    CancelledTasks(Database database) {
        this.database = database;
    }

    Future<TaskState> cancel(TaskId task, String reason) {
        return cancel(task, Columns.readable(reason), TRIES);
    }

    /** It may be claimed, or given back, between the two statements. */
    private Future<TaskState> cancel(TaskId task, String reason, int tries) {
        String cancelled = TaskChanges.after(TaskState.QUEUED, Change.CANCEL);
        return database.run(END_ONE, Tuple.of(task.value(), NOT_STARTED, cancelled, reason))
                .compose(ended -> Database.single(ended) == 1
                        ? Future.succeededFuture(TaskState.CANCELLED)
                        : database.count(ASK, Tuple.of(task.value(), reason))
                                .compose(asked -> asked == 1
                                        ? Future.succeededFuture(TaskState.RUNNING)
                                        : again(task, reason, tries)));
    }

    private Future<TaskState> again(TaskId task, String reason, int tries) {
        String open = "select 1 from tasks where id = $1 and state in ('waiting', 'queued', 'running')";
        return database.first(open, Tuple.of(task.value()), row -> true)
                .compose(found -> found.isPresent() && tries > 1
                        ? cancel(task, reason, tries - 1)
                        : Future.failedFuture(new ProblemException(
                                ProblemType.CONFLICT, "task " + task + " has ended: read it again")));
    }

    /** Ends cancelled tasks whose lease ran out; answers how many. */
    Future<Integer> recover(long most) {
        String cancelled = TaskChanges.after(TaskState.RUNNING, Change.CANCEL);
        return database.run(END_LOST, Tuple.of(most, RUNNING, cancelled, ""))
                .map(rows -> Math.toIntExact(Database.single(rows)));
    }
}
