// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A lease is renewed while its owner computes. */
class SteadyTimerTest {
    private static final long BOUND = Duration.ofSeconds(30).toNanos();

    @Test
    void goesOnWhileTheThreadThatSetItComputes() throws Exception {
        Vertx vertx = Vertx.vertx();
        AtomicInteger times = new AtomicInteger();
        AtomicBoolean wentOn = new AtomicBoolean();
        try {
            vertx.deployVerticle(
                            () -> new VerticleBase() {
                                @Override
                                public Future<?> start() {
                                    SteadyTimer.every(vertx, 1, times::incrementAndGet);
                                    long begun = System.nanoTime();
                                    while (times.get() < 3 && System.nanoTime() - begun < BOUND) {
                                        Thread.onSpinWait(); // as one that builds a session: it waits for nothing
                                    }
                                    wentOn.set(times.get() >= 3);
                                    return Future.succeededFuture();
                                }
                            },
                            new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
                    .await(60, TimeUnit.SECONDS);
        } finally {
            vertx.close().await(60, TimeUnit.SECONDS);
        }
        assertThat(wentOn).isTrue();
    }
}
