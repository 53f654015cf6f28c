// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.history;

import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** What the log still holds of the history of each stream, in the order of arrival. */
public interface EventHistory {
    /** Events after a position, oldest first. */
    Future<List<Recorded>> after(StreamId stream, Position after, int max);

    /** Events before a position, newest first; empty starts at the newest. */
    Future<List<Recorded>> before(StreamId stream, Optional<Position> before, int max);

    /**
     * Up to here the stream is archived: the log may drop what exceeds its bound, and drops nothing newer before it must.
     * {@link Position#START} announces that it will be archived.
     */
    Future<Void> archived(StreamId stream, Position upTo);

    /** What the log holds of a stream. */
    Future<Held> held(StreamId stream);

    /**
     * What the log holds of a stream.
     *
     * @param events so many
     * @param lost events that were dropped before they were archived
     */
    record Held(long events, long lost) {}
}
