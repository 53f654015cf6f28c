// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.DeadLetters;
import io.reflexarc.core.action.Replacement;
import io.reflexarc.core.action.TaskLifecycle.Change;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;

/**
 * What a person does to dead letters. For the session they have ended already, and it was told so: no change tells it
 * anything more.
 */
final class DeadLetterChanges {
    private static final String ONE = "id = $3";

    private static final String MANY = """
            ($3::text is null or action = $3) and ($4::text is null or rule = $4)
               and ($5::bigint is null or activation_id = $5) and ($6::timestamptz is null or ended_at >= $6)
               and ($7::timestamptz is null or ended_at < $7)
             order by ended_at, seq limit $8""";

    private static final String COUNTED = """
            counted as (
                update decisions d
                   set open_actions = d.open_actions + r.tasks, failed_actions = d.failed_actions - r.tasks
                  from (select decision_id, decision_committed_at, count(*)::integer as tasks from revived group by 1, 2) r
                 where d.id = r.decision_id and d.committed_at = r.decision_committed_at
            )
            """;

    // Attempts keep their numbers, so that a report of a lost one can never pass for a new one.
    private static final String REVIVE = """
            with chosen as (
                select id as chosen_id from tasks where state = $1 and %%s for update skip locked
            ), revived as (
                update tasks
                   set state = $2, attempts = attempt - postponed + (spec::json -> 'retry' ->> 'attempts')::integer, due_at = now(),
                       ended_at = null
                  from chosen where id = chosen_id
                returning id, decision_id, decision_committed_at
            ), %s
            select count(*), enter_line(array_agg(id)) from revived
            """.formatted(COUNTED);

    private static final String DROP =
            """
            with chosen as (
                select id as chosen_id from tasks where state = $1 and %%s for update skip locked
            ), ended as (
                delete from tasks using chosen where id = chosen_id
                returning %s, %s, $2::text as end_state, message as end_message
            ), %s, %s
            select count(*) from ended
            """.formatted(TaskEnding.KEPT, TaskEnding.UNTRIED, TaskEnding.ATTEMPTS_MOVED, TaskEnding.MOVED);

    private static final String READ =
            "select " + TaskRows.TASK_COLUMNS + " from tasks where id = $1 and state = 'dead_letter' for update";

    // Told: the session has heard the end of the old one.
    private static final String REPLACE = """
            with revived as (
                update tasks set replaced_by = $2 where id = $1
                returning organization_id, activation_id, part, decision_id, decision_committed_at, ruleset, rule, place,
                          queue, awaited, waited
            ), added as (
                insert into tasks (id, organization_id, activation_id, part, decision_id, decision_committed_at, ruleset,
                       rule, place, action, arguments, context, spec, queue, lock_key, awaited, waited, attempts, state,
                       told, created_at, due_at, replaces)
                select $2, organization_id, activation_id, part, decision_id, decision_committed_at, ruleset, rule, place,
                       $8, $3, $9, $4, queue, $5, awaited, waited, $6, $7, true, now(), now(), $1
                  from revived returning id
            ), %s
            select count(*), enter_line(array_agg(id)) from added
            """.formatted(COUNTED);

    private final Database database;

    DeadLetterChanges(Database database) {
        this.database = database;
    }

    Future<Void> revive(TaskId task) {
        return one(REVIVE, task, Change.REVIVE);
    }

    Future<Void> drop(TaskId task) {
        return one(DROP, task, Change.DROP);
    }

    Future<Integer> revive(DeadLetters which, int most) {
        return many(REVIVE, which, most, Change.REVIVE);
    }

    Future<Integer> drop(DeadLetters which, int most) {
        return many(DROP, which, most, Change.DROP);
    }

    Future<TaskId> replace(TaskId task, Replacement by) {
        return database.transaction(connection -> Database.run(connection, READ, Tuple.of(task.value()))
                .compose(found -> {
                    if (!found.iterator().hasNext()) {
                        return Future.failedFuture(notDead(task));
                    }
                    ActionTask next = TaskRows.decided(found.iterator().next()).replacedBy(by);
                    return add(connection, task, next, by.again().map(Replacement.Again::version))
                            .compose(added -> Database.run(
                                    connection,
                                    DROP.formatted(ONE),
                                    change(Change.DROP).addUUID(task.value())))
                            .map(next.id());
                }));
    }

    private static Future<RowSet<Row>> add(
            SqlConnection connection, TaskId old, ActionTask next, Optional<Integer> version) {
        return Database.run(
                connection,
                REPLACE,
                Tuple.tuple()
                        .addUUID(old.value())
                        .addUUID(next.id().value())
                        .addBuffer(Columns.bytes(next.arguments()))
                        .addString(JsonText.of(TaskSpec.of(next, version)).toString())
                        .addValue(next.lockKey().map(Columns::readable).orElse(null))
                        .addInteger(next.retry().attempts())
                        .addString(TaskState.QUEUED.label())
                        .addString(next.action())
                        .addBuffer(Columns.bytes(next.context())));
    }

    private Future<Void> one(String sql, TaskId task, Change change) {
        return database.run(sql.formatted(ONE), change(change).addUUID(task.value()))
                .map(rows -> {
                    if (Database.single(rows) == 0) {
                        throw notDead(task);
                    }
                    return null;
                });
    }

    private Future<Integer> many(String sql, DeadLetters which, int most, Change change) {
        Tuple arguments = change(change)
                .addValue(which.action().orElse(null))
                .addValue(which.rule().orElse(null))
                .addValue(which.activation().map(ActivationId::value).orElse(null))
                .addValue(which.since().map(Columns::time).orElse(null))
                .addValue(which.until().map(Columns::time).orElse(null))
                .addLong((long) most);
        return database.run(sql.formatted(MANY), arguments).map(rows -> Math.toIntExact(Database.single(rows)));
    }

    private static Tuple change(Change change) {
        return Tuple.tuple()
                .addString(TaskState.DEAD_LETTER.label())
                .addString(TaskChanges.after(TaskState.DEAD_LETTER, change));
    }

    private static ProblemException notDead(TaskId task) {
        return new ProblemException(ProblemType.CONFLICT, "task " + task + " is no dead letter: read it again");
    }
}
