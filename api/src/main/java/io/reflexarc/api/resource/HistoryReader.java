// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.event.Event;
import io.reflexarc.core.event.EventStream;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.log.EventLog;
import io.reflexarc.core.page.Cursor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Walks through the history of several streams as if it were one, newest first. Where it stands is a cursor: for each stream
 * that has not ended, its number and the event that was read last. For one thread, which may wait.
 */
final class HistoryReader {
    private static final int READ_AHEAD = 64;

    private final EventLog log;
    private final List<Lane> lanes = new ArrayList<>();

    /** Begins with the newest of each stream. */
    HistoryReader(EventLog log, List<EventStream> streams) {
        this.log = log;
        streams.forEach(stream -> lanes.add(new Lane(stream, Optional.empty())));
    }

    /** Goes on after a cursor; streams that it does not name have ended. */
    HistoryReader(EventLog log, List<EventStream> streams, String cursor) {
        this.log = log;
        JsonNode places = Cursor.read(cursor);
        if (!places.isObject()) {
            throw Cursor.wrong();
        }
        for (EventStream stream : streams) {
            JsonNode last = places.path(Long.toString(stream.id()));
            if (last.isTextual()) {
                lanes.add(new Lane(
                        stream,
                        Optional.of(last.asText()).filter(id -> !id.isEmpty()).map(EventId::new)));
            }
        }
    }

    /** The newest event that has not been read, and its stream. */
    Optional<Found> next() {
        return lanes.stream()
                .filter(lane -> lane.head().isPresent())
                .max(Comparator.comparing(lane -> lane.head().orElseThrow().receivedAt()))
                .map(Lane::take);
    }

    /** Where it stands; empty when every stream has ended. */
    Optional<String> cursor() {
        ObjectNode places = Json.mapper().createObjectNode();
        lanes.stream()
                .filter(lane -> lane.head().isPresent())
                .forEach(lane -> places.put(
                        Long.toString(lane.stream.id()),
                        lane.read.map(EventId::value).orElse("")));
        return places.isEmpty() ? Optional.empty() : Optional.of(Cursor.of(places));
    }

    /**
     * An event of history.
     *
     * @param event the event
     * @param stream where it arrived
     */
    record Found(Event event, EventStream stream) {}

    /** One stream, read ahead a little. */
    private final class Lane {
        private final EventStream stream;
        private final Deque<Event> ahead = new ArrayDeque<>();
        private Optional<EventId> read;
        private Optional<EventId> fetched;
        private boolean ended;

        private Lane(EventStream stream, Optional<EventId> read) {
            this.stream = stream;
            this.read = read;
            this.fetched = read;
        }

        private Optional<Event> head() {
            if (ahead.isEmpty() && !ended) {
                List<Event> more =
                        log.recent(stream.uuid(), fetched, READ_AHEAD).await();
                ahead.addAll(more);
                ended = more.size() < READ_AHEAD;
                fetched = more.isEmpty() ? fetched : Optional.of(more.getLast().id());
            }
            return Optional.ofNullable(ahead.peekFirst());
        }

        private Found take() {
            Event event = ahead.removeFirst();
            read = Optional.of(event.id());
            return new Found(event, stream);
        }
    }
}
