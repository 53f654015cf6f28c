// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.log;

import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.id.TaskId;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The state of one inbox; guarded by the log's lock. */
final class InMemoryInbox {
    private final InboxId id;
    private final List<LogEntry> entries = new ArrayList<>();
    private Position trimmed = Position.START;
    private final Map<TaskId, Position> outcomes = new HashMap<>();
    private final Set<Promise<List<LogEntry>>> readers = new HashSet<>();
    private Set<StreamId> bindings = Set.of();
    private long owner;
    private Position last = Position.START;

    InMemoryInbox(InboxId id) {
        this.id = id;
    }

    InboxId id() {
        return id;
    }

    boolean takes(StreamId stream) {
        return bindings.contains(stream);
    }

    Set<StreamId> bindings() {
        return bindings;
    }

    /** Epoch 0 is nobody's: never refused, and forgotten at once. */
    boolean bind(long epoch, Set<StreamId> streams) {
        if (epoch > 0 && epoch < owner) {
            return false;
        }
        owner = Math.max(owner, epoch);
        bindings = Set.copyOf(streams);
        return true;
    }

    int size() {
        return entries.size();
    }

    void add(long millis, StreamId stream, NewEvent event) {
        Instant stamp = Instant.ofEpochMilli(event.receivedAt().toEpochMilli());
        entries.add(new LogEntry.Arrived(next(millis), stamp, event.id(), stream, event.body(), event.epoch()));
    }

    Position add(long millis, InboxMessage message) {
        return switch (message) {
            case InboxMessage.Ended ended -> addOnce(millis, ended);
            case InboxMessage.Gathered gathered ->
                added(new LogEntry.Gathered(next(millis), gathered.stamp(), gathered.host(), gathered.facts()));
            case InboxMessage.Tick tick -> added(new LogEntry.Tick(next(millis), tick.stamp()));
            case InboxMessage.Controlled controlled ->
                added(new LogEntry.Controlled(next(millis), controlled.stamp(), controlled.control()));
        };
    }

    private Position addOnce(long millis, InboxMessage.Ended ended) {
        Position known = outcomes.get(ended.outcome().task());
        if (known != null) {
            return known;
        }
        Position added = added(new LogEntry.Ended(next(millis), ended.stamp(), ended.outcome()));
        outcomes.put(ended.outcome().task(), added);
        return added;
    }

    private Position added(LogEntry entry) {
        entries.add(entry);
        return entry.position();
    }

    /** As Redis numbers its entries: never backwards, whatever the clock does. */
    private Position next(long millis) {
        last = millis > last.major() ? new Position(millis, 0) : new Position(last.major(), last.minor() + 1);
        return last;
    }

    List<LogEntry> after(Position position, int max) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).position().compareTo(position) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return List.copyOf(entries.subList(low, (int) Math.min(entries.size(), (long) low + max)));
    }

    Position trimmed() {
        return trimmed;
    }

    void trim(Position upTo) {
        trimmed = upTo.compareTo(trimmed) > 0 ? upTo : trimmed;
        entries.removeIf(entry -> entry.position().compareTo(upTo) <= 0);
    }

    void await(Promise<List<LogEntry>> reader) {
        readers.add(reader);
    }

    void forget(Promise<List<LogEntry>> reader) {
        readers.remove(reader);
    }

    List<Promise<List<LogEntry>>> takeWaiting() {
        List<Promise<List<LogEntry>>> taken = List.copyOf(readers);
        readers.clear();
        return taken;
    }
}
