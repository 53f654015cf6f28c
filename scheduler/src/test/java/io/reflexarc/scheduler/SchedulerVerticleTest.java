// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.activation.InMemoryLeases;
import io.reflexarc.core.activation.Leases;
import io.reflexarc.core.live.InMemoryLiveFeed;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchedulerVerticleTest {
    private static final Duration SELDOM = Duration.ofHours(1);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));
    private final InstantSource clock = now::get;
    private final InMemoryLiveFeed live = new InMemoryLiveFeed(Runnable::run);
    private final Leases leases = new InMemoryLeases(clock);
    private final BlockingQueue<String> done = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void worksAtOncePeriodicallyAndWhenTheBellRings() throws InterruptedException {
        start("a", PeriodicWork.every(SELDOM, "rung", () -> note("rung")).onRing("outcomes"));
        assertThat(next()).isEqualTo("rung");

        live.ring("outcomes");
        assertThat(next()).isEqualTo("rung");

        start("a", PeriodicWork.every(Duration.ofMillis(5), "often", () -> note("often")));
        assertThat(next()).isEqualTo("often");
        assertThat(next()).isEqualTo("often");
    }

    @Test
    void worksOnlyWhereItLeads() throws InterruptedException {
        start("first", PeriodicWork.every(SELDOM, "w", () -> note("first")).onRing("b"));
        assertThat(next()).isEqualTo("first");
        start("second", PeriodicWork.every(SELDOM, "w", () -> note("second")).onRing("b"));

        live.ring("b");
        live.ring("b");

        assertThat(next()).isEqualTo("first");
        vertx.close().await();
        assertThat(done).doesNotContain("second");
    }

    @Test
    void givesTheLeadBackWhenItStops() throws InterruptedException {
        String first = start("first", PeriodicWork.every(SELDOM, "w", () -> note("first")));
        assertThat(next()).isEqualTo("first");

        vertx.undeploy(first).await();
        now.updateAndGet(instant -> instant.plusMillis(2));
        start("second", PeriodicWork.every(SELDOM, "w", () -> note("second")));

        assertThat(next()).isEqualTo("second");
    }

    @Test
    void goesOnAfterAFailure() throws InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        PeriodicWork failing = PeriodicWork.every(Duration.ofMillis(5), "failing", () -> {
            if (calls.incrementAndGet() < 3) {
                throw new IllegalStateException("no database");
            }
            return note("well again");
        });

        start("a", failing, PeriodicWork.every(SELDOM, "other", () -> note("other")));

        // Which of the two comes first, and how often the frequent one comes, is left to chance
        Set<String> seen = new HashSet<>();
        while (!seen.equals(Set.of("other", "well again"))) {
            seen.add(next());
        }
    }

    @Test
    void neverDoesAWorkTwiceAtATime() throws InterruptedException {
        AtomicInteger running = new AtomicInteger();
        start("a", PeriodicWork.every(Duration.ofMillis(1), "slow", () -> {
            int before = running.getAndIncrement();
            return vertx.timer(20, TimeUnit.MILLISECONDS).onComplete(passed -> {
                running.decrementAndGet();
                done.add(before == 0 ? "alone" : "twice");
            });
        }));

        assertThat(List.of(next(), next(), next())).containsOnly("alone");
    }

    private Future<?> note(String what) {
        done.add(what);
        return Future.succeededFuture();
    }

    private String start(String owner, PeriodicWork... works) {
        return SchedulerVerticle.deploy(vertx, leases, live, clock, owner, List.of(works))
                .await();
    }

    private String next() throws InterruptedException {
        String next = done.poll(60, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }
}
