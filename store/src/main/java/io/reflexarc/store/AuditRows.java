// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.audit.ActionView;
import io.reflexarc.core.audit.Change;
import io.reflexarc.core.audit.DecisionSummary;
import io.reflexarc.core.decision.OwnResult;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import io.vertx.sqlclient.Row;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What people see of the audit, from rows. */
final class AuditRows {
    static final String EVENTS =
            "select binding, event_id, body from decision_events where decision_id = $1 order by place";

    static final String OWN_ACTIONS =
            "select place, name, arguments, result, ended_at from own_actions where decision_id = $1";

    static final String TASKS =
            "select id, place, action, arguments, state, message, ended_at from all_tasks where decision_id = $1";

    static final String ATTEMPTS = """
            select task_id, number, worker, started_at, ended_at, outcome, message, result, output, output_size, artifact
              from all_attempts where task_id in (select id from all_tasks where decision_id = $1) order by number
            """;

    static final String TASK =
            "select id, place, action, arguments, state, message, ended_at from all_tasks where id = $1";

    static final String TASK_ATTEMPTS = """
            select task_id, number, worker, started_at, ended_at, outcome, message, result, output, output_size, artifact
              from all_attempts where task_id = $1 order by number
            """;

    private AuditRows() {}

    static DecisionSummary decision(Row row) {
        return new DecisionSummary(
                new DecisionId(row.getUUID("id")),
                new ActivationId(row.getLong("activation_id")),
                row.getString("activation_name"),
                row.getString("ruleset"),
                row.getString("rule"),
                row.getString("rulebook"),
                row.getInteger("rulebook_version"),
                Columns.instant(row, "decided_at"),
                Columns.instant(row, "committed_at"),
                row.getBoolean("late"),
                texts(row, "event_ids").map(EventId::new).toList(),
                texts(row, "action_names").toList(),
                row.getString("status"));
    }

    private static Stream<String> texts(Row row, String column) {
        return Arrays.stream(JsonText.ofString(row.getString(column)).as(String[].class));
    }

    /** All actions of a decision in the order of the rule. */
    static List<ActionView> actions(List<ActionView> own, List<Row> tasks, List<Row> attempts) {
        Map<UUID, List<Row>> byTask =
                attempts.stream().collect(Collectors.groupingBy(attempt -> attempt.getUUID("task_id")));
        Stream<ActionView> delegated =
                tasks.stream().map(task -> task(task, byTask.getOrDefault(task.getUUID("id"), List.of())));
        return Stream.concat(own.stream(), delegated)
                .sorted(Comparator.comparingInt(ActionView::index))
                .toList();
    }

    static ActionView own(Row row) {
        Optional<OwnResult> result = DecisionReader.result(row);
        String output = result.map(OwnResult::output).orElse("");
        return new ActionView(
                row.getInteger("place"),
                row.getString("name"),
                Columns.json(row, "arguments"),
                Optional.empty(),
                result.map(ended -> ended.succeeded() ? "succeeded" : "failed").orElse("waiting"),
                result.map(OwnResult::message).orElse(""),
                JsonText.EMPTY_OBJECT,
                output,
                output.length(),
                Optional.empty(),
                List.of(),
                Columns.optionalInstant(row, "ended_at"));
    }

    static ActionView task(Row row, List<Row> attempts) {
        Optional<Row> last = attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast());
        return new ActionView(
                row.getInteger("place"),
                row.getString("action"),
                Columns.json(row, "arguments"),
                Optional.of(new TaskId(row.getUUID("id"))),
                row.getString("state"),
                row.getString("message"),
                last.map(attempt -> Columns.json(attempt, "result")).orElse(JsonText.EMPTY_OBJECT),
                last.map(attempt -> attempt.getString("output")).orElse(""),
                last.map(attempt -> attempt.getLong("output_size")).orElse(0L),
                last.flatMap(attempt -> Columns.optionalText(attempt, "artifact")),
                attempts.stream().map(AuditRows::attempt).toList(),
                Columns.optionalInstant(row, "ended_at"));
    }

    private static ActionView.Attempt attempt(Row row) {
        return new ActionView.Attempt(
                row.getInteger("number"),
                row.getString("worker"),
                Columns.instant(row, "started_at"),
                Columns.optionalInstant(row, "ended_at"),
                row.getString("outcome"),
                row.getString("message"));
    }

    static Change change(Row row) {
        return new Change(
                Columns.instant(row, "at"),
                row.getString("username"),
                row.getString("verb"),
                row.getString("kind"),
                row.getString("object"),
                row.getLong("organization_id"),
                Columns.json(row, "details"));
    }
}
