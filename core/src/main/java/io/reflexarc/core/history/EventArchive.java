// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.history;

import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * History that has left the log, or is about to: segments of a stream's events, each kept whole. Segments of a stream follow
 * one another without gap and without overlap.
 */
public interface EventArchive {
    /** How far the archive of a stream goes, and what is in it. */
    Future<ArchiveState> state(StreamId stream);

    /**
     * Writes one segment of events that follow the archive's end directly, at least one. Completes when events and index are
     * kept; whatever happens before, the archive is as it was. {@code CONFLICT} when the archive does not end there any more.
     *
     * @param end where the archive ends, as far as the caller knows
     */
    Future<Void> write(StreamId stream, Position end, List<Recorded> events);

    /** Remembers why nothing can be written, for people; empty when it goes well again. */
    Future<Void> trouble(StreamId stream, Optional<String> what);

    /** Looks for the next segment that may hold wanted events before a position; looks at a bounded number of segments. */
    Future<Step> next(StreamId stream, Position before, Query query);

    /** The newest events of a segment before a position, newest first, so many as fit into memory well. */
    Future<List<Recorded>> read(StreamId stream, Segment segment, Position before);

    /** An archived event. */
    Future<Optional<Recorded>> find(EventId id);

    /** Drops some of the segments whose newest event was received before a time, and what unfinished writes left long ago. */
    Future<Integer> dropBefore(Instant time);

    /**
     * What is searched for.
     *
     * @param since received at this time or later
     * @param until received before it
     * @param required texts that every wanted event has
     */
    record Query(Optional<Instant> since, Optional<Instant> until, List<FieldValue> required) {
        /** Everything. */
        public static final Query ALL = new Query(Optional.empty(), Optional.empty(), List.of());

        public Query {
            required = List.copyOf(required);
        }
    }

    /**
     * A segment that may hold wanted events.
     *
     * @param key where it is kept
     * @param first position of its oldest event
     * @param newest when its newest event was received
     */
    record Segment(String key, Position first, Instant newest) {}

    /**
     * How far a look went.
     *
     * @param segment the next one; empty when none was found yet
     * @param before where to look on; empty when there is nothing before
     */
    record Step(Optional<Segment> segment, Optional<Position> before) {}

    /**
     * The archive of a stream.
     *
     * @param end position of its newest event
     * @param segments kept ones
     * @param events in them
     * @param stored bytes that they take
     * @param oldest when the oldest of them was received
     * @param newest when the newest of them was received
     * @param trouble why nothing can be written
     * @param troubleSince since when
     */
    record ArchiveState(
            Position end,
            long segments,
            long events,
            long stored,
            Optional<Instant> oldest,
            Optional<Instant> newest,
            Optional<String> trouble,
            Optional<Instant> troubleSince) {
        /** Nothing yet. */
        public static final ArchiveState NONE = new ArchiveState(
                Position.START, 0, 0, 0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
