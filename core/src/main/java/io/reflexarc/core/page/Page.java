// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.page;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param items in the list's order
 * @param count rows in the whole list
 * @param page 1-based
 * @param pageSize as asked for
 */
public record Page<T>(List<T> items, long count, int page, int pageSize) {
    public Page {
        items = List.copyOf(items);
    }

    /** The same page with every item mapped. */
    public <R> Page<R> map(Function<? super T, ? extends R> mapper) {
        return new Page<>(items.stream().<R>map(mapper).toList(), count, page, pageSize);
    }
}
