// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.event.Event;
import io.reflexarc.core.history.EventArchive;
import io.reflexarc.core.history.RecordedEvents;
import io.reflexarc.core.history.RecordedStream;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.page.Cursor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Walks through the history of several streams as if it were one, newest first, from the log into the archive. Where it stands
 * is a cursor: for each stream that has not ended, its key and the position that was read last. For one thread, which may
 * wait.
 */
final class HistoryReader {
    private final List<HistoryLane> lanes = new ArrayList<>();

    /** Begins with the newest of each stream. */
    HistoryReader(RecordedEvents recorded, List<RecordedStream> streams, EventArchive.Query query) {
        streams.forEach(stream -> lanes.add(new HistoryLane(stream, recorded, query, Optional.empty())));
    }

    /** Goes on after a cursor; streams that it does not name have ended. */
    HistoryReader(RecordedEvents recorded, List<RecordedStream> streams, EventArchive.Query query, String cursor) {
        JsonNode places = Cursor.read(cursor);
        if (!places.isObject()) {
            throw Cursor.wrong();
        }
        for (RecordedStream stream : streams) {
            JsonNode last = places.path(stream.key());
            if (last.isTextual()) {
                lanes.add(new HistoryLane(stream, recorded, query, position(last.asText())));
            }
        }
    }

    private static Optional<Position> position(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Position.parse(text));
        } catch (IllegalArgumentException e) {
            throw Cursor.wrong();
        }
    }

    /** Whether nothing is left. */
    boolean ended() {
        return lanes.stream().allMatch(HistoryLane::ended);
    }

    /** The newest event that has not been read, and its stream; empty when more had to be read first, or nothing is left. */
    Optional<Found> next() {
        Optional<HistoryLane> newest = lanes.stream()
                .filter(lane -> !lane.ended())
                // Of the same time first the one that must be read: it may hold a newer one
                .max(Comparator.comparing(HistoryLane::bound).thenComparing(lane -> !lane.ready()));
        if (newest.filter(lane -> !lane.ready()).isPresent()) {
            newest.get().read();
            return Optional.empty();
        }
        return newest.map(lane -> new Found(lane.take().event(), lane.stream()));
    }

    /** Where it stands; empty when every stream has ended. */
    Optional<String> cursor() {
        ObjectNode places = Json.mapper().createObjectNode();
        lanes.stream()
                .filter(lane -> !lane.ended())
                .forEach(lane -> places.put(
                        lane.stream().key(),
                        lane.place().map(Position::toString).orElse("")));
        return places.isEmpty() ? Optional.empty() : Optional.of(Cursor.of(places));
    }

    /**
     * An event of history.
     *
     * @param event the event
     * @param stream where it arrived
     */
    record Found(Event event, RecordedStream stream) {}
}
