// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.page;

import java.util.Map;
import java.util.Optional;

/**
 * Which part of a list is wanted: by number, or what follows a cursor.
 *
 * @param page 1-based
 * @param pageSize 1 to 200
 * @param filters accepted filters of that list, by name
 * @param sort name of the order, with a minus before it for the reverse; empty for the list's own
 * @param after cursor that an earlier page gave; the number of the page does not matter then
 */
public record PageRequest(
        int page, int pageSize, Map<String, String> filters, Optional<String> sort, Optional<String> after) {
    /** Largest page. */
    public static final int MAX_SIZE = 200;

    public PageRequest {
        if (page < 1 || pageSize < 1 || pageSize > MAX_SIZE) {
            throw new IllegalArgumentException("page starts at 1, page_size is 1 to " + MAX_SIZE);
        }
        filters = Map.copyOf(filters);
    }

    /** A page by its number, in the list's own order. */
    public PageRequest(int page, int pageSize, Map<String, String> filters) {
        this(page, pageSize, filters, Optional.empty(), Optional.empty());
    }

    /** The first page of 20. */
    public static PageRequest first() {
        return new PageRequest(1, 20, Map.of());
    }

    /** Value of a filter, when given. */
    public Optional<String> filter(String name) {
        return Optional.ofNullable(filters.get(name));
    }

    /** Rows before this page. */
    public long offset() {
        return (long) (page - 1) * pageSize;
    }
}
