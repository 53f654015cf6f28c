// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.history;

import io.reflexarc.core.json.JsonText;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A field that occurs in the events of a stream.
 *
 * @param path as a condition writes it, e.g. {@code event.payload.labels.severity}
 * @param types how often it was of each type: {@code string}, {@code integer}, {@code float}, {@code boolean}, {@code null},
 *     {@code list}, {@code object}
 * @param seen events that had it
 * @param samples values that occur often, the most frequent first
 * @param firstSeen when an event first had it
 * @param lastSeen when an event last had it
 */
public record FieldStatistic(
        String path, Map<String, Long> types, long seen, List<Sample> samples, Instant firstSeen, Instant lastSeen) {
    public FieldStatistic {
        types = Map.copyOf(types);
        samples = List.copyOf(samples);
    }

    /**
     * A value and about how often it occurred; never less often than it did.
     *
     * @param value a string, number or boolean
     * @param count occurrences
     */
    public record Sample(JsonText value, long count) {}
}
