// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How many log ins may fail within a minute: 10 for a user name from one address, 30 for an address, 60 for a user name from
 * everywhere. The last one is high, so that a stranger cannot lock a user out with a handful of requests. Belongs to one
 * context.
 */
final class LoginLimits {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int PER_NAME_AND_ADDRESS = 10;
    private static final int PER_ADDRESS = 30;
    private static final int PER_NAME = 60;
    private static final int MAX_KEYS = 10_000;

    private final InstantSource clock;
    private final Map<String, Deque<Instant>> attempts = new LinkedHashMap<>();

    LoginLimits(InstantSource clock) {
        this.clock = clock;
    }

    /** Counts an attempt; answers zero, or how long to wait when there were too many. */
    Duration attempt(String name, String address) {
        Instant now = clock.instant();
        Duration wait = limits(name, address).stream()
                .map(limit -> wait(limit, now))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        if (wait.isZero()) {
            limits(name, address).forEach(limit -> window(limit.key, now).addLast(now));
        }
        return wait;
    }

    /** The attempt was a good one: it does not count, and the failures of that name from there are forgiven. */
    void succeeded(String name, String address) {
        List<Limit> limits = limits(name, address);
        attempts.remove(limits.getFirst().key);
        limits.stream()
                .skip(1)
                .forEach(limit -> window(limit.key, clock.instant()).pollLast());
    }

    private Duration wait(Limit limit, Instant now) {
        Deque<Instant> window = window(limit.key, now);
        return window.size() < limit.most
                ? Duration.ZERO
                : Duration.between(now, window.getFirst().plus(WINDOW));
    }

    private Deque<Instant> window(String key, Instant now) {
        Deque<Instant> window = attempts.computeIfAbsent(key, ignored -> new ArrayDeque<>());
        while (!window.isEmpty() && !window.getFirst().plus(WINDOW).isAfter(now)) {
            window.removeFirst();
        }
        if (attempts.size() > MAX_KEYS) {
            // Drops what was seen first: bounded memory is worth more than a perfect count under a flood of names.
            attempts.remove(attempts.keySet().iterator().next());
        }
        return window;
    }

    private static List<Limit> limits(String name, String address) {
        String folded = name.toLowerCase(Locale.ROOT);
        return List.of(
                new Limit("both " + address + " " + folded, PER_NAME_AND_ADDRESS),
                new Limit("address " + address, PER_ADDRESS),
                new Limit("name " + folded, PER_NAME));
    }

    private record Limit(String key, int most) {}
}
