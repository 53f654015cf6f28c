// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.action.TaskLifecycle.Change;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.id.ActivationId;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/**
 * What the end of tasks means, as parts of a statement. Each part reads the rows of a preceding part {@code ended}: columns of
 * the tasks, their organization and lock key among them, and what they ended as in {@code end_state}, {@code end_message} and {@code feedback}; for the audit also what the
 * running attempt ended as in {@code end_outcome} and {@code end_result}.
 */
final class TaskEnding {
    /** What the audit keeps of an open task, beside state, message and end. */
    static final String KEPT = """
            id, seq, organization_id, activation_id, part, decision_id, decision_committed_at, ruleset, rule, place, action,
            arguments, context, spec, queue, lock_key, awaited, waited, attempts, attempt, created_at, due_at, replaces,
            replaced_by, postponed, worker, begun_at
            """;

    /** What its attempt printed. */
    static final String PRINTED = "output, output_size, artifact";

    /** The running attempt is over and told elsewhere. */
    static final String IDLE =
            "worker = null, lease_until = null, begun_at = null, output = '', output_size = 0, artifact = null";

    /** For tasks that no attempt ended. */
    static final String UNTRIED = PRINTED + ", ''::text as end_outcome, '{}'::bytea as end_result";

    /** The task itself goes to the audit. */
    static final String MOVED = """
            moved as (
                insert into ended_tasks (%s, %s, state, message, outcome, result, ended_at)
                select %s, %s, end_state, end_message, end_outcome, end_result, now() from ended
            )
            """.formatted(KEPT, PRINTED, KEPT, PRINTED);

    /** Its earlier attempts follow it. */
    static final String ATTEMPTS_MOVED = """
            attempts_gone as (
                delete from task_attempts a using ended where a.task_id = ended.id returning a.*
            ), attempts_moved as (
                insert into ended_attempts (task_id, number, worker, started_at, ended_at, outcome, message, result, output,
                       output_size, artifact, task_ended_at)
                select task_id, number, worker, started_at, ended_at, outcome, message, result, output, output_size, artifact,
                       now()
                  from attempts_gone
            )
            """;

    /** How many have ended; the next of their lock keys have their turn, and how many those are. */
    static final String LEFT =
            "select count(*), leave_line(array_agg(id), array_agg(organization_id), array_agg(lock_key)) from ended";

    /** The session that waits for the task is to be told, once: a dead letter has told it already. */
    static final String OUTCOME = """
            outcome as (
                insert into unsent_outcomes (task_id, activation_id, part, state, message, feedback)
                select id, activation_id, part, end_state, end_message, feedback from ended where awaited and not told
            )
            """;

    /** The decision has one open action less. */
    static final String COUNTED = """
            counted as (
                update decisions d
                   set open_actions = d.open_actions - e.ended, failed_actions = d.failed_actions + e.failed
                  from (select decision_id, decision_committed_at, count(*)::integer as ended,
                               (count(*) filter (where end_state <> 'succeeded'))::integer as failed
                          from ended group by 1, 2) e
                 where d.id = e.decision_id and d.committed_at = e.decision_committed_at
            )
            """;

    private TaskEnding() {}

    /** Ends waiting tasks that nobody can release any more. */
    static Future<?> cancelWaiting(SqlClient client, List<ActivationId> activations, String message) {
        if (activations.isEmpty()) {
            return Future.succeededFuture();
        }
        return Database.run(
                client,
                """
                with ended as (
                    delete from tasks where activation_id = any($1) and state = $2
                    returning %s, $3::text as end_state, $4::text as end_message, %s
                ), untold as (
                    delete from unsent_outcomes where activation_id = any($1) and held
                ), %s, %s
                select count(*) from ended
                """.formatted(KEPT, UNTRIED, MOVED, COUNTED),
                Tuple.of(
                        Columns.array(activations, Long[]::new, ActivationId::value),
                        TaskState.WAITING.label(),
                        TaskChanges.after(TaskState.WAITING, Change.CANCEL),
                        message));
    }
}
