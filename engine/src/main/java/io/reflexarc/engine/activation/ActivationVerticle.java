// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.Lease;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One activation in this process: takes the lease if it is free, and runs the activation for as long as it has it. Deployed on
 * virtual threads by {@link ActivationSupervisor}.
 */
final class ActivationVerticle extends VerticleBase {
    private static final Logger LOGGER = LoggerFactory.getLogger(ActivationVerticle.class);
    private static final Duration STANDBY = Duration.ofSeconds(1);

    private final EngineContext engine;
    private final Statistics statistics;
    private final Activation configured;
    private final Runnable leaving;
    private final Promise<Void> stop = Promise.promise();
    private final Promise<End> ended = Promise.promise();
    private volatile boolean processStops;

    /** The last one is run when the whole process stops. */
    ActivationVerticle(EngineContext engine, Statistics statistics, Activation configured, Runnable leaving) {
        this.leaving = leaving;
        this.engine = engine;
        this.statistics = statistics;
        this.configured = configured;
    }

    /** Completes when it does nothing any more. */
    Future<End> ended() {
        return ended.future();
    }

    /** Asks it to end; {@link #ended} says when it has. */
    void end() {
        stop.tryComplete();
    }

    @Override
    public Future<?> start() {
        context.runOnContext(unused -> live());
        return Future.succeededFuture();
    }

    /** It was never deployed. */
    void neverRan() {
        ended.tryComplete(End.PROCESS_STOPS);
    }

    /** Vert.x undeploys children first: unless it was asked to end or has ended by itself, the whole process stops. */
    @Override
    public Future<?> stop() {
        processStops = !ended.future().isComplete() && stop.tryComplete();
        if (processStops) {
            leaving.run();
        }
        return ended.future();
    }

    private void live() {
        End end = End.STOPPED;
        try {
            end = claimAndRun();
        } catch (Exception e) {
            LOGGER.atError()
                    .addKeyValue("activationId", configured.id())
                    .setCause(e)
                    .log("activation ended by a fault of the engine");
            end = End.FAILED;
        } finally {
            statistics.gone(configured.id());
            ended.tryComplete(end == End.STOPPED && processStops ? End.PROCESS_STOPS : end);
        }
    }

    private End claimAndRun() {
        Optional<Lease> lease = claim();
        if (lease.isEmpty()) {
            return stop.future().isComplete() ? End.STOPPED : End.TAKEN;
        }
        return own(lease.get()).orElse(End.LOST);
    }

    /** Empty when the lease was lost: somebody else may run it, or we again. Whoever is free to take it is told at once. */
    private Optional<End> own(Lease lease) {
        LeaseKeeper keeper = new LeaseKeeper(vertx, engine, lease, stop.future());
        try {
            Activation activation =
                    engine.activations().find(configured.id()).await().orElse(configured);
            Optional<ActivationLifecycle.Change> change =
                    ActivationLifecycle.takeUp(activation.status(), activation.restartPolicy());
            if (!activation.enabled() || change.isEmpty()) {
                return Optional.of(End.LEFT_ALONE);
            }
            return new ActivationOwner(engine, statistics, activation, keeper, stop.future()).run();
        } catch (Exception e) {
            LOGGER.atWarn()
                    .addKeyValue("activationId", configured.id())
                    .addKeyValue("cause", String.valueOf(e.getMessage()))
                    .log("activation could not be taken up");
            pause(STANDBY);
            return Optional.empty();
        } finally {
            keeper.release().onComplete(released -> engine.live().ring(ActivationSupervisor.BELL));
        }
    }

    private Optional<Lease> claim() {
        try {
            return engine.leases()
                    .claim(configured.id(), engine.process(), engine.limits().lease())
                    .await();
        } catch (Exception e) {
            LOGGER.atDebug()
                    .addKeyValue("activationId", configured.id())
                    .addKeyValue("cause", String.valueOf(e.getMessage()))
                    .log("claiming a lease failed");
            return Optional.empty();
        }
    }

    private void pause(Duration time) {
        Waits.pause(vertx, time, stop.future());
    }

    /** How it ended. */
    enum End {
        /** It was asked to. */
        STOPPED,
        /** This process stops, or this part of it. */
        PROCESS_STOPS,
        COMPLETED,
        FAILED,
        ERROR,
        DIVERGED,
        /** Its status says that nobody should run it. */
        LEFT_ALONE,
        /** Another process has its lease. */
        TAKEN,
        /** The lease was lost, or the activation could not even be read. */
        LOST
    }
}
