// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The one clock of a run: microseconds since it began, the same for sender, target and killer. */
final class Stopwatch {
    private final long origin = System.nanoTime();

    long micros() {
        return (System.nanoTime() - origin) / 1_000;
    }

    double seconds() {
        return micros() / 1e6;
    }

    static void pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Asks until it is so; answers whether it came to be within the bound. */
    static boolean until(Duration bound, BooleanSupplier question) {
        long end = System.nanoTime() + bound.toNanos();
        while (!question.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            pause(Duration.ofMillis(100));
        }
        return true;
    }

    /** Whether the question can be asked without an exception, and is answered with yes. */
    static boolean holds(Callable<Boolean> question) {
        try {
            return question.call();
        } catch (Exception e) {
            return false;
        }
    }
}
