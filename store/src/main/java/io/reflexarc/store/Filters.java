// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.page.PageRequest;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The {@code where} of a list, made of the filters that were given: a filter that is not given costs nothing. */
final class Filters {
    private final Map<String, String> given;
    private final List<String> conditions = new ArrayList<>();
    private final Tuple arguments = Tuple.tuple();

    Filters(PageRequest request) {
        this(request.filters());
    }

    Filters(Map<String, String> given) {
        this.given = given;
    }

    /** When the filter is given, rows must satisfy the condition, in which {@code ?} stands for the value. */
    Filters with(String name, String condition, Function<String, ?> value) {
        Optional.ofNullable(given.get(name)).ifPresent(text -> {
            arguments.addValue(value.apply(text));
            conditions.add(condition.replace("?", "$" + arguments.size()));
        });
        return this;
    }

    /** When the filter is given, rows must satisfy the condition that its value chooses. */
    Filters choosing(String name, Function<String, String> condition) {
        Optional.ofNullable(given.get(name)).ifPresent(text -> conditions.add(condition.apply(text)));
        return this;
    }

    /** Rows must satisfy a condition, in which {@code ?} stands for each of the values in turn. */
    Filters always(String condition, Object... values) {
        String numbered = condition;
        for (Object value : values) {
            arguments.addValue(value);
            numbered = numbered.replaceFirst("\\?", "\\$" + arguments.size());
        }
        conditions.add(numbered);
        return this;
    }

    /** The query with its {@code where}. */
    Database.Query of(String select) {
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        return new Database.Query(select + where, arguments);
    }

    /** Value of a filter that is a number. */
    static Long number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new ProblemException(ProblemType.INVALID, "\"" + text + "\" is no number", e);
        }
    }

    /** Value of a filter that is a UUID. */
    static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.INVALID, "\"" + text + "\" is no UUID", e);
        }
    }

    /** Value of a filter that is a point in time. */
    static OffsetDateTime time(String text) {
        try {
            return OffsetDateTime.parse(text);
        } catch (DateTimeParseException e) {
            throw new ProblemException(
                    ProblemType.INVALID, "\"" + text + "\" is no time: write it as 2026-11-21T12:00:00Z", e);
        }
    }

    /** Pattern for {@code ilike} that finds the text anywhere. */
    static String part(String text) {
        return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }
}
