// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.activation.Lease;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a lease: renews it every third of its length, and knows by our own clock when it may be over. Commits are guarded
 * by the epoch anyway; this is what makes an owner that lost its lease stop soon.
 */
final class LeaseKeeper implements Ownership {
    private static final Logger LOGGER = LoggerFactory.getLogger(LeaseKeeper.class);

    private final Vertx vertx;
    private final EngineContext engine;
    private final Lease lease;
    private final Future<Void> stop;
    private final long timer;
    private volatile Instant goodUntil;
    private volatile boolean lost;
    private String trouble = "";

    /** Renews from now on, until {@link #release}. */
    LeaseKeeper(Vertx vertx, EngineContext engine, Lease lease, Future<Void> stop) {
        this.vertx = vertx;
        this.engine = engine;
        this.lease = lease;
        this.stop = stop;
        Duration length = engine.limits().lease();
        this.goodUntil = engine.clock().instant().plus(length);
        this.timer = SteadyTimer.every(vertx, Math.max(1, length.toMillis() / 3), () -> renew(length));
    }

    private void renew(Duration length) {
        Instant asked = engine.clock().instant();
        engine.leases().renew(lease, length).onComplete(renewed -> {
            if (renewed.failed()) {
                LOGGER.atDebug()
                        .addKeyValue("activationId", lease.activation())
                        .addKeyValue("cause", String.valueOf(renewed.cause().getMessage()))
                        .log("renewing a lease failed");
            } else if (renewed.result()) {
                goodUntil = asked.plus(length);
            } else {
                lost = true;
            }
        });
    }

    Lease lease() {
        return lease;
    }

    /** Whether the lease is good, stop or not. */
    boolean good() {
        return !lost && engine.clock().instant().isBefore(goodUntil);
    }

    /** Gives it back, so that another process need not wait until it is over. */
    Future<Void> release() {
        vertx.cancelTimer(timer);
        if (lost) {
            return Future.succeededFuture();
        }
        return engine.leases()
                .release(lease)
                .onFailure(e -> LOGGER.atDebug()
                        .addKeyValue("activationId", lease.activation())
                        .addKeyValue("cause", String.valueOf(e.getMessage()))
                        .log("releasing a lease failed"));
    }

    @Override
    public long epoch() {
        return lease.epoch();
    }

    @Override
    public boolean holds() {
        return good() && !stop.isComplete();
    }

    @Override
    public void pause(Duration time) {
        Waits.pause(vertx, time, stop);
    }

    @Override
    public void trouble(String sentence) {
        if (sentence.isEmpty() && !trouble.isEmpty()) {
            LOGGER.atInfo().addKeyValue("activationId", lease.activation()).log("activation works again");
        } else if (!sentence.isEmpty()) {
            LOGGER.atWarn()
                    .addKeyValue("activationId", lease.activation())
                    .addKeyValue("cause", sentence)
                    .log("activation waits for a dependency");
        }
        trouble = sentence;
    }

    /** What keeps it from working, or empty. */
    String currentTrouble() {
        return trouble;
    }
}
