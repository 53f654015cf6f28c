// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;

/**
 * A timer that goes on an event loop, however busy the thread is that sets it. A context on virtual threads runs nothing else while
 * its thread computes: a timer of its own would wait until the session is built, and the lease would be over.
 */
final class SteadyTimer {
    private SteadyTimer() {}

    /** Answers the number by which Vert.x cancels it. */
    static long every(Vertx vertx, long millis, Runnable work) {
        CompletableFuture<Long> number = new CompletableFuture<>();
        // Vert.x gives an event loop to a thread that it does not know
        Thread.ofPlatform()
                .daemon()
                .name("steady-timer")
                .start(() -> number.complete(vertx.setPeriodic(millis, unused -> work.run())));
        return number.join();
    }
}
