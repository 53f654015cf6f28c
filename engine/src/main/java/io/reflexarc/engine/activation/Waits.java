// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Waiting on a virtual thread. */
final class Waits {
    private Waits() {}

    /** Waits, or less when the signal comes before. */
    static void pause(Vertx vertx, Duration time, Future<Void> signal) {
        if (!time.isPositive() || signal.isComplete()) {
            return;
        }
        var over = vertx.timer(Math.max(1, time.toMillis()));
        Future.any(over, signal).await();
        over.cancel();
    }
}
