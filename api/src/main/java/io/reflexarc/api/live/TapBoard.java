// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.live;

import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.live.LiveUpdate;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The last requests of each stream in memory: some that were accepted and some that were refused, so that neither hides the
 * other. All processes hear of all requests; one that started later asks the others, once for each stream that somebody looks
 * at, so that nothing is written anywhere and what nobody looks at costs nothing. Safe for any thread.
 */
public final class TapBoard {
    /** Requests of one stream and kind. */
    static final int KEPT = 30;

    private static final int STREAMS = 200;
    private static final int REFUSED_FROM = 300;

    private final Instant since;
    private final Map<StreamId, Taps> taps = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<StreamId, Taps> eldest) {
            return size() > STREAMS;
        }
    };

    /** Empty. */
    public TapBoard(Instant since) {
        this.since = since;
    }

    /** Since when the requests of a stream are known. */
    public synchronized Instant since(StreamId stream) {
        Taps known = taps.get(stream);
        return known == null ? since : known.since;
    }

    /** Whether the other processes are to be asked about a stream, which happens once. */
    synchronized boolean asks(StreamId stream) {
        Taps known = taps(stream);
        boolean first = !known.asked;
        taps.put(stream, new Taps(known.accepted, known.refused, known.since, true));
        return first;
    }

    /** What this process can tell another one; nothing when it has heard nothing. */
    Optional<LiveUpdate.RequestsTold> tell(StreamId stream) {
        List<LiveUpdate.RequestSeen> known = of(stream);
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of(new LiveUpdate.RequestsTold(stream, since(stream), known));
    }

    /** Another process told what it has heard; what both have heard stays one. */
    synchronized void hear(LiveUpdate.RequestsTold told) {
        Taps before = taps(told.stream());
        Set<LiveUpdate.RequestSeen> all = new LinkedHashSet<>(of(told.stream()));
        all.addAll(told.requests());
        Taps merged = new Taps(
                new ArrayDeque<>(),
                new ArrayDeque<>(),
                told.since().isBefore(before.since) ? told.since() : before.since,
                before.asked);
        taps.put(told.stream(), merged);
        all.stream().sorted(Comparator.comparing(LiveUpdate.RequestSeen::at)).forEach(this::add);
    }

    private Taps taps(StreamId stream) {
        return taps.computeIfAbsent(stream, unused -> new Taps(new ArrayDeque<>(), new ArrayDeque<>(), since, false));
    }

    /** Takes what the ingress tells. */
    synchronized void add(LiveUpdate.RequestSeen seen) {
        Taps known = taps(seen.stream());
        Deque<LiveUpdate.RequestSeen> kept = seen.status() < REFUSED_FROM ? known.accepted : known.refused;
        kept.addFirst(seen);
        if (kept.size() > KEPT) {
            kept.removeLast();
        }
    }

    /** Requests of a stream, the newest first. */
    public synchronized List<LiveUpdate.RequestSeen> of(StreamId stream) {
        Taps known = taps.get(stream);
        if (known == null) {
            return List.of();
        }
        List<LiveUpdate.RequestSeen> all = new ArrayList<>(known.accepted);
        all.addAll(known.refused);
        all.sort(Comparator.comparing(LiveUpdate.RequestSeen::at).reversed());
        return all;
    }

    private record Taps(
            Deque<LiveUpdate.RequestSeen> accepted,
            Deque<LiveUpdate.RequestSeen> refused,
            Instant since,
            boolean asked) {}
}
