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
 *
 * <p>What an implementation promises, so that decisions may rest on it alone:
 *
 * <ul>
 *   <li>Positions of an inbox rise and are never given twice, also over restarts, trims and another incarnation. An inbox is read
 *       by position, by one owner, without acknowledgement; whoever reads the same positions again gets the same entries.
 *   <li>An event has its id before its first append. An append that is repeated because its answer was lost puts the event at most
 *       once into each inbox and into history, for as long as its dedupe keys are remembered: at least the time for which senders
 *       and sources repeat.
 *   <li>A call is refused as a whole, before anything of it is written. A log without one atomic write may write inbox after
 *       inbox, as long as it answers only when all hold the events, and a repeat completes what a crash left half done.
 *   <li>Events of one call stay in order in each inbox; of different calls, each inbox may have another order.
 *   <li>An inbox belongs to one partition of an activation: it is bound, read, trimmed and bounded by itself.
 *   <li>Nothing is dropped by time, only by {@link #trim} and by the bound of a history. Nothing acknowledged is lost while
 *       {@link #durability} is {@code STRICT}: an fsync, or enough replicas that none of them may lead without it.
 *   <li>A log that lost what it held says so by its incarnation; it never starts again with nothing and the same name.
 * </ul>
 */
public interface EventLog {
    /** Appends the events of one request atomically, in order. The answer has one element per event, in order. */
    Future<List<Appended>> append(StreamId stream, List<NewEvent> events);

    /** Appends to one inbox. Outcomes are appended once per task. */
    Future<Position> append(InboxId inbox, InboxMessage message);

    /**
     * Entries after a position, oldest first; waits up to {@code wait} when there are none. An empty list is no end. What one
     * read brings is bounded in bytes too: it may be fewer than {@code max} while more wait, but never none.
     */
    Future<List<LogEntry>> read(InboxId inbox, Position after, int max, Duration wait);

    /**
     * From now on the inbox gets the events of exactly these streams, on behalf of the owner with this epoch; {@code false},
     * and nothing is changed, when a later owner has bound or unbound it. Bindings survive a restart of the log.
     */
    Future<Boolean> bind(InboxId inbox, long epoch, Set<StreamId> streams);

    /** The same on behalf of nobody in particular. */
    default Future<Void> bind(InboxId inbox, Set<StreamId> streams) {
        return bind(inbox, 0, streams).mapEmpty();
    }

    /** The inbox gets no events any more; what it holds stays. {@code false} as with {@link #bind}. */
    Future<Boolean> unbind(InboxId inbox, long epoch);

    /** The same on behalf of nobody in particular. */
    default Future<Void> unbind(InboxId inbox) {
        return unbind(inbox, 0).mapEmpty();
    }

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
