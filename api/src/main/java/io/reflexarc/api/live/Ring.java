// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** The newest rows of a channel and their numbers; the oldest make room. */
final class Ring {
    private final int capacity;
    private final Deque<Row> rows = new ArrayDeque<>();
    private long last;

    Ring(int capacity) {
        this.capacity = capacity;
    }

    long add(JsonNode json) {
        if (rows.size() == capacity) {
            rows.removeFirst();
        }
        rows.addLast(new Row(++last, json));
        return last;
    }

    long last() {
        return last;
    }

    boolean covers(long after) {
        return after <= last && after >= last - rows.size();
    }

    /** Rows with a greater number, oldest first. */
    List<Row> after(long number) {
        List<Row> found = new ArrayList<>();
        Iterator<Row> newestFirst = rows.descendingIterator();
        while (newestFirst.hasNext()) {
            Row row = newestFirst.next();
            if (row.number <= number) {
                break;
            }
            found.add(row);
        }
        return found.reversed();
    }

    /**
     * A row.
     *
     * @param number from 1
     * @param json what is sent
     */
    record Row(long number, JsonNode json) {}
}
