// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.scheduler;

import io.reflexarc.core.activation.Leases;
import io.reflexarc.core.live.LiveFeed;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the periodic works while it leads; of all processes with this role one leads at a time. A work that fails is logged
 * once, and once more when it works again. Deploy it with {@link #deploy}, which puts it on virtual threads.
 */
public final class SchedulerVerticle extends VerticleBase {
    private static final Logger LOGGER = LoggerFactory.getLogger(SchedulerVerticle.class);
    private static final String ROLE = "scheduler";
    private static final Duration LEASE = Duration.ofSeconds(6);
    private static final Duration RENEW_EVERY = Duration.ofSeconds(2);

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final Leases leases;
    private final LiveFeed live;
    private final InstantSource clock;
    private final String owner;
    private final List<PeriodicWork> works;
    private final List<LiveFeed.Subscription> bells = new ArrayList<>();
    private Instant leadsUntil = Instant.MIN;
    private boolean electing;
    private boolean stopped;
    private boolean leaseFails;

    /** A scheduler with this process's name and these works. */
    public SchedulerVerticle(
            Leases leases, LiveFeed live, InstantSource clock, String owner, List<PeriodicWork> works) {
        this.leases = leases;
        this.live = live;
        this.clock = clock;
        this.owner = owner;
        this.works = List.copyOf(works);
    }

    /** Starts a scheduler; answers the id to undeploy it. */
    public static Future<String> deploy(
            Vertx vertx, Leases leases, LiveFeed live, InstantSource clock, String owner, List<PeriodicWork> works) {
        return vertx.deployVerticle(
                () -> new SchedulerVerticle(leases, live, clock, owner, works),
                new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD));
    }

    @Override
    public Future<?> start() {
        Context own = context;
        List<Turn> turns = works.stream().map(Turn::new).toList();
        List<Future<?>> subscriptions = new ArrayList<>();
        for (Turn turn : turns) {
            vertx.setPeriodic(turn.work.period().toMillis(), ignored -> turn.take());
            turn.work
                    .bell()
                    .ifPresent(bell ->
                            subscriptions.add(live.onRing(bell, () -> own.runOnContext(ignored -> turn.take()))
                                    .onSuccess(bells::add)));
        }
        vertx.setPeriodic(RENEW_EVERY.toMillis(), ignored -> elect(turns));
        own.runOnContext(ignored -> elect(turns));
        return Future.all(subscriptions);
    }

    @Override
    public Future<?> stop() {
        bells.forEach(LiveFeed.Subscription::cancel);
        boolean led = leads();
        leadsUntil = Instant.MIN;
        stopped = true;
        // The next one need not wait for the lease to run out; if it must, no harm is done
        return led ? leases.lead(ROLE, owner, AT_ONCE).otherwise(false) : Future.succeededFuture();
    }

    private boolean leads() {
        return clock.instant().isBefore(leadsUntil);
    }

    private void elect(List<Turn> turns) {
        if (electing || stopped) {
            return;
        }
        electing = true;
        boolean led = leads();
        Instant asked = clock.instant();
        try {
            boolean granted = leases.lead(ROLE, owner, LEASE).await();
            leadsUntil = granted && !stopped ? asked.plus(LEASE) : Instant.MIN;
            leaseFails = false;
        } catch (Exception e) {
            if (!leaseFails) {
                LOGGER.atWarn()
                        .addKeyValue("owner", owner)
                        .setCause(e)
                        .log("leadership cannot be asked for, trying on");
            }
            leaseFails = true;
        } finally {
            electing = false;
        }
        if (led != leads()) {
            LOGGER.atInfo().addKeyValue("owner", owner).log(led ? "scheduler leads no more" : "scheduler leads");
        }
        if (!led) {
            turns.forEach(turn -> context.runOnContext(ignored -> turn.take()));
        }
    }

    /** One work and how it went last. */
    private final class Turn {
        private final PeriodicWork work;
        private boolean busy;
        private boolean again;
        private boolean failing;

        Turn(PeriodicWork work) {
            this.work = work;
        }

        void take() {
            again = true;
            if (busy) {
                return;
            }
            busy = true;
            try {
                while (again && leads()) {
                    again = false;
                    work.work().get().await();
                    if (failing) {
                        LOGGER.atInfo().addKeyValue("work", work.name()).log("periodic work goes well again");
                    }
                    failing = false;
                }
            } catch (Exception e) {
                if (!failing) {
                    LOGGER.atWarn().addKeyValue("work", work.name()).setCause(e).log("periodic work fails, trying on");
                }
                failing = true;
            } finally {
                busy = false;
            }
        }
    }
}
