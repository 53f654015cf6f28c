// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that a test moves. */
public final class MutableClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-11-21T12:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    /** Lets time pass. */
    public void pass(Duration time) {
        now = now.plus(time);
    }
}
