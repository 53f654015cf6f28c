// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.scheduler;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something that the leader does again and again, never twice at a time.
 *
 * @param name for logs
 * @param period from one start to the next
 * @param bell also does it at once
 * @param work does it; may fail, and is done again
 */
public record PeriodicWork(String name, Duration period, Optional<String> bell, Supplier<Future<?>> work) {
    public PeriodicWork {
        if (period.toMillis() < 1) {
            throw new IllegalArgumentException("the period of " + name + " is at least a millisecond");
        }
    }

    /** Work that no bell calls for. */
    public static PeriodicWork every(Duration period, String name, Supplier<Future<?>> work) {
        return new PeriodicWork(name, period, Optional.empty(), work);
    }

    /** The same, also done when a bell rings. */
    public PeriodicWork onRing(String rung) {
        return new PeriodicWork(name, period, Optional.of(rung), work);
    }
}
