// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.ClaimedTask;
import io.reflexarc.core.action.TaskLifecycle.Change;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.activation.Commit;
import io.reflexarc.core.activation.DecisionLog;
import io.reflexarc.core.decision.DecidedAction.Delegated;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.store.PostgresDecisionLog.Written;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Writes the tasks of a commit, and says which of them run from then on. */
final class TaskWriter {
    private final SqlConnection connection;
    private final Commit commit;
    private final CommitWriter.Site site;
    private final Optional<Takers.Offer> offer;

    TaskWriter(SqlConnection connection, Commit commit, CommitWriter.Site site, Optional<Takers.Offer> offer) {
        this.connection = connection;
        this.commit = commit;
        this.site = site;
        this.offer = offer;
    }

    /**
     * Writes them.
     *
     * @param later whether those with a lock key enter their lines later, together with others of the same commit: whoever enters
     *     several lines does so once and in the order of the keys
     */
    Future<Handed> write(List<TaskRow> rows, boolean later) {
        if (rows.isEmpty()) {
            return Future.succeededFuture(new Handed(List.of(), 0));
        }
        return Database.run(connection, CommitSql.TASKS, columns(rows, offered(rows, later), later))
                .map(placed -> handed(rows, placed));
    }

    /** The first of those that the worker takes, as many as it has room for. */
    private Boolean[] offered(List<TaskRow> rows, boolean later) {
        Boolean[] offered = new Boolean[rows.size()];
        int left = offer.map(one -> one.places().count()).orElse(0);
        for (int i = 0; i < offered.length; i++) {
            TaskRow row = rows.get(i);
            offered[i] = left > 0
                    && row.action.released()
                    && !(later && row.task().lockKey().isPresent())
                    && offer.orElseThrow().taker().queues().contains(row.task().queue());
            left -= offered[i] ? 1 : 0;
        }
        return offered;
    }

    private Handed handed(List<TaskRow> rows, RowSet<Row> placed) {
        Set<UUID> running = new HashSet<>();
        int waiting = 0;
        for (Row row : placed) {
            String state = row.getString("state");
            if (state.equals(TaskState.RUNNING.label())) {
                running.add(row.getUUID("id"));
            } else if (state.equals(TaskState.QUEUED.label()) && row.getBoolean("turn")) {
                waiting++;
            }
        }
        List<ClaimedTask> tasks = rows.stream()
                .filter(row -> running.contains(row.task().id().value()))
                .map(row -> new ClaimedTask(row.task(), 1, site.inventory()))
                .toList();
        return new Handed(tasks, waiting);
    }

    private Tuple columns(List<TaskRow> rows, Boolean[] offered, boolean later) {
        return Tuple.tuple()
                .addValue(site.committedAt())
                .addLong(site.organization())
                .addLong(commit.inbox().activation().value())
                .addInteger(commit.inbox().partition())
                .addString(TaskState.QUEUED.label())
                .addString(TaskState.WAITING.label())
                .addValue(
                        Columns.array(rows, UUID[]::new, row -> row.task().id().value()))
                .addValue(Columns.array(
                        rows, UUID[]::new, row -> row.decision.id().value()))
                .addValue(Columns.array(rows, String[]::new, row -> Columns.readable(row.decision.ruleset())))
                .addValue(Columns.array(rows, String[]::new, row -> Columns.readable(row.decision.rule())))
                .addValue(Columns.array(rows, Integer[]::new, row -> row.task().index()))
                .addValue(Columns.array(
                        rows, String[]::new, row -> Columns.readable(row.task().action())))
                .addValue(Columns.array(
                        rows, Buffer[]::new, row -> Columns.bytes(row.task().arguments())))
                .addValue(Columns.array(
                        rows, Buffer[]::new, row -> Columns.bytes(row.task().context())))
                .addValue(Columns.array(
                        rows,
                        String[]::new,
                        row -> JsonText.of(TaskSpec.of(row.task())).toString()))
                .addValue(Columns.array(
                        rows, String[]::new, row -> Columns.readable(row.task().queue())))
                .addValue(Columns.array(
                        rows,
                        String[]::new,
                        row -> row.task().lockKey().map(Columns::readable).orElse(null)))
                .addValue(Columns.array(rows, Boolean[]::new, row -> row.task().awaited()))
                .addValue(Columns.array(rows, Boolean[]::new, row -> row.action.released()))
                .addValue(Columns.array(
                        rows, Integer[]::new, row -> row.task().retry().attempts()))
                .addValue(offered)
                .addValue(offer.map(one -> one.taker().worker()).orElse(null))
                .addValue(offer.map(one -> Columns.millis(one.taker().lease())).orElse(null))
                .addString(TaskChanges.after(TaskState.QUEUED, Change.CLAIM))
                .addBoolean(later);
    }

    /**
     * Where the tasks are.
     *
     * @param tasks with a worker of this process
     * @param waiting for any worker
     */
    record Handed(List<ClaimedTask> tasks, int waiting) {
        Written written(boolean offered) {
            return new Written(
                    offered && waiting == 0 ? DecisionLog.Result.HANDED_OVER : DecisionLog.Result.COMMITTED, tasks);
        }
    }

    /**
     * A task of a decision.
     *
     * @param action with the task
     */
    record TaskRow(Decision decision, Delegated action) {
        ActionTask task() {
            return action.task();
        }

        boolean standsInLine() {
            return action.released() && task().lockKey().isPresent();
        }
    }
}
