// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import io.reflexarc.core.id.StreamId;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;

/** One {@link RateLimit} for each stream, shared by all event loops. */
final class RateLimits {
    private static final int FORGET_BEYOND = 10_000;

    private final int perSecond;
    private final ConcurrentHashMap<StreamId, RateLimit> limits = new ConcurrentHashMap<>();

    RateLimits(int perSecond) {
        this.perSecond = perSecond;
    }

    boolean take(StreamId stream, Instant now) {
        if (limits.size() > FORGET_BEYOND) {
            limits.values().removeIf(limit -> limit.full(now));
        }
        return limits.computeIfAbsent(stream, unused -> new RateLimit(perSecond))
                .take(now);
    }
}
