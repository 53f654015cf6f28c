// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.activation.ActivationLog;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.page.Slice;
import io.reflexarc.core.page.SliceRequest;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;

/** Lines about activations in one table. */
final class PostgresActivationLog implements ActivationLog {
    private static final String LINES =
            "select seq, activation_id, at, level, process, logger, message, details" + " from activation_log";

    private static final String APPEND = """
            insert into activation_log (activation_id, at, level, process, logger, message, details)
            select * from unnest($1::bigint[], $2::timestamptz[], $3::smallint[], $4::text[], $5::text[], $6::text[],
                                 $7::text[])
            """;

    private final Database database;

    PostgresActivationLog(Database database) {
        this.database = database;
    }

    @Override
    public Future<Void> append(List<Line> lines) {
        if (lines.isEmpty()) {
            return Future.succeededFuture();
        }
        Tuple arguments = Tuple.tuple()
                .addArrayOfLong(Columns.array(
                        lines, Long[]::new, line -> line.activation().value()))
                .addArrayOfOffsetDateTime(Columns.array(lines, OffsetDateTime[]::new, line -> Columns.time(line.at())))
                .addArrayOfShort(Columns.array(
                        lines, Short[]::new, line -> (short) line.level().ordinal()))
                .addArrayOfString(Columns.array(lines, String[]::new, line -> Columns.readable(line.process())))
                .addArrayOfString(Columns.array(lines, String[]::new, line -> Columns.readable(line.logger())))
                .addArrayOfString(Columns.array(lines, String[]::new, line -> Columns.readable(line.message())))
                .addArrayOfString(Columns.array(lines, String[]::new, line -> Columns.readable(line.details())));
        return database.run(APPEND, arguments).mapEmpty();
    }

    @Override
    public Future<Slice<Line>> lines(ActivationId activation, SliceRequest request) {
        return new CursorQuery<>(
                        request,
                        new CursorQuery.Source<>(
                                LINES,
                                "select 1 from activation_log",
                                "",
                                List.of("at"),
                                List.of(),
                                () -> filters(activation, request),
                                PostgresActivationLog::line))
                .run(database);
    }

    private static Filters filters(ActivationId activation, SliceRequest request) {
        return new Filters(request.filters())
                .always("activation_id = ?", activation.value())
                .with("level", "level <= ?", PostgresActivationLog::level)
                .with("text", "message || ' ' || details ilike ?", Filters::part)
                .with("since", "at >= ?", Filters::time)
                .with("until", "at < ?", Filters::time);
    }

    private static Short level(String text) {
        return (short) Arrays.stream(Level.values())
                .filter(one -> one.label().equals(text))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.INVALID, "level is error, warn, info or debug, not \"" + text + "\""))
                .ordinal();
    }

    private static Line line(Row row) {
        return new Line(
                new ActivationId(row.getLong("activation_id")),
                Columns.instant(row, "at"),
                Level.values()[row.getShort("level")],
                row.getString("process"),
                row.getString("logger"),
                row.getString("message"),
                row.getString("details"));
    }

    @Override
    public Future<Long> dropBefore(Instant time) {
        return database.run("delete from activation_log where at < $1", Tuple.of(Columns.time(time)))
                .map(rows -> (long) rows.rowCount());
    }
}
