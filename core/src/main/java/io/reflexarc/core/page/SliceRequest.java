// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.page;

import java.util.Map;
import java.util.Optional;

/**
 * Which slice of a list is wanted.
 *
 * @param after cursor that an earlier slice gave; empty for the first
 * @param size 1 to {@link PageRequest#MAX_SIZE}
 * @param sort name of the order, with a minus before it for the reverse; empty for the list's own
 * @param filters accepted filters of that list, by name
 */
public record SliceRequest(Optional<String> after, int size, Optional<String> sort, Map<String, String> filters) {
    public SliceRequest {
        if (size < 1 || size > PageRequest.MAX_SIZE) {
            throw new IllegalArgumentException("a slice has 1 to " + PageRequest.MAX_SIZE + " rows");
        }
        filters = Map.copyOf(filters);
    }

    /** The first rows in the list's own order. */
    public static SliceRequest first(int size, Map<String, String> filters) {
        return new SliceRequest(Optional.empty(), size, Optional.empty(), filters);
    }

    /** Value of a filter, when given. */
    public Optional<String> filter(String name) {
        return Optional.ofNullable(filters.get(name));
    }
}
