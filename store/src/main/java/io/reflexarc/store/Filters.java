// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.page.PageRequest;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** The {@code where} of a list, made of the filters that were given: a filter that is not given costs nothing. */
final class Filters {
    private final PageRequest request;
    private final List<String> conditions = new ArrayList<>();
    private final Tuple arguments = Tuple.tuple();

    Filters(PageRequest request) {
        this.request = request;
    }

    /** When the filter is given, rows must satisfy the condition, in which {@code ?} stands for the value. */
    Filters with(String name, String condition, Function<String, ?> value) {
        request.filter(name).ifPresent(text -> {
            arguments.addValue(value.apply(text));
            conditions.add(condition.replace("?", "$" + arguments.size()));
        });
        return this;
    }

    /** When the filter is given, rows must satisfy the condition that its value chooses. */
    Filters choosing(String name, Function<String, String> condition) {
        request.filter(name).ifPresent(text -> conditions.add(condition.apply(text)));
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

    /** Pattern for {@code ilike} that finds the text anywhere. */
    static String part(String text) {
        return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }
}
