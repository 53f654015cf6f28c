// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.site;

import io.reflexarc.core.action.ActionQueue;
import io.reflexarc.core.live.LiveFeed;
import io.reflexarc.core.process.Lives;
import io.reflexarc.engine.activation.ActivationSupervisor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that this process lives, whatever roles it has, and sees to it that what a killed one had goes on elsewhere at once: its
 * activations, its leadership, its tasks.
 */
final class LifeLine {
    private static final Logger LOGGER = LoggerFactory.getLogger(LifeLine.class);
    private static final Duration LENGTH = Duration.ofSeconds(15);
    private static final long SAY_MILLIS = 1_000;
    private static final long LOOK_MILLIS = 200;
    private static final List<String> BELLS = List.of(ActivationSupervisor.BELL, "tasks", "outcomes");

    private final Vertx vertx;
    private final Lives lives;
    private final ActionQueue actions;
    private final LiveFeed live;
    private final String process;
    private final String worker;
    private final DeathWatch watch;
    private final List<Long> timers;
    private volatile boolean accompanied;
    private volatile boolean saying;

    private LifeLine(
            Vertx vertx,
            Lives lives,
            ActionQueue actions,
            LiveFeed live,
            InstantSource clock,
            String process,
            String worker) {
        this.vertx = vertx;
        this.lives = lives;
        this.actions = actions;
        this.live = live;
        this.process = process;
        this.worker = worker;
        this.watch = new DeathWatch(lives, process, clock);
        say();
        this.timers = List.of(
                vertx.setPeriodic(SAY_MILLIS, unused -> say()), vertx.setPeriodic(LOOK_MILLIS, unused -> look()));
    }

    /** From now on, until {@link #end}. */
    static LifeLine begin(Site site, InstantSource clock, String process, String worker) {
        return new LifeLine(
                site.vertx(), site.store().lives(), site.store().actions(), site.live(), clock, process, worker);
    }

    private void say() {
        if (!saying) {
            saying = true;
            lives.live(process, worker, LENGTH)
                    .onSuccess(others -> accompanied = others)
                    .onComplete(said -> saying = false);
        }
    }

    /** Who is alone has nobody to look after, and asks nothing. */
    private void look() {
        if (accompanied) {
            watch.look().onSuccess(found -> {
                if (found) {
                    LOGGER.atInfo().log("a process is gone: what it had is free");
                    actions.recoverLost().onComplete(recovered -> BELLS.forEach(live::ring));
                }
            });
        }
    }

    /** Everything is given back. */
    Future<Void> end() {
        timers.forEach(vertx::cancelTimer);
        return lives.leave(process).otherwiseEmpty();
    }
}
