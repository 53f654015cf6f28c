// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.core.history.EventArchive;
import io.reflexarc.core.history.Recorded;
import io.reflexarc.core.history.RecordedEvents;
import io.reflexarc.core.history.RecordedStream;
import io.reflexarc.core.id.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * One stream's history, newest first: what the log holds, then what is archived before it. Reads ahead a little and only when
 * asked, one read at a time. For one thread, which may wait.
 */
final class HistoryLane {
    private static final int READ_AHEAD = 64;
    private static final Position END = new Position(Long.MAX_VALUE, 0);
    /** The clocks of Redis, whose time is in a position, and of the ingress agree at least so well. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    private final RecordedStream stream;
    private final RecordedEvents recorded;
    private final EventArchive.Query query;
    private final Deque<Recorded> ahead = new ArrayDeque<>();
    private Optional<EventArchive.Segment> segment = Optional.empty();
    /** What stands before it was not handed out yet. */
    private Optional<Position> place;

    private Optional<Position> fetched;
    private boolean archived;
    private boolean ended;

    HistoryLane(RecordedStream stream, RecordedEvents recorded, EventArchive.Query query, Optional<Position> place) {
        this.stream = stream;
        this.recorded = recorded;
        this.query = query;
        this.place = place.or(() -> query.until()
                .map(until -> new Position(until.plus(CLOCKS_DIFFER).toEpochMilli(), 0)));
        this.fetched = this.place;
    }

    RecordedStream stream() {
        return stream;
    }

    /** Where to go on another time. */
    Optional<Position> place() {
        return place;
    }

    /** Whether nothing is left. */
    boolean ended() {
        return ended && ahead.isEmpty();
    }

    /** No event is left that is newer; the end of time while nothing is known. */
    Instant bound() {
        if (!ahead.isEmpty()) {
            return ahead.getFirst().event().receivedAt();
        }
        return segment.map(EventArchive.Segment::newest).orElse(Instant.MAX);
    }

    /** Whether the next event is there. */
    boolean ready() {
        return !ahead.isEmpty();
    }

    Recorded take() {
        Recorded next = ahead.removeFirst();
        place = Optional.of(next.position());
        return next;
    }

    /** Reads once: events of the log, or the index of the archive, or a segment. */
    void read() {
        if (!archived) {
            List<Recorded> more =
                    recorded.live().before(stream.id(), fetched, READ_AHEAD).await();
            fetch(more);
            archived = more.size() < READ_AHEAD;
        } else if (segment.isEmpty()) {
            EventArchive.Step step = recorded.archive()
                    .next(stream.id(), fetched.orElse(END), query)
                    .await();
            segment = step.segment();
            if (segment.isEmpty()) {
                step.before().ifPresent(before -> {
                    fetched = step.before();
                    place = step.before();
                });
                ended = step.before().isEmpty();
            }
        } else {
            List<Recorded> more = recorded.archive()
                    .read(stream.id(), segment.get(), fetched.orElse(END))
                    .await();
            fetch(more);
            // The rest of the segment is looked for again: it may be none, or gone
            fetched = more.isEmpty() ? Optional.of(segment.get().first()) : fetched;
            segment = Optional.empty();
        }
    }

    private void fetch(List<Recorded> more) {
        ahead.addAll(more);
        if (!more.isEmpty()) {
            fetched = Optional.of(more.getLast().position());
        }
    }
}
