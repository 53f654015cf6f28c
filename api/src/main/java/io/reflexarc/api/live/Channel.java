// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;

/** Something to subscribe to: numbered rows, of which the newest are remembered. Belongs to one context. */
interface Channel {
    /** Fields that a filter may name. */
    Set<String> filters();

    /** Number of the newest row. */
    long last();

    /** Whether every row after this number is still remembered. */
    boolean covers(long after);

    /** What came after a number that is covered; too many rows are thinned out or left for the next call. */
    Batch after(long after, Filter filter);

    /** All there is now, at most this many rows, oldest first. */
    Future<List<JsonNode>> snapshot(Filter filter, int max);

    /**
     * Rows of one frame.
     *
     * @param rows oldest first
     * @param upTo number of the last row that was looked at
     * @param dropped rows that were left out
     */
    record Batch(List<JsonNode> rows, long upTo, long dropped) {
        public Batch {
            rows = List.copyOf(rows);
        }
    }
}
