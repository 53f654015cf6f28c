// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.log;

import io.reflexarc.core.event.Event;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Step 5 of the path of an event: the durable log. One atomic append writes an event to its stream's history and to every
 * bound inbox; the future completes after the log holds it on disk.
 *
 * <p>Failures are {@link io.reflexarc.core.problem.ProblemException}s: {@code LOG_LOST} when the log's incarnation is not the
 * expected one, {@code LOG_FULL} when an inbox has reached its bound (nothing of the call is appended then),
 * {@code DEPENDENCY_DOWN} when the server does not answer (the append may or may not have happened: resend with the same
 * dedupe keys).
 */
public interface EventLog {
    /** Appends the events of one request atomically, in order. The answer has one element per event, in order. */
    Future<List<Appended>> append(StreamId stream, List<NewEvent> events);

    /** Appends to one inbox. Outcomes are appended once per task. */
    Future<Position> append(InboxId inbox, InboxMessage message);

    /** Entries after a position, oldest first; waits up to {@code wait} when there are none. An empty list is no end. */
    Future<List<LogEntry>> read(InboxId inbox, Position after, int max, Duration wait);

    /** From now on the inbox gets the events of exactly these streams. Bindings survive a restart of the log. */
    Future<Void> bind(InboxId inbox, Set<StreamId> streams);

    /** The inbox gets no events any more; what it holds stays. */
    Future<Void> unbind(InboxId inbox);

    /** Drops entries up to and including a position that no recovery needs. */
    Future<Void> trim(InboxId inbox, Position upTo);

    /** The entry up to which entries have been dropped; {@link Position#START} when none have. */
    Future<Position> trimmed(InboxId inbox);

    /** Removes inbox and bindings. */
    Future<Void> delete(InboxId inbox);

    /** Entries after a position, and the age of the oldest of them. */
    Future<Backlog> backlog(InboxId inbox, Position after);

    /** An event of history that has not been dropped yet. */
    Future<Optional<Event>> find(EventId id);

    /** History of a stream, newest first, before a position (exclusive); {@code Optional.empty()} starts at the newest. */
    Future<List<Event>> recent(StreamId stream, Optional<EventId> before, int max);

    /** What the log itself says its incarnation is; empty when it is new or lost. */
    Future<Optional<Incarnation>> incarnation();

    /** Opens a new incarnation in an empty log; refuses with {@code CONFLICT} when the log has another one. */
    Future<Void> open(Incarnation incarnation);

    /** {@code strict} when every append is on disk before it is acknowledged, else {@code relaxed}. */
    Future<Durability> durability();

    /**
     * What waits in an inbox.
     *
     * @param entries entries after the position
     * @param oldest age of the oldest of them, zero when there are none
     */
    record Backlog(long entries, Duration oldest) {}

    /** What an acknowledgement promises. */
    enum Durability {
        STRICT,
        RELAXED
    }
}
