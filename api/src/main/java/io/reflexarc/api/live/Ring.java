// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.json.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest rows of a channel and their numbers; the oldest make room. */
final class Ring {
    private final int capacity;
    private final Deque<Row> rows = new ArrayDeque<>();
    private long last;

    Ring(int capacity) {
        this.capacity = capacity;
    }

    long add(Object value) {
        if (rows.size() == capacity) {
            rows.removeFirst();
        }
        rows.addLast(new Row(++last, value));
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

    /** A row. Most are never looked at, so it becomes JSON only when somebody does. */
    static final class Row {
        private final long number;
        private final Object value;
        private @Nullable JsonNode json;

        /**
         * A row.
         *
         * @param number from 1
         * @param value what is sent
         */
        Row(long number, Object value) {
            this.number = number;
            this.value = value;
        }

        long number() {
            return number;
        }

        JsonNode json() {
            JsonNode made = json;
            if (made == null) {
                made = Json.mapper().valueToTree(value);
                json = made;
            }
            return made;
        }
    }
}
