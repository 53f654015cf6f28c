// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.run;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A small Vert.x, made when the first source or action needs it: most runs do not, and start the quicker. */
public final class LazyVertx implements Supplier<Vertx>, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(LazyVertx.class);
    private static final long CLOSE_SECONDS = 5;

    private Optional<Vertx> made = Optional.empty();

    /** Nothing is made yet. */
    public LazyVertx() {}

    @Override
    public synchronized Vertx get() {
        Vertx vertx = made.orElseGet(() -> Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(false)
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(4)
                .setInternalBlockingPoolSize(2)));
        made = Optional.of(vertx);
        return vertx;
    }

    @Override
    public synchronized void close() {
        made.ifPresent(vertx -> {
            try {
                vertx.close().toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOGGER.atDebug().setCause(e).log("Vert.x did not close in time");
            }
        });
        made = Optional.empty();
    }
}
