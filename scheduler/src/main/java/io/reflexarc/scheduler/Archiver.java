// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.scheduler;

import io.reflexarc.core.history.EventArchive;
import io.reflexarc.core.history.EventHistory;
import io.reflexarc.core.history.Recorded;
import io.reflexarc.core.history.RecordedStream;
import io.reflexarc.core.history.RecordedStreams;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Moves history to the archive: a segment when enough has come together, or when its oldest event has waited long. The archive
 * says where a stream's next segment begins, so a crash anywhere repeats work and loses and doubles nothing; two that work at
 * once cannot both go on. One stream that fails does not keep the others.
 */
final class Archiver {
    /** Events of a full segment. */
    static final int FULL = 5_000;

    /** How long an event waits for others. */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private static final long FULL_BYTES = 4L << 20;
    private static final int STEP = 100;
    /** So many more events are worth a look whether a segment is full. */
    private static final int WORTH_A_LOOK = 500;

    private final RecordedStreams streams;
    private final EventHistory history;
    private final EventArchive archive;
    private final InstantSource clock;
    private final Map<StreamId, Known> known = new HashMap<>();

    Archiver(RecordedStreams streams, EventHistory history, EventArchive archive, InstantSource clock) {
        this.streams = streams;
        this.history = history;
        this.archive = archive;
        this.clock = clock;
    }

    /** Archives what is due of all streams; answers how many segments. Call it on a virtual thread. */
    Future<Integer> archive() {
        int written = 0;
        Optional<Exception> trouble = Optional.empty();
        for (RecordedStream stream : streams.list().await()) {
            try {
                written += archive(stream);
            } catch (Exception e) {
                trouble = Optional.of(e);
                known.remove(stream.id());
                tell(stream.id(), e);
            }
        }
        return trouble.<Future<Integer>>map(Future::failedFuture).orElse(Future.succeededFuture(written));
    }

    /** PostgreSQL may be what fails; then nobody can be told but the log. */
    private void tell(StreamId stream, Exception trouble) {
        archive.trouble(stream, Optional.of(String.valueOf(trouble.getMessage())))
                .otherwiseEmpty()
                .await();
    }

    private int archive(RecordedStream stream) {
        StreamId id = stream.id();
        Known place = Optional.ofNullable(known.get(id)).orElseGet(() -> look(id));
        known.put(id, place);
        Optional<Instant> oldest = history.after(id, place.end, 1).await().stream()
                .findFirst()
                .map(one -> one.event().receivedAt());
        if (oldest.isEmpty()) {
            return 0;
        }
        boolean waitedLong = !oldest.get().plus(LONGEST_WAIT).isAfter(clock.instant());
        if (!waitedLong && stream.received() - place.received < WORTH_A_LOOK) {
            return 0;
        }
        int written = 0;
        Position end = place.end;
        Batch batch = batch(id, end);
        while (batch.full || (waitedLong && written == 0 && !batch.events.isEmpty())) {
            archive.write(id, end, batch.events).await();
            end = batch.events.getLast().position();
            known.put(id, new Known(end, stream.received()));
            history.archived(id, end).await();
            written++;
            batch = batch(id, end);
        }
        known.put(id, new Known(end, stream.received()));
        return written;
    }

    /** The log is told again where the archive ends: it may not have heard of the last segment. */
    private Known look(StreamId stream) {
        Position end = archive.state(stream).await().end();
        history.archived(stream, end).await();
        return new Known(end, Long.MIN_VALUE / 2);
    }

    private Batch batch(StreamId stream, Position end) {
        List<Recorded> events = new ArrayList<>();
        long bytes = 0;
        List<Recorded> step;
        do {
            Position after = events.isEmpty() ? end : events.getLast().position();
            step = history.after(stream, after, STEP).await();
            for (Recorded one : step) {
                events.add(one);
                bytes += one.event().body().size();
                if (events.size() >= FULL || bytes >= FULL_BYTES) {
                    return new Batch(events, true);
                }
            }
        } while (step.size() == STEP);
        return new Batch(events, false);
    }

    private record Batch(List<Recorded> events, boolean full) {}

    /**
     * What is known of a stream.
     *
     * @param end where its archive ends
     * @param received how many events it had got when it was looked at last
     */
    private record Known(Position end, long received) {}
}
