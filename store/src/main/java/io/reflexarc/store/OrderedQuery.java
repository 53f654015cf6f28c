// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.page.Order;
import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A question for a page of a list that people order as they like. What follows is asked for by the number of the page or by a
 * cursor, which shows nothing twice while the list changes.
 *
 * @param select rows with a column {@code id}
 * @param orders columns of it to order by, each with its type
 * @param row what a row is
 */
record OrderedQuery<T>(Database.Query select, Map<String, Type> orders, Function<Row, T> row) {
    /** Types of columns, each with a value that stands where none is. */
    enum Type {
        TEXT("text", "''"),
        NUMBER("bigint", "0"),
        TIME("timestamptz", "'-infinity'");

        private final String name;
        private final String none;

        Type(String name, String none) {
            this.name = name;
            this.none = none;
        }
    }

    OrderedQuery {
        orders = Map.copyOf(orders);
    }

    Future<Page<T>> page(Database database, PageRequest request) {
        Order order = Order.of(request, orders.keySet());
        Type type = orders.getOrDefault(order.column(), Type.NUMBER);
        String key = "coalesce(q." + order.column() + ", " + type.none + ")";
        String way = order.descending() ? " desc" : "";
        Future<Long> count = database.run("select count(*) from (" + select.sql() + ") q", select.arguments())
                .map(Database::single);
        Tuple arguments = Tuple.tuple();
        for (int i = 0; i < select.arguments().size(); i++) {
            arguments.addValue(select.arguments().getValue(i));
        }
        String behind = order.place(request)
                .map(place -> {
                    arguments.addString(place.value()).addLong(place.id());
                    return " where (" + key + ", q.id) " + (order.descending() ? "<" : ">") + " ($"
                            + (arguments.size() - 1) + "::text::" + type.name + ", $" + arguments.size() + ")";
                })
                .orElse("");
        long offset = request.after().isPresent() ? 0 : request.offset();
        Future<List<Row>> rows = database.list(
                "select q.*, " + key + "::text as order_key from (" + select.sql() + ") q" + behind + " order by " + key
                        + way + ", q.id" + way + " limit " + (request.pageSize() + 1) + " offset " + offset,
                arguments,
                found -> found);
        return Future.all(count, rows).map(both -> page(order, request, count.result(), rows.result()));
    }

    private Page<T> page(Order order, PageRequest request, long count, List<Row> found) {
        boolean more = found.size() > request.pageSize();
        List<Row> shown = more ? found.subList(0, request.pageSize()) : found;
        Optional<String> after = more
                ? Optional.of(order.cursor(
                        shown.getLast().getString("order_key"), shown.getLast().getLong("id")))
                : Optional.empty();
        List<T> items = new ArrayList<>();
        shown.forEach(one -> items.add(row.apply(one)));
        return new Page<>(items, count, request.page(), request.pageSize(), after);
    }
}
