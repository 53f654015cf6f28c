// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.action;

import java.time.Duration;

/**
 * How often and when a failed attempt is repeated: {@code first * factor^n}, at most {@code longest}, each shortened by up
 * to {@code jitter} of itself.
 *
 * @param attempts at least 1, counting the first
 * @param first delay after the first failure
 * @param factor at least 1
 * @param longest upper bound of a delay
 * @param jitter 0 to 1
 */
public record RetryPolicy(int attempts, Duration first, double factor, Duration longest, double jitter) {
    /** One attempt. */
    public static final RetryPolicy NONE = new RetryPolicy(1, Duration.ZERO, 1, Duration.ZERO, 0);

    /** For calls over a network: four attempts within about 15 seconds. */
    public static final RetryPolicy NETWORK = new RetryPolicy(4, Duration.ofSeconds(1), 3, Duration.ofMinutes(1), 0.3);

    public RetryPolicy {
        if (attempts < 1 || factor < 1 || jitter < 0 || jitter > 1 || first.isNegative() || longest.isNegative()) {
            throw new IllegalArgumentException("attempts and factor are at least 1, jitter is 0 to 1");
        }
    }

    /**
     * Delay before the next attempt.
     *
     * @param failed attempts so far, from 1
     * @param random 0 (inclusive) to 1 (exclusive), from the caller's source of chance
     */
    public Duration delay(int failed, double random) {
        double millis = Math.min(first.toMillis() * Math.pow(factor, failed - 1d), longest.toMillis());
        return Duration.ofMillis(Math.round(millis * (1 - jitter * random)));
    }
}
