// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.live.LiveFeed;
import io.reflexarc.core.live.LiveUpdate;
import io.reflexarc.engine.explain.SessionReader;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers those who ask what a running session remembers. On the context of the owner: it looks while that awaits something,
 * thus never in the middle of an entry, and at most twice a second.
 */
final class Onlookers implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final EngineContext engine;
    private final ActivationId activation;
    private final Supplier<Optional<ActivationRun>> run;
    private final Context owner;
    private final Future<LiveFeed.Subscription> subscription;
    private Instant answered = Instant.EPOCH;
    private boolean waiting;
    private boolean closed;

    Onlookers(EngineContext engine, ActivationId activation, Supplier<Optional<ActivationRun>> run) {
        this.engine = engine;
        this.activation = activation;
        this.run = run;
        this.owner = Objects.requireNonNull(Vertx.currentContext(), "an owner runs on a context");
        this.subscription =
                engine.live().onRing(SessionReader.bell(activation), () -> owner.runOnContext(unused -> asked()));
    }

    /** Who asks during a pause is answered at its end, together with the others. */
    private void asked() {
        if (waiting) {
            return;
        }
        Duration left = Duration.between(engine.clock().instant(), answered.plus(PAUSE));
        if (left.isPositive()) {
            waiting = true;
            owner.owner().setTimer(left.toMillis() + 1, unused -> owner.runOnContext(now -> answer()));
        } else {
            answer();
        }
    }

    private void answer() {
        waiting = false;
        if (closed) {
            return;
        }
        Instant now = engine.clock().instant();
        answered = now;
        run.get()
                .ifPresent(current -> engine.live()
                        .publish(new LiveUpdate.SessionGlimpsed(
                                activation, now, JsonText.of(current.glimpse(SessionReader.MOST)))));
    }

    @Override
    public void close() {
        closed = true;
        subscription.onSuccess(LiveFeed.Subscription::cancel);
    }
}
