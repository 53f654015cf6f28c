// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.history.FieldStatistic;
import io.reflexarc.core.history.StreamFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * By which kinds events can be told apart, over several streams: made of what is known of their fields, so that no event is read
 * and none carries more than before.
 *
 * @param types what happened, by the field in which each sender says it
 * @param severities how bad it is
 * @param streams at most so many streams were looked at, those that events came to last
 * @param ofStreams of so many that were asked for
 */
public record EventFacets(List<FacetValue> types, List<FacetValue> severities, int streams, int ofStreams) {
    private static final int SHOWN = 8;
    /** A field that so few events have does not divide them. */
    private static final double SHARE = 0.2;

    private static final Pattern SAYABLE = Pattern.compile("[^\"\\\\\\p{Cntrl}]{1,120}");
    private static final List<Pattern> TYPE = List.of(
            Pattern.compile("event\\.meta\\.headers\\[\"[xX]-[^\"]*[eE]vent\"]"),
            Pattern.compile("event\\.alert\\.labels\\.alertname"),
            Pattern.compile("event\\.payload\\.(event_type|eventType|object_kind|type|kind|event|action)"));
    private static final List<Pattern> SEVERITY = List.of(
            Pattern.compile("event\\.alert\\.labels\\.severity"),
            Pattern.compile("event\\.payload\\.(severity|level|priority)"),
            Pattern.compile("event\\.payload\\.labels\\.severity"));

    public EventFacets {
        types = List.copyOf(types);
        severities = List.copyOf(severities);
    }

    /** Of these streams together. */
    static EventFacets of(List<StreamFields> known, int most, int asked) {
        return new EventFacets(values(known, TYPE), values(known, SEVERITY), Math.min(most, asked), asked);
    }

    private static List<FacetValue> values(List<StreamFields> streams, List<Pattern> places) {
        Map<String, FacetValue> found = new LinkedHashMap<>();
        for (StreamFields known : streams) {
            field(known, places)
                    .ifPresent(field ->
                            values(field).forEach(value -> found.merge(value.condition(), value, FacetValue::and)));
        }
        return found.values().stream()
                .sorted(Comparator.comparingLong(FacetValue::count).reversed().thenComparing(FacetValue::condition))
                .limit(SHOWN)
                .toList();
    }

    /** The field in which the sender of a stream says it: the first place at which most of its events have a text. */
    private static Optional<FieldStatistic> field(StreamFields known, List<Pattern> places) {
        return places.stream()
                .flatMap(place -> known.fields().stream()
                        .filter(field -> place.matcher(field.path()).matches())
                        .filter(field -> field.seen() >= SHARE * known.sampled())
                        .filter(field -> !values(field).isEmpty())
                        .sorted(Comparator.comparingLong(FieldStatistic::seen).reversed()))
                .findFirst();
    }

    private static List<FacetValue> values(FieldStatistic field) {
        List<FacetValue> values = new ArrayList<>();
        for (FieldStatistic.Sample sample : field.samples()) {
            JsonNode value = sample.value().tree();
            String text = value.asText();
            if (value.isTextual() && SAYABLE.matcher(text).matches() && !text.contains("{{")) {
                values.add(new FacetValue(text, sample.count(), field.path() + " == \"" + text + "\""));
            }
        }
        return values;
    }

    /**
     * A value.
     *
     * @param value as the sender wrote it
     * @param count about how often it occurred in the events that were looked at
     * @param condition that finds those events
     */
    public record FacetValue(String value, long count, String condition) {
        FacetValue and(FacetValue other) {
            return new FacetValue(value, count + other.count, condition);
        }
    }
}
