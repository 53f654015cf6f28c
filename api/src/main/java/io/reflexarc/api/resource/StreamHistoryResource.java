// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.api.endpoint.Call;
import io.reflexarc.api.endpoint.Endpoint;
import io.reflexarc.api.endpoint.Nothing;
import io.reflexarc.api.endpoint.Resource;
import io.reflexarc.core.account.Permission.Kind;
import io.reflexarc.core.account.Permission.Verb;
import io.reflexarc.core.event.EventStreamStore;
import io.reflexarc.core.history.EventArchive;
import io.reflexarc.core.history.EventHistory;
import io.reflexarc.core.history.RecordedEvents;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How much of a stream's history is kept where. */
public final class StreamHistoryResource implements Resource {
    private final EventStreamStore streams;
    private final RecordedEvents recorded;

    /** History of these streams. */
    public StreamHistoryResource(EventStreamStore streams, RecordedEvents recorded) {
        this.streams = streams;
        this.recorded = recorded;
    }

    @Override
    public List<Endpoint<?, ?>> endpoints() {
        return List.of(Endpoint.get(
                        "/api/eda/v1/event-streams/{id}/history/",
                        "Show how much of a stream's history the log and the archive hold, and what ails the archive")
                .needs(Verb.READ, Kind.EVENT)
                .answers(200, StreamHistory.class, this::show));
    }

    private StreamHistory show(Call<Nothing> call) {
        long id = call.number("id");
        StreamId stream = streams.find(id)
                .await()
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no event stream " + id + "."))
                .uuid();
        EventHistory.Held held = recorded.live().held(stream).await();
        EventArchive.ArchiveState archive = recorded.archive().state(stream).await();
        Optional<Instant> waiting = recorded.live().after(stream, archive.end(), 1).await().stream()
                .findFirst()
                .map(one -> one.event().receivedAt());
        return new StreamHistory(
                held.events(),
                held.lost(),
                waiting,
                archive.segments(),
                archive.events(),
                archive.stored(),
                archive.oldest(),
                archive.newest(),
                archive.trouble(),
                archive.troubleSince());
    }

    /**
     * History of a stream.
     *
     * @param liveEvents events that the log holds
     * @param lostEvents events that the log had to drop before they were archived
     * @param waitingSince when the oldest event was received that is not archived; null when all are
     * @param archivedSegments kept segments
     * @param archivedEvents events in them
     * @param archivedBytes what they take
     * @param archivedFrom when the oldest archived event was received
     * @param archivedTo when the newest was
     * @param trouble why nothing can be archived; null when all is well
     * @param troubleSince since when
     */
    public record StreamHistory(
            long liveEvents,
            long lostEvents,
            Optional<Instant> waitingSince,
            long archivedSegments,
            long archivedEvents,
            long archivedBytes,
            Optional<Instant> archivedFrom,
            Optional<Instant> archivedTo,
            Optional<String> trouble,
            Optional<Instant> troubleSince) {}
}
