// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.history.FieldStatistic;
import io.reflexarc.core.json.JsonText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts one field. Of its values only some are remembered; the counter of a new one takes the place of the lowest and goes
 * on from there (the algorithm Space-Saving of Metwally, Agrawal and El Abbadi), so that what is frequent stays.
 */
final class FieldCount {
    private static final int SAMPLES = 10;
    private static final int LONGEST_SAMPLE = 100;

    private final String path;
    private final Map<String, Long> types;
    private final Map<JsonText, Long> samples = new HashMap<>();
    private final Instant firstSeen;
    private long seen;
    private Instant lastSeen;

    FieldCount(String path, Instant at) {
        this.path = path;
        this.types = new HashMap<>();
        this.firstSeen = at;
        this.lastSeen = at;
    }

    FieldCount(FieldStatistic known) {
        this.path = known.path();
        this.types = new HashMap<>(known.types());
        known.samples().forEach(sample -> samples.put(sample.value(), sample.count()));
        this.firstSeen = known.firstSeen();
        this.seen = known.seen();
        this.lastSeen = known.lastSeen();
    }

    long seen() {
        return seen;
    }

    void add(JsonNode value, boolean secret, Instant at) {
        seen++;
        lastSeen = at.isAfter(lastSeen) ? at : lastSeen;
        types.merge(type(value), 1L, Long::sum);
        if (!secret && value.isValueNode() && !value.isNull()) {
            sample(value);
        }
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "list";
            case BOOLEAN -> "boolean";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "float";
            case OBJECT, POJO -> "object";
            case STRING, BINARY -> "string";
            case NULL, MISSING -> "null";
        };
    }

    private void sample(JsonNode value) {
        if (value.isTextual() && value.textValue().length() > LONGEST_SAMPLE) {
            return;
        }
        JsonText text = JsonText.of(value);
        Long known = samples.get(text);
        if (known != null) {
            samples.put(text, known + 1);
        } else if (samples.size() < SAMPLES) {
            samples.put(text, 1L);
        } else {
            Map.Entry<JsonText, Long> rarest = samples.entrySet().stream()
                    .min(Map.Entry.comparingByValue())
                    .orElseThrow();
            samples.remove(rarest.getKey());
            samples.put(text, rarest.getValue() + 1);
        }
    }

    /** Half of all counts. */
    void halve() {
        seen /= 2;
        types.replaceAll((type, count) -> count / 2);
        types.values().removeIf(count -> count == 0);
        samples.replaceAll((value, count) -> count / 2);
        samples.values().removeIf(count -> count == 0);
    }

    FieldStatistic statistic() {
        List<FieldStatistic.Sample> sorted = new ArrayList<>();
        samples.forEach((value, count) -> sorted.add(new FieldStatistic.Sample(value, Math.min(count, seen))));
        sorted.sort(Comparator.comparingLong(FieldStatistic.Sample::count)
                .reversed()
                .thenComparing(sample -> sample.value().toString()));
        return new FieldStatistic(path, types, seen, sorted, firstSeen, lastSeen);
    }
}
