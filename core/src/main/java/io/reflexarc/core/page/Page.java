// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.page;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param items in the list's order
 * @param count rows in the whole list
 * @param page 1-based
 * @param pageSize as asked for
 * @param after cursor of what follows, where the list has one; empty at the end
 */
public record Page<T>(List<T> items, long count, int page, int pageSize, Optional<String> after) {
    public Page {
        items = List.copyOf(items);
    }

    /** A page of a list that is read by number alone. */
    public Page(List<T> items, long count, int page, int pageSize) {
        this(items, count, page, pageSize, Optional.empty());
    }

    /** The part of a list that is held whole. */
    public static <T> Page<T> of(List<T> all, PageRequest request) {
        List<T> items =
                all.stream().skip(request.offset()).limit(request.pageSize()).toList();
        return new Page<>(items, all.size(), request.page(), request.pageSize());
    }

    /** The same page with every item mapped. */
    public <R> Page<R> map(Function<? super T, ? extends R> mapper) {
        return new Page<>(items.stream().<R>map(mapper).toList(), count, page, pageSize, after);
    }
}
