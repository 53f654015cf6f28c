// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bucket that fills at a steady rate and holds two seconds of it, kept as one number: the time at which everything taken so
 * far will have been earned (the generic cell rate algorithm). Safe for any thread.
 */
final class RateLimit {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long interval;
    private final AtomicLong earnedAt = new AtomicLong(Long.MIN_VALUE);

    RateLimit(int perSecond) {
        this.interval = SECOND / Math.clamp(perSecond, 1, 1_000_000_000);
    }

    /** Takes one if there is one. */
    boolean take(Instant now) {
        long nanos = now.getEpochSecond() * SECOND + now.getNano();
        while (true) {
            long before = earnedAt.get();
            long after = Math.max(before, nanos) + interval;
            if (after - nanos > Math.max(2 * SECOND, interval)) {
                return false;
            }
            if (earnedAt.compareAndSet(before, after)) {
                return true;
            }
        }
    }

    /** Whether the bucket is full, so that nothing is lost by forgetting it. */
    boolean full(Instant now) {
        return earnedAt.get() <= now.getEpochSecond() * SECOND + now.getNano();
    }
}
