// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

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
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A question for a slice of a long list. Where it goes on stands in a cursor, so that late slices cost no more than early ones.
 */
final class CursorQuery<T> {
    private final SliceRequest request;
    private final Source<T> source;
    private final String column;
    private final boolean descending;

    /**
     * A question.
     *
     * @param request what is wanted
     * @param source where it is found; its own order, newest first, when none is asked for
     */
    CursorQuery(SliceRequest request, Source<T> source) {
        this.request = request;
        this.source = source;
        String sort = request.sort().orElse("-" + source.times().getFirst());
        this.descending = sort.startsWith("-");
        this.column = descending ? sort.substring(1) : sort;
        if (!source.times().contains(column) && !source.texts().contains(column)) {
            String known = Stream.concat(source.times().stream(), source.texts().stream())
                    .collect(Collectors.joining(", "));
            throw new ProblemException(
                    ProblemType.INVALID,
                    "sort is one of " + known + ", with a minus before it for the reverse, not \"" + sort + "\"");
        }
    }

    Future<Slice<T>> run(Database database) {
        Database.Query counted = source.filters().get().of(source.count());
        Future<Long> count = database.run(
                        "select count(*) from (" + counted.sql() + " limit " + (Slice.COUNTED + 1) + ") q",
                        counted.arguments())
                .map(Database::single);
        Future<List<Row>> rows = rows(database);
        return Future.all(count, rows).map(both -> slice(count.result(), rows.result()));
    }

    private Future<List<Row>> rows(Database database) {
        Filters filters = source.filters().get();
        String key = source.alias() + column;
        String last = source.alias() + "seq";
        request.after().map(this::place).ifPresent(after -> {
            String than = descending ? "<" : ">";
            filters.always("(" + key + ", " + last + ") " + than + " (?, ?)", after.value(), after.seq());
        });
        Database.Query query = filters.of(source.select());
        String way = descending ? " desc" : "";
        return database.list(
                query.sql() + " order by " + key + way + ", " + last + way + " limit " + (request.size() + 1),
                query.arguments(),
                row -> row);
    }

    private Slice<T> slice(long count, List<Row> rows) {
        boolean more = rows.size() > request.size();
        List<Row> shown = more ? rows.subList(0, request.size()) : rows;
        return new Slice<>(
                shown.stream().map(source.row()).toList(),
                count,
                more ? Optional.of(cursor(shown.getLast())) : Optional.empty());
    }

    private String cursor(Row last) {
        Object value =
                source.times().contains(column) ? last.getOffsetDateTime(column).toString() : last.getString(column);
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
                    source.times().contains(column) ? OffsetDateTime.parse(value) : value,
                    parts.path(2).asLong());
        } catch (DateTimeException e) {
            throw Cursor.wrong();
        }
    }

    /**
     * A list with a column {@code seq} that tells rows of one time apart.
     *
     * @param select without its {@code where}
     * @param count selects the same rows, of one column
     * @param alias before the columns, with its dot; may be empty
     * @param times columns to order by; the first one is the list's own order
     * @param texts columns of text to order by
     * @param filters made anew for each query
     * @param row what a row is
     */
    record Source<T>(
            String select,
            String count,
            String alias,
            List<String> times,
            List<String> texts,
            Supplier<Filters> filters,
            Function<Row, T> row) {
        Source {
            times = List.copyOf(times);
            texts = List.copyOf(texts);
        }
    }

    private record Place(Object value, long seq) {}
}
