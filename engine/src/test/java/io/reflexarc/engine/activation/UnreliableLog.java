// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.event.Event;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.log.Appended;
import io.reflexarc.core.log.EventLog;
import io.reflexarc.core.log.InboxMessage;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.core.log.NewEvent;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The log as an owner sees it that may be killed or disappointed at any call. What is trimmed cannot be read any more, and
 * only an owner that was replaced may come to ask for it: it gets what is left.
 */
record UnreliableLog(EventLog log, Trouble trouble, Trimmed trimmed, BooleanSupplier replaced) implements EventLog {
    @Override
    public Future<List<LogEntry>> read(InboxId inbox, Position after, int max, Duration wait) {
        boolean gap = after.compareTo(trimmed.upTo) < 0 && !trimmed.upTo.equals(Position.START);
        if (gap && !replaced.getAsBoolean()) {
            throw new AssertionError("read after " + after + ", but the inbox is trimmed up to " + trimmed.upTo);
        }
        return trouble.around(() -> log.read(inbox, gap ? trimmed.upTo : after, max, Duration.ZERO));
    }

    @Override
    public Future<Position> append(InboxId inbox, InboxMessage message) {
        return trouble.around(() -> log.append(inbox, message));
    }

    @Override
    public Future<Void> trim(InboxId inbox, Position upTo) {
        return trouble.around(() -> {
            trimmed.upTo = upTo.compareTo(trimmed.upTo) > 0 ? upTo : trimmed.upTo;
            return Future.succeededFuture();
        });
    }

    @Override
    public Future<Position> trimmed(InboxId inbox) {
        return trouble.around(() -> Future.succeededFuture(trimmed.upTo));
    }

    @Override
    public Future<List<Appended>> append(StreamId stream, List<NewEvent> events) {
        return log.append(stream, events);
    }

    @Override
    public Future<Boolean> bind(InboxId inbox, long epoch, Set<StreamId> streams) {
        return log.bind(inbox, epoch, streams);
    }

    @Override
    public Future<Boolean> unbind(InboxId inbox, long epoch) {
        return log.unbind(inbox, epoch);
    }

    @Override
    public Future<Void> delete(InboxId inbox) {
        return log.delete(inbox);
    }

    @Override
    public Future<Backlog> backlog(InboxId inbox, Position after) {
        return log.backlog(inbox, after);
    }

    @Override
    public Future<Optional<Event>> find(EventId id) {
        return log.find(id);
    }

    @Override
    public Future<List<Event>> recent(StreamId stream, Optional<EventId> before, int max) {
        return log.recent(stream, before, max);
    }

    @Override
    public Future<Optional<Incarnation>> incarnation() {
        return log.incarnation();
    }

    @Override
    public Future<Void> open(Incarnation incarnation) {
        return log.open(incarnation);
    }

    @Override
    public Future<Durability> durability() {
        return log.durability();
    }

    /** Where the inbox begins now. */
    static final class Trimmed {
        Position upTo = Position.START;
    }
}
