// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes UUIDs of version 7 (RFC 9562): they sort by time, and within one instance by the order in which they were made. One
 * instance serves one event loop.
 */
final class Uuid7 {
    private static final int COUNTER_BITS = 12;
    private static final long COUNTER_MASK = (1L << COUNTER_BITS) - 1;
    private static final long VERSION = 7L << COUNTER_BITS;
    private static final long VARIANT = 1L << 63;
    private static final long RANDOM_MASK = (1L << 62) - 1;

    private final InstantSource clock;
    private final RandomGenerator random;
    private long millis;
    private long counter;

    Uuid7(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    UUID next() {
        long now = clock.millis();
        if (now > millis) {
            millis = now;
            counter = random.nextLong() & (COUNTER_MASK >> 1);
        } else {
            counter++;
            if (counter > COUNTER_MASK) {
                millis++;
                counter = 0;
            }
        }
        return new UUID((millis << 16) | VERSION | counter, VARIANT | (random.nextLong() & RANDOM_MASK));
    }
}
