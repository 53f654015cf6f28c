// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.log;

import io.reflexarc.core.event.Event;
import io.reflexarc.core.history.Recorded;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events of one stream, and the dedupe keys of those still held; guarded by the log's lock. */
final class InMemoryHistory {
    private final int bound;
    private final List<Event> events = new ArrayList<>();
    private final Map<String, EventId> known = new HashMap<>();
    private final Map<EventId, List<String>> keys = new HashMap<>();
    private long dropped;

    InMemoryHistory(int bound) {
        this.bound = bound;
    }

    List<Appended> judge(List<NewEvent> arriving) {
        Map<String, EventId> seen = new HashMap<>(known);
        List<Appended> judged = new ArrayList<>();
        for (NewEvent event : arriving) {
            Optional<EventId> first = event.dedupeKeys().stream()
                    .flatMap(key -> Optional.ofNullable(seen.get(key)).stream())
                    .findFirst();
            event.dedupeKeys().forEach(key -> seen.putIfAbsent(key, first.orElse(event.id())));
            judged.add(new Appended(first.orElse(event.id()), first.isPresent()));
        }
        return judged;
    }

    /** From now on these keys mean this event too. */
    void learn(EventId id, List<String> dedupeKeys) {
        for (String key : dedupeKeys) {
            if (known.putIfAbsent(key, id) == null) {
                keys.computeIfAbsent(id, unused -> new ArrayList<>()).add(key);
            }
        }
    }

    void add(Event event, List<String> dedupeKeys) {
        events.add(event);
        learn(event.id(), dedupeKeys);
        if (events.size() > bound) {
            Event oldest = events.removeFirst();
            dropped++;
            Optional.ofNullable(keys.remove(oldest.id())).ifPresent(gone -> gone.forEach(known::remove));
        }
    }

    Optional<Event> find(EventId id) {
        return events.stream().filter(event -> event.id().equals(id)).findFirst();
    }

    List<Event> recent(Optional<EventId> before, int max) {
        List<Event> newestFirst = events.reversed();
        int from = 0;
        if (before.isPresent()) {
            while (from < newestFirst.size() && !newestFirst.get(from).id().equals(before.get())) {
                from++;
            }
            from = Math.min(from + 1, newestFirst.size());
        }
        return List.copyOf(newestFirst.subList(from, (int) Math.min(newestFirst.size(), (long) from + max)));
    }

    int size() {
        return events.size();
    }

    /** Positions count arrivals. */
    List<Recorded> after(Position after, int max) {
        int from = Math.clamp(after.major() - dropped, 0, events.size());
        return range(from, (int) Math.min(events.size(), (long) from + max));
    }

    List<Recorded> before(Optional<Position> before, int max) {
        int to = before.map(one -> Math.clamp(one.major() - 1 - dropped, 0, events.size()))
                .orElse(events.size());
        return range(Math.max(0, to - max), to).reversed();
    }

    private List<Recorded> range(int from, int to) {
        List<Recorded> range = new ArrayList<>();
        for (int i = from; i < to; i++) {
            range.add(new Recorded(new Position(dropped + i + 1, 0), events.get(i)));
        }
        return range;
    }
}
