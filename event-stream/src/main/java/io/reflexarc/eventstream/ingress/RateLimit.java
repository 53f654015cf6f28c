// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bucket that fills at a steady rate, kept as one number: the time at which everything taken so far will have been earned
 * (the generic cell rate algorithm). Safe for any thread.
 */
final class RateLimit {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int perSecond;
    private final int burst;
    private final long interval;
    private final long tolerance;
    private final AtomicLong earnedAt = new AtomicLong(Long.MIN_VALUE);

    /** Holds two seconds of its rate. */
    RateLimit(int perSecond) {
        this(perSecond, (int) Math.min(Integer.MAX_VALUE, 2L * perSecond));
    }

    /** Holds so many. */
    RateLimit(int perSecond, int burst) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.interval = SECOND / Math.clamp(perSecond, 1, 1_000_000_000);
        this.tolerance = interval * Math.max(1, burst);
    }

    /** Takes one if there is one. */
    boolean take(Instant now) {
        return take(1, now).isEmpty();
    }

    /** Takes so many at once, or none and says when there may be as many. */
    Optional<Duration> take(int count, Instant now) {
        long nanos = now.getEpochSecond() * SECOND + now.getNano();
        while (true) {
            long before = earnedAt.get();
            long after = Math.max(before, nanos) + interval * count;
            long debt = after - nanos - tolerance;
            if (debt > 0) {
                return Optional.of(Duration.ofNanos(debt));
            }
            if (earnedAt.compareAndSet(before, after)) {
                return Optional.empty();
            }
        }
    }

    /** Whether it is made for this. */
    boolean is(int otherPerSecond, int otherBurst) {
        return perSecond == otherPerSecond && burst == otherBurst;
    }

    /** Whether the bucket is full, so that nothing is lost by forgetting it. */
    boolean full(Instant now) {
        return earnedAt.get() <= now.getEpochSecond() * SECOND + now.getNano();
    }
}
