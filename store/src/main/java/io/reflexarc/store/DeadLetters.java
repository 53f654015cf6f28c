// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.action.TaskLifecycle.Change;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;

/**
 * What a person does to a dead letter. For the session it has ended already, and was told so: neither change tells it
 * anything more.
 */
final class DeadLetters {
    // Attempts keep their numbers, so that a report of a lost one can never pass for a new one.
    private static final String REVIVE = """
            with revived as (
                update tasks
                   set state = $3, attempts = attempt + (spec::json -> 'retry' ->> 'attempts')::integer, due_at = now(),
                       ended_at = null
                 where id = $1 and state = $2
                returning decision_id, decision_committed_at
            ), counted as (
                update decisions d
                   set open_actions = d.open_actions + 1, failed_actions = d.failed_actions - 1
                  from revived r where d.id = r.decision_id and d.committed_at = r.decision_committed_at
            )
            select count(*) from revived
            """;

    private static final String DROP = """
            with ended as (
                delete from tasks where id = $1 and state = $2 returning %s, message
            ), %s, attempts_moved as (
                insert into ended_attempts (%s)
                select task_id, number, worker, started_at, ended_at, outcome, message, result, output, output_size,
                       artifact, now()
                  from attempts_gone
            ), moved as (
                insert into ended_tasks (%s, state, message, ended_at) select %s, $3, message, now() from ended
            )
            select count(*) from ended
            """.formatted(
            TaskEnding.KEPT, TaskEnding.ATTEMPTS_GONE, TaskEnding.ATTEMPT_COLUMNS, TaskEnding.KEPT, TaskEnding.KEPT);

    private final Database database;

    DeadLetters(Database database) {
        this.database = database;
    }

    Future<Void> revive(TaskId task) {
        return change(REVIVE, task, Change.REVIVE);
    }

    Future<Void> drop(TaskId task) {
        return change(DROP, task, Change.DROP);
    }

    private Future<Void> change(String sql, TaskId task, Change change) {
        return database.run(
                        sql,
                        Tuple.of(
                                task.value(),
                                TaskState.DEAD_LETTER.label(),
                                TaskChanges.after(TaskState.DEAD_LETTER, change)))
                .map(rows -> {
                    if (Database.single(rows) == 0) {
                        throw new ProblemException(
                                ProblemType.CONFLICT, "task " + task + " is no dead letter: read it again");
                    }
                    return null;
                });
    }
}
