// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import io.reflexarc.core.event.EventStream;
import io.reflexarc.core.id.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Two {@link RateLimit}s for each stream, of requests and of events, shared by all event loops. */
final class RateLimits {
    private static final int FORGET_BEYOND = 10_000;

    private final int perSecond;
    private final ConcurrentHashMap<StreamId, RateLimit> requests = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<StreamId, RateLimit> events = new ConcurrentHashMap<>();

    /** Streams that say nothing themselves take so much of either a second. */
    RateLimits(int perSecond) {
        this.perSecond = perSecond;
    }

    /** Takes a request, whoever sent it. */
    boolean take(StreamId stream, Instant now) {
        return limit(requests, stream, perSecond, 2 * perSecond, now).take(now);
    }

    /** Takes the events of a request, or says when there is room for them. */
    Optional<Duration> take(EventStream stream, int count, Instant now) {
        int rate = rate(stream);
        return limit(events, stream.uuid(), rate, burst(stream), now).take(count, now);
    }

    int rate(EventStream stream) {
        return stream.limits().eventsPerSecond().orElse(perSecond);
    }

    /** Events that a stream takes at once. */
    int burst(EventStream stream) {
        return stream.limits().burst().orElse(2 * rate(stream));
    }

    private static RateLimit limit(
            ConcurrentHashMap<StreamId, RateLimit> all, StreamId stream, int rate, int burst, Instant now) {
        if (all.size() > FORGET_BEYOND) {
            all.values().removeIf(limit -> limit.full(now));
        }
        return all.compute(
                stream, (id, known) -> known != null && known.is(rate, burst) ? known : new RateLimit(rate, burst));
    }
}
