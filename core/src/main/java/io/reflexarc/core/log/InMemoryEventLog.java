// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.log;

import io.reflexarc.core.event.Event;
import io.reflexarc.core.history.EventHistory;
import io.reflexarc.core.history.Recorded;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * An event log that lives as long as its process, for commands that start no server and for tests. It keeps the contract of
 * {@link EventLog} except that nothing survives the process: its durability is {@code RELAXED}. Safe for any thread.
 */
public final class InMemoryEventLog implements EventLog {
    private final ReentrantLock lock = new ReentrantLock();
    private final InstantSource clock;
    private final Later later;
    private final Bounds bounds;
    private final Map<InboxId, InMemoryInbox> inboxes = new HashMap<>();
    private final Map<StreamId, InMemoryHistory> histories = new HashMap<>();
    private Optional<Incarnation> incarnation = Optional.empty();

    /**
     * An empty log; {@link #open} comes first.
     *
     * @param clock gives the positions their milliseconds
     * @param later wakes readers whose wait is over, e.g. a Vert.x timer
     * @param bounds how much it holds
     */
    public InMemoryEventLog(InstantSource clock, Later later, Bounds bounds) {
        this.clock = clock;
        this.later = later;
        this.bounds = bounds;
    }

    @Override
    public Future<List<Appended>> append(StreamId stream, List<NewEvent> events) {
        List<InMemoryInbox> bound = new ArrayList<>();
        Future<List<Appended>> answer = locked(() -> {
            requireOpen();
            InMemoryHistory history = history(stream);
            List<Appended> appended = history.judge(events);
            inboxes.values().stream().filter(inbox -> inbox.takes(stream)).forEach(bound::add);
            requireRoom(bound, appended.stream().filter(one -> !one.repeated()).count());
            for (int i = 0; i < events.size(); i++) {
                NewEvent event = events.get(i);
                if (appended.get(i).repeated()) {
                    history.learn(appended.get(i).id(), event.dedupeKeys());
                } else {
                    history.add(new Event(event.id(), stream, event.receivedAt(), event.body()), event.dedupeKeys());
                    bound.forEach(inbox -> inbox.add(clock.millis(), stream, event));
                }
            }
            return appended;
        });
        wake(bound);
        return answer;
    }

    private void requireOpen() {
        if (incarnation.isEmpty()) {
            throw new ProblemException(
                    ProblemType.LOG_LOST, "the event log has no incarnation yet: open one before the first append");
        }
    }

    private void requireRoom(List<InMemoryInbox> bound, long events) {
        for (InMemoryInbox inbox : bound) {
            if (inbox.size() + events > bounds.inbox()) {
                throw new ProblemException(
                        ProblemType.LOG_FULL,
                        "inbox " + inbox.id() + " holds " + inbox.size()
                                + " entries that wait for a decision: send again when it has caught up");
            }
        }
    }

    @Override
    public Future<Position> append(InboxId inbox, InboxMessage message) {
        Future<Position> answer = locked(() -> {
            requireOpen();
            return inbox(inbox).add(clock.millis(), message);
        });
        locked(() -> inbox(inbox)).onSuccess(found -> wake(List.of(found)));
        return answer;
    }

    @Override
    public Future<List<LogEntry>> read(InboxId inbox, Position after, int max, Duration wait) {
        Promise<List<LogEntry>> waiting = Promise.promise();
        Future<List<LogEntry>> now = locked(() -> {
            List<LogEntry> entries = inbox(inbox).after(after, max);
            if (entries.isEmpty() && wait.isPositive()) {
                inbox(inbox).await(waiting);
            }
            return entries;
        });
        if (now.failed() || !now.result().isEmpty() || !wait.isPositive()) {
            return now;
        }
        later.run(wait, () -> waiting.tryComplete(List.of()));
        return waiting.future()
                .compose(woken -> locked(() -> {
                    inbox(inbox).forget(waiting);
                    return inbox(inbox).after(after, max);
                }));
    }

    /** Outside the lock: what a reader does next must not run under it. */
    private void wake(List<InMemoryInbox> woken) {
        List<Promise<List<LogEntry>>> waiting = new ArrayList<>();
        locked(() -> {
            woken.forEach(inbox -> waiting.addAll(inbox.takeWaiting()));
            return waiting;
        });
        waiting.forEach(reader -> reader.tryComplete(List.of()));
    }

    @Override
    public Future<Boolean> bind(InboxId inbox, long epoch, Set<StreamId> streams) {
        return locked(() -> inbox(inbox).bind(epoch, streams));
    }

    @Override
    public Future<Boolean> unbind(InboxId inbox, long epoch) {
        return locked(() -> inbox(inbox).bind(epoch, Set.of()));
    }

    @Override
    public Future<Void> trim(InboxId inbox, Position upTo) {
        return lockedVoid(() -> inbox(inbox).trim(upTo));
    }

    @Override
    public Future<Position> trimmed(InboxId inbox) {
        return locked(() -> inbox(inbox).trimmed());
    }

    @Override
    public Future<Void> delete(InboxId inbox) {
        return lockedVoid(() -> inboxes.remove(inbox));
    }

    @Override
    public Future<Backlog> backlog(InboxId inbox, Position after) {
        return locked(() -> {
            List<LogEntry> entries = inbox(inbox).after(after, Integer.MAX_VALUE);
            Duration oldest = entries.isEmpty()
                    ? Duration.ZERO
                    : Duration.between(entries.getFirst().stamp(), clock.instant());
            return new Backlog(entries.size(), oldest.isNegative() ? Duration.ZERO : oldest);
        });
    }

    @Override
    public Future<Optional<Event>> find(EventId id) {
        return locked(() -> histories.values().stream()
                .flatMap(history -> history.find(id).stream())
                .findFirst());
    }

    @Override
    public Future<List<Event>> recent(StreamId stream, Optional<EventId> before, int max) {
        return locked(() -> history(stream).recent(before, max));
    }

    @Override
    public Future<Optional<Incarnation>> incarnation() {
        return locked(() -> incarnation);
    }

    @Override
    public Future<Void> open(Incarnation opened) {
        return lockedVoid(() -> {
            if (incarnation.isPresent() && !incarnation.get().equals(opened)) {
                throw new ProblemException(
                        ProblemType.CONFLICT, "the event log has incarnation " + incarnation.get() + " already");
            }
            incarnation = Optional.of(opened);
        });
    }

    @Override
    public Future<Durability> durability() {
        return Future.succeededFuture(Durability.RELAXED);
    }

    /** The same log as a history. */
    public EventHistory history() {
        return new EventHistory() {
            @Override
            public Future<List<Recorded>> after(StreamId stream, Position after, int max) {
                return locked(() -> history(stream).after(after, max));
            }

            @Override
            public Future<List<Recorded>> before(StreamId stream, Optional<Position> before, int max) {
                return locked(() -> history(stream).before(before, max));
            }

            @Override
            public Future<Void> archived(StreamId stream, Position upTo) {
                return Future.succeededFuture();
            }

            @Override
            public Future<Held> held(StreamId stream) {
                return locked(() -> new Held(history(stream).size(), 0));
            }
        };
    }

    /** Streams whose events an inbox gets now. */
    public Set<StreamId> bindings(InboxId inbox) {
        lock.lock();
        try {
            return inbox(inbox).bindings();
        } finally {
            lock.unlock();
        }
    }

    private InMemoryInbox inbox(InboxId id) {
        return inboxes.computeIfAbsent(id, InMemoryInbox::new);
    }

    private InMemoryHistory history(StreamId stream) {
        return histories.computeIfAbsent(stream, unused -> new InMemoryHistory(bounds.history()));
    }

    private Future<Void> lockedVoid(Runnable step) {
        return locked(() -> {
                    step.run();
                    return true;
                })
                .mapEmpty();
    }

    private <T> Future<T> locked(Supplier<T> step) {
        lock.lock();
        try {
            return Future.succeededFuture(step.get());
        } catch (ProblemException e) {
            return Future.failedFuture(e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * How much the log holds.
     *
     * @param inbox entries of one inbox, beyond which events are refused
     * @param history events of one stream, beyond which the oldest are dropped
     */
    public record Bounds(int inbox, int history) {
        /** 100,000 entries in an inbox, 10,000 events of history. */
        public static final Bounds DEFAULT = new Bounds(100_000, 10_000);
    }

    /** Runs something after a while. */
    @FunctionalInterface
    public interface Later {
        /** Runs the task once, on any thread. */
        void run(Duration delay, Runnable task);
    }
}
