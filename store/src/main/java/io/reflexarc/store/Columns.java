// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.json.JsonText;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** How our values look in columns. */
final class Columns {
    private Columns() {}

    static Buffer bytes(JsonText json) {
        return Buffer.buffer(json.bytes());
    }

    static JsonText json(Row row, String column) {
        return JsonText.ofBytes(row.getBuffer(column).getBytes());
    }

    static Optional<JsonText> optionalJson(Row row, String column) {
        return Optional.ofNullable(row.getBuffer(column)).map(bytes -> JsonText.ofBytes(bytes.getBytes()));
    }

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    static Optional<Instant> optionalInstant(Row row, String column) {
        return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
    }

    static Optional<String> optionalText(Row row, String column) {
        return Optional.ofNullable(row.getString(column));
    }

    static long millis(Duration duration) {
        return duration.toMillis();
    }

    /** PostgreSQL's text cannot hold NUL; what people read may lose it. */
    static String readable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> E parse(Class<E> type, String label) {
        return Enum.valueOf(type, label.toUpperCase(Locale.ROOT));
    }

    /** One column of many rows, for {@code unnest}. */
    static <S, T> @Nullable T[] array(
            List<S> rows, IntFunction<@Nullable T[]> array, Function<? super S, ? extends @Nullable T> value) {
        @Nullable T[] column = array.apply(rows.size());
        for (int i = 0; i < column.length; i++) {
            column[i] = value.apply(rows.get(i));
        }
        return column;
    }
}
