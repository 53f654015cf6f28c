// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.page;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a list that may be long and changes while it is read: what comes next is asked for by a cursor, not by a number.
 *
 * @param items in the list's order
 * @param count rows in the whole list, counted up to {@link #COUNTED}; one more means "more than that"
 * @param next cursor of what follows; empty at the end
 */
public record Slice<T>(List<T> items, long count, Optional<String> next) {
    /** Rows are not counted any further. */
    public static final int COUNTED = 10_000;

    public Slice {
        items = List.copyOf(items);
    }

    /** The same slice with every item mapped. */
    public <R> Slice<R> map(Function<? super T, ? extends R> mapper) {
        return new Slice<>(items.stream().<R>map(mapper).toList(), count, next);
    }
}
