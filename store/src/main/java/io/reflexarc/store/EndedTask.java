// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.ActionOutcome.Failed;
import io.reflexarc.core.action.ActionOutcome.Succeeded;
import io.reflexarc.core.action.ActionQueue.Output;
import io.reflexarc.core.action.ClaimedTask;
import io.reflexarc.core.action.TaskLifecycle.Change;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A task that an attempt ended for good: everything about it goes to the audit, and a worker of this process that lends room
 * gets the next in line of its lock key.
 *
 * @param task which
 * @param attempt the attempt that ended it
 * @param state label of the state after it
 * @param outcome what the action answered
 * @param output what it printed
 */
record EndedTask(TaskId task, int attempt, String state, ActionOutcome outcome, Output output) {
    /** In one statement; the outputs of so many stay below 20 MB. */
    static final int MOST = 256;

    private static final String END = """
            with reports as (
                select * from unnest($1::uuid[], $2::integer[], $3::text[], $4::text[], $5::text[], $6::bytea[], $7::text[],
                                     $8::bigint[], $9::text[], $10::bytea[])
                    as r(task_id, number, end_state, reason, end_outcome, end_result, printed, printed_size, stored, feedback)
            ), ended as (
                delete from tasks t using reports r
                 where t.id = r.task_id and t.attempt = r.number and t.state = 'running'
                returning %s, told, end_state, end_outcome, end_result, printed as output,
                          printed_size as output_size, stored as artifact, feedback,
                          case when end_state = 'cancelled' then coalesce(cancelling, reason) else reason end as end_message
            ), %s, %s, %s, %s
            select case when row_number() over () = 1 then e.ids end as ended, t.id, t.activation_id, t.decision_id, t.place,
                   t.action, t.arguments, t.context, t.spec, t.awaited, t.attempts + t.postponed as attempts, t.attempt,
                   t.state, a.inventory
              from (select array_agg(id) as ids, array_agg(organization_id) as organizations, array_agg(lock_key) as lock_keys
                      from ended) e
              left join lateral next_in_line(e.ids, e.organizations, e.lock_keys, $11, $12, $13, $14, $15) t on true
              left join activations a on a.id = t.activation_id
            """.formatted(
            TaskEnding.KEPT, TaskEnding.ATTEMPTS_MOVED, TaskEnding.OUTCOME, TaskEnding.COUNTED, TaskEnding.MOVED);

    /** Whether each of them was ended by its attempt. */
    static Future<List<Boolean>> write(Database database, Takers takers, List<EndedTask> rows) {
        Optional<Takers.Offer> offer = takers.followers(rows.size());
        Future<RowSet<Row>> written = database.run(END, columns(rows, offer));
        return Takers.settled(offer, written, EndedTask::followers).map(answer -> {
            boolean othersWait = StreamSupport.stream(answer.spliterator(), false)
                    .anyMatch(row -> TaskState.QUEUED.label().equals(row.getString("state")));
            if (othersWait) {
                takers.due();
            }
            UUID[] ended = answer.iterator().next().getArrayOfUUIDs("ended");
            Set<UUID> ids = ended == null ? Set.of() : Set.of(ended);
            return rows.stream().map(one -> ids.contains(one.task.value())).toList();
        });
    }

    /** Those of the next in line that run already. */
    private static List<ClaimedTask> followers(RowSet<Row> answer) {
        return StreamSupport.stream(answer.spliterator(), false)
                .filter(row -> TaskState.RUNNING.label().equals(row.getString("state")))
                .map(TaskRows::claimed)
                .toList();
    }

    private static Tuple columns(List<EndedTask> rows, Optional<Takers.Offer> offer) {
        return Tuple.tuple()
                .addValue(Columns.array(rows, UUID[]::new, row -> row.task.value()))
                .addValue(Columns.array(rows, Integer[]::new, EndedTask::attempt))
                .addValue(Columns.array(rows, String[]::new, EndedTask::state))
                .addValue(Columns.array(rows, String[]::new, EndedTask::message))
                .addValue(Columns.array(rows, String[]::new, EndedTask::label))
                .addValue(Columns.array(rows, Buffer[]::new, EndedTask::result))
                .addValue(Columns.array(rows, String[]::new, row -> Columns.readable(row.output.text())))
                .addValue(Columns.array(rows, Long[]::new, row -> row.output.size()))
                .addValue(Columns.array(
                        rows, String[]::new, row -> row.output.artifact().orElse(null)))
                .addValue(Columns.array(rows, Buffer[]::new, EndedTask::feedback))
                .addInteger(offer.map(one -> one.places().count()).orElse(0))
                .addString(TaskChanges.after(TaskState.QUEUED, Change.CLAIM))
                .addValue(offer.map(one -> one.taker().worker()).orElse(null))
                .addValue(offer.map(one -> Columns.millis(one.taker().lease())).orElse(null))
                .addValue(offer.map(one -> one.taker().queues().toArray(String[]::new))
                        .orElse(null));
    }

    private String message() {
        return outcome instanceof Failed failed ? Columns.readable(failed.reason()) : "";
    }

    private String label() {
        String said = outcome instanceof Failed ? "failed" : "succeeded";
        return state.equals(TaskState.CANCELLED.label()) ? state : said;
    }

    private Buffer result() {
        return switch (outcome) {
            case Succeeded succeeded -> Columns.bytes(succeeded.result());
            case Failed failed -> Columns.bytes(failed.result());
        };
    }

    private @Nullable Buffer feedback() {
        return outcome.feedback().map((JsonText json) -> Columns.bytes(json)).orElse(null);
    }
}
