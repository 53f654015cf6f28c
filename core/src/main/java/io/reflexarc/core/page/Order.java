// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * In which order a list is wanted. Rows that are equal in it stand in the order of their numbers.
 *
 * @param column name of what it is ordered by
 * @param descending whether the greatest comes first
 */
public record Order(String column, boolean descending) {
    /** The list's own order. */
    public static final String OWN = "id";

    /** What a request asks for; {@code INVALID} when the list has no such order. */
    public static Order of(PageRequest request, Collection<String> known) {
        String sort = request.sort().orElse(OWN);
        Order order = sort.startsWith("-") ? new Order(sort.substring(1), true) : new Order(sort, false);
        if (!order.column.equals(OWN) && !known.contains(order.column)) {
            throw new ProblemException(
                    ProblemType.INVALID,
                    "sort is one of "
                            + String.join(", ", known.stream().sorted().toList())
                            + ", with a minus before it for the reverse, not \"" + sort + "\"");
        }
        return order;
    }

    /** The cursor behind a row: its value in this order, and its number. */
    public String cursor(String value, long id) {
        return Cursor.of(Json.mapper().createArrayNode().add(column).add(value).add(id));
    }

    /** The row behind which a page begins. */
    public Optional<Place> place(PageRequest request) {
        return request.after().map(text -> {
            JsonNode parts = Cursor.read(text);
            if (!parts.path(0).asText().equals(column) || !parts.path(2).isIntegralNumber()) {
                throw Cursor.wrong();
            }
            return new Place(parts.path(1).asText(), parts.path(2).asLong());
        });
    }

    /** A page of a list that is in memory. */
    public static <T> Page<T> page(
            List<T> all, PageRequest request, Map<String, Comparator<T>> orders, ToLongFunction<T> id) {
        Order order = of(request, orders.keySet());
        Comparator<T> own = Comparator.comparingLong(id);
        Comparator<T> by = Optional.ofNullable(orders.get(order.column))
                .map(first -> first.thenComparing(own))
                .orElse(own);
        List<T> sorted =
                all.stream().sorted(order.descending ? by.reversed() : by).toList();
        List<Long> ids = sorted.stream().map(id::applyAsLong).toList();
        int from = order.place(request)
                .map(place -> ids.indexOf(place.id) + 1)
                .orElse(Math.toIntExact(Math.min(request.offset(), sorted.size())));
        List<T> shown = sorted.subList(from, Math.min(sorted.size(), from + request.pageSize()));
        return new Page<>(
                shown,
                sorted.size(),
                request.page(),
                request.pageSize(),
                from + shown.size() < sorted.size()
                        ? Optional.of(order.cursor("", ids.get(from + shown.size() - 1)))
                        : Optional.empty());
    }

    /**
     * Where a row stands.
     *
     * @param value what it is ordered by
     * @param id its number
     */
    public record Place(String value, long id) {}
}
