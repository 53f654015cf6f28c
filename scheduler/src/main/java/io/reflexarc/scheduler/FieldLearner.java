// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.scheduler;

import io.reflexarc.core.history.EventHistory;
import io.reflexarc.core.history.FieldStore;
import io.reflexarc.core.history.Recorded;
import io.reflexarc.core.history.RecordedStream;
import io.reflexarc.core.history.RecordedStreams;
import io.reflexarc.core.history.StreamFields;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Learns which fields the events of each stream have, from the history and so beside the way of the events. Of a stream that
 * gets more than it looks at in one turn it looks at the newest.
 */
final class FieldLearner {
    /** Events of a stream in one turn. */
    static final int MOST_EVENTS = 200;

    private static final int STEP = 20;
    private static final long MOST_BYTES = 4L << 20;

    private final RecordedStreams streams;
    private final EventHistory history;
    private final FieldStore store;
    /** Where each stream was looked at last, so that a quiet stream costs one small read. */
    private final Map<StreamId, Position> reached = new HashMap<>();

    FieldLearner(RecordedStreams streams, EventHistory history, FieldStore store) {
        this.streams = streams;
        this.history = history;
        this.store = store;
    }

    /** Looks at what has come to all streams; answers at how many events. Call it on a virtual thread. */
    Future<Integer> learn() {
        int looked = 0;
        for (RecordedStream stream : streams.list().await()) {
            looked += learn(stream);
        }
        return Future.succeededFuture(looked);
    }

    private int learn(RecordedStream recorded) {
        StreamId stream = recorded.id();
        Optional<Position> newest = history.before(stream, Optional.empty(), 1).await().stream()
                .findFirst()
                .map(Recorded::position);
        if (newest.isEmpty() || newest.equals(Optional.ofNullable(reached.get(stream)))) {
            return 0;
        }
        StreamFields known = store.read(stream).await();
        List<Recorded> events = newest(stream, known.upTo());
        if (!events.isEmpty()) {
            FieldTally tally = new FieldTally(known);
            events.reversed().forEach(tally::add);
            store.write(recorded, tally.fields()).await();
        }
        reached.put(stream, events.isEmpty() ? newest.get() : events.getFirst().position());
        return events.size();
    }

    /** The newest events after a position, newest first. */
    private List<Recorded> newest(StreamId stream, Position after) {
        List<Recorded> events = new ArrayList<>();
        Optional<Position> before = Optional.empty();
        long bytes = 0;
        List<Recorded> step;
        do {
            step = history.before(stream, before, STEP).await();
            for (Recorded one : step) {
                if (one.position().compareTo(after) <= 0) {
                    return events;
                }
                events.add(one);
                bytes += one.event().body().size();
                before = Optional.of(one.position());
            }
        } while (step.size() == STEP && events.size() < MOST_EVENTS && bytes < MOST_BYTES);
        return events;
    }
}
