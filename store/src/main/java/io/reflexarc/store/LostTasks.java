// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.action.ActionQueue;
import io.reflexarc.core.action.TaskLifecycle.Change;
import io.reflexarc.core.action.TaskState;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;

/** Tasks whose worker stopped renewing its lease. */
final class LostTasks {
    private static final String MESSAGE = "the worker stopped answering while it ran this";

    private static final String LOST = """
            was as (
                select id, attempt, told, worker, begun_at, output, output_size, artifact from tasks
                 where state = 'running' and lease_until < now() and %s
                 order by lease_until limit $1 for update skip locked
            ), attempts_lost as (
                insert into task_attempts (task_id, number, worker, started_at, ended_at, outcome, message, output,
                       output_size, artifact)
                select id, attempt, worker, begun_at, now(), $2, $4, output, output_size, artifact from was
            )
            """;

    private static final String REQUEUE = """
            with %s, ended as (
                update tasks t set state = $3, message = $4, due_at = now(), %s
                  from was where t.id = was.id
                returning t.id
            )
            select count(*) from ended
            """.formatted(
                    LOST.formatted("cancelling is null and attempt - postponed < greatest(attempts, "
                            + ActionQueue.ATTEMPTS_WHEN_LOST + ")"),
                    TaskEnding.IDLE);

    private static final String EXHAUST = """
            with %s, ended as (
                update tasks t
                   set state = $3, message = $4, ended_at = now(), told = true, %s
                  from was where t.id = was.id
                returning t.id, t.organization_id, t.lock_key, t.activation_id, t.part, t.decision_id, t.decision_committed_at, t.awaited, was.told,
                          t.state as end_state, t.message as end_message, null::bytea as feedback
            ), %s, %s
            %s
            """.formatted(
                    LOST.formatted("cancelling is null and attempt - postponed >= greatest(attempts, "
                            + ActionQueue.ATTEMPTS_WHEN_LOST + ")"),
                    TaskEnding.IDLE,
                    TaskEnding.OUTCOME,
                    TaskEnding.COUNTED,
                    TaskEnding.LEFT);

    /** In one statement; the next round takes the rest. */
    private static final long BATCH = 500;

    private final Database database;

    LostTasks(Database database) {
        this.database = database;
    }

    Future<Integer> recover() {
        return Future.all(
                        change(REQUEUE, Change.LOSE),
                        change(EXHAUST, Change.EXHAUST),
                        new CancelledTasks(database).recover(BATCH))
                .map(all -> all.<Integer>resultAt(0) + all.<Integer>resultAt(1) + all.<Integer>resultAt(2));
    }

    private Future<Integer> change(String sql, Change change) {
        return database.run(sql, Tuple.of(BATCH, "lost", TaskChanges.after(TaskState.RUNNING, change), MESSAGE))
                .map(rows -> Math.toIntExact(Database.single(rows)));
    }
}
