// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.audit.TaskSummary;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.page.Cursor;
import io.reflexarc.core.page.Slice;
import io.reflexarc.core.page.SliceRequest;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** A question for tasks, open and ended. Where it goes on stands in a cursor, so that late pages cost no more than early ones. */
final class TaskQuery {
    private static final List<String> TIMES = List.of("created_at", "due_at");
    private static final List<String> TEXTS = List.of("action", "rule");

    private final SliceRequest request;
    private final String column;
    private final boolean descending;

    TaskQuery(SliceRequest request) {
        this.request = request;
        String sort = request.sort().orElse("-created_at");
        this.descending = sort.startsWith("-");
        this.column = descending ? sort.substring(1) : sort;
        if (!TIMES.contains(column) && !TEXTS.contains(column)) {
            throw new ProblemException(
                    ProblemType.INVALID,
                    "sort is created_at, due_at, action or rule, with a minus before it for the reverse, not \"" + sort
                            + "\"");
        }
    }

    Future<Slice<TaskSummary>> run(Database database) {
        Database.Query counted = filters().of("select 1 from all_tasks");
        Future<Long> count = database.run(
                        "select count(*) from (" + counted.sql() + " limit " + (Slice.COUNTED + 1) + ") q",
                        counted.arguments())
                .map(Database::single);
        Future<List<Row>> rows = rows(database);
        return Future.all(count, rows).map(both -> slice(count.result(), rows.result()));
    }

    private Filters filters() {
        return new Filters(request.filters())
                .with("state", "state = any (?)", text -> text.split(","))
                .with("action", "action = ?", text -> text)
                .with("rule", "rule ilike ?", Filters::part)
                .with("lock_key", "lock_key ilike ?", Filters::part)
                .with("activation_id", "activation_id = ?", Filters::number)
                .with("decision_id", "decision_id = ?", Filters::uuid)
                .with("since", "created_at >= ?", Filters::time)
                .with("until", "created_at < ?", Filters::time);
    }

    private Future<List<Row>> rows(Database database) {
        Filters filters = filters();
        request.after().map(this::place).ifPresent(after -> {
            String than = descending ? "<" : ">";
            filters.always("(" + column + ", seq) " + than + " (?, ?)", after.value(), after.seq());
        });
        Database.Query query = filters.of("select " + TaskRows.SUMMARY_COLUMNS + ", seq from all_tasks");
        String way = descending ? " desc" : "";
        return database.list(
                query.sql() + " order by " + column + way + ", seq" + way + " limit " + (request.size() + 1),
                query.arguments(),
                row -> row);
    }

    private Slice<TaskSummary> slice(long count, List<Row> rows) {
        boolean more = rows.size() > request.size();
        List<Row> shown = more ? rows.subList(0, request.size()) : rows;
        return new Slice<>(
                shown.stream().map(TaskRows::summary).toList(),
                count,
                more ? Optional.of(cursor(shown.getLast())) : Optional.empty());
    }

    private String cursor(Row last) {
        Object value = TIMES.contains(column) ? last.getOffsetDateTime(column).toString() : last.getString(column);
        return Cursor.of(Json.mapper()
                .createArrayNode()
                .add(column)
                .add(String.valueOf(value))
                .add(last.getLong("seq")));
    }

    private Place place(String cursor) {
        var parts = Cursor.read(cursor);
        String value = parts.path(1).asText();
        if (!parts.path(0).asText().equals(column) || !parts.path(2).isIntegralNumber()) {
            throw Cursor.wrong();
        }
        try {
            return new Place(
                    TIMES.contains(column) ? OffsetDateTime.parse(value) : value,
                    parts.path(2).asLong());
        } catch (DateTimeException e) {
            throw Cursor.wrong();
        }
    }

    private record Place(Object value, long seq) {}
}
