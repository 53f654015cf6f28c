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
import java.util.List;
import java.util.Map;

/**
 * The last requests of each stream as this process heard of them, in memory: some that were accepted and some that were
 * refused, so that neither hides the other. Safe for any thread.
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

    /** Since when it has listened. */
    public Instant since() {
        return since;
    }

    /** Takes what the ingress tells. */
    synchronized void add(LiveUpdate.RequestSeen seen) {
        Taps known = taps.computeIfAbsent(seen.stream(), unused -> new Taps(new ArrayDeque<>(), new ArrayDeque<>()));
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

    private record Taps(Deque<LiveUpdate.RequestSeen> accepted, Deque<LiveUpdate.RequestSeen> refused) {}
}
