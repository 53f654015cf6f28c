// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.ClaimedTask;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.audit.TaskSummary;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import io.vertx.sqlclient.Row;
import java.util.Optional;

/** Tasks from rows. */
final class TaskRows {
    /** What {@link #task} needs. */
    static final String TASK_COLUMNS =
            "id, activation_id, decision_id, place, action, arguments, context, spec, awaited, attempts";

    /** What {@link #summary} needs. */
    static final String SUMMARY_COLUMNS = """
            id, decision_id, activation_id, ruleset, rule, place, action, arguments, spec, state, attempt, attempts, message,
            created_at, due_at, ended_at, cancelling, replaces, replaced_by
            """;

    private TaskRows() {}

    /** The task as it was decided. */
    static ActionTask decided(Row row) {
        return task(row, spec(row), spec(row).retry().attempts());
    }

    /** The task as a worker gets it: a revived one has been allowed more attempts. */
    static ClaimedTask claimed(Row row) {
        return new ClaimedTask(
                task(row, spec(row), row.getInteger("attempts")),
                row.getInteger("attempt"),
                Columns.optionalText(row, "inventory"));
    }

    private static TaskSpec spec(Row row) {
        return JsonText.ofString(row.getString("spec")).as(TaskSpec.class);
    }

    private static ActionTask task(Row row, TaskSpec spec, int attempts) {
        return new ActionTask(
                new TaskId(row.getUUID("id")),
                new DecisionId(row.getUUID("decision_id")),
                new ActivationId(row.getLong("activation_id")),
                row.getInteger("place"),
                row.getString("action"),
                Columns.json(row, "arguments"),
                spec.queue(),
                spec.lockKey(),
                spec.retry(attempts),
                spec.timeout(),
                row.getBoolean("awaited"),
                Columns.json(row, "context"),
                spec.hosts(),
                spec.idempotencyKey());
    }

    static TaskSummary summary(Row row) {
        TaskSpec spec = spec(row);
        return new TaskSummary(
                new TaskId(row.getUUID("id")),
                new DecisionId(row.getUUID("decision_id")),
                new ActivationId(row.getLong("activation_id")),
                row.getString("ruleset"),
                row.getString("rule"),
                row.getInteger("place"),
                row.getString("action"),
                Columns.json(row, "arguments"),
                new TaskSummary.Terms(
                        spec.queue(),
                        spec.lockKey(),
                        spec.retry(),
                        spec.timeout(),
                        spec.idempotencyKey(),
                        spec.version()),
                TaskState.parse(row.getString("state")),
                row.getInteger("attempt"),
                row.getInteger("attempts"),
                row.getString("message"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "due_at"),
                Columns.optionalInstant(row, "ended_at"),
                Columns.optionalText(row, "cancelling").isPresent(),
                Optional.ofNullable(row.getUUID("replaces")).map(TaskId::new),
                Optional.ofNullable(row.getUUID("replaced_by")).map(TaskId::new));
    }
}
