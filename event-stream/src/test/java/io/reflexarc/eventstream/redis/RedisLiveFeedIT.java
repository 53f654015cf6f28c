// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.activation.ActivationStatus;
import io.reflexarc.core.audit.DecisionSummary;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.live.LiveUpdate;
import io.reflexarc.testkit.RedisServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisLiveFeedIT {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.5Z");
    private static final DecisionId DECISION = new DecisionId(new UUID(1, 2));

    private RedisLiveFeed here;
    private RedisLiveFeed there;

    @BeforeEach
    void start() throws Exception {
        RedisConfig config = RedisConfig.local(RedisServer.shared().port()).withKeyPrefix(RedisServer.freshPrefix());
        here = new RedisLiveFeed(VERTX, config, Runnable::run);
        there = new RedisLiveFeed(VERTX, config, Runnable::run);
        await(Future.all(here.start(), there.start()));
    }

    @AfterEach
    void stop() throws Exception {
        await(Future.all(here.close(), there.close()));
    }

    @AfterAll
    static void close() throws Exception {
        await(VERTX.close());
    }

    @Test
    void carriesEveryKindOfUpdateToAnotherProcess() throws Exception {
        BlockingQueue<LiveUpdate> heard = new LinkedBlockingQueue<>();
        await(there.subscribe(heard::add));
        List<LiveUpdate> updates = List.of(
                new LiveUpdate.EventArrived(new EventId("e"), new StreamId(new UUID(3, 4)), "alerts", NOW, "grüße", 12),
                new LiveUpdate.DecisionMade(new DecisionSummary(
                        DECISION,
                        new ActivationId(1),
                        "a",
                        "set",
                        "rule",
                        "book",
                        2,
                        NOW,
                        NOW,
                        true,
                        List.of(new EventId("e")),
                        List.of("debug"),
                        "pending")),
                new LiveUpdate.TaskChanged(TaskId.of(DECISION, 0), DECISION, "debug", TaskState.RUNNING, 1, "", NOW),
                new LiveUpdate.ActivationChanged(new ActivationId(1), "a", ActivationStatus.values()[0], "", 5, 6),
                new LiveUpdate.Printed(TaskId.of(DECISION, 0), 1, 7, "line\n"),
                new LiveUpdate.Counted("p", NOW, Map.of("events/alerts", 3L), Map.of("lag/3", 0.5)));

        updates.forEach(here::publish);

        for (LiveUpdate update : updates) {
            assertThat(heard.poll(1, TimeUnit.MINUTES)).isEqualTo(update);
        }
    }

    @Test
    void tellsItsOwnListenersOnce() throws Exception {
        BlockingQueue<LiveUpdate> mine = new LinkedBlockingQueue<>();
        BlockingQueue<LiveUpdate> theirs = new LinkedBlockingQueue<>();
        await(here.subscribe(mine::add));
        await(there.subscribe(theirs::add));

        for (int i = 0; i < 3; i++) {
            here.publish(task(i, TaskState.RUNNING));
            assertThat(theirs.poll(1, TimeUnit.MINUTES)).isEqualTo(task(i, TaskState.RUNNING));
        }

        assertThat(mine)
                .containsExactly(task(0, TaskState.RUNNING), task(1, TaskState.RUNNING), task(2, TaskState.RUNNING));
    }

    @Test
    void ofATaskThatBeganAndEndedMeanwhileOnlyTheEndIsTold() {
        LiveUpdate begun = task(0, TaskState.RUNNING);
        LiveUpdate other = task(1, TaskState.RUNNING);
        LiveUpdate counted = new LiveUpdate.Counted("p", NOW, Map.of(), Map.of());
        LiveUpdate ended = task(0, TaskState.SUCCEEDED);

        assertThat(RedisLiveFeed.latest(List.of(begun, other, counted, ended))).containsExactly(other, counted, ended);
    }

    private static LiveUpdate task(int index, TaskState state) {
        return new LiveUpdate.TaskChanged(TaskId.of(DECISION, index), DECISION, "debug", state, 1, "", NOW);
    }

    @Test
    void ringsOnlyTheBellThatWasRung() throws Exception {
        BlockingQueue<String> rung = new LinkedBlockingQueue<>();
        await(there.onRing("tasks", () -> rung.add("tasks")));
        await(there.onRing("activations", () -> rung.add("activations")));

        here.ring("activations");
        assertThat(rung.poll(1, TimeUnit.MINUTES)).isEqualTo("activations");
        here.ring("tasks");
        assertThat(rung.poll(1, TimeUnit.MINUTES)).isEqualTo("tasks");
        assertThat(rung).isEmpty();
    }

    @Test
    void saysNothingToACancelledListener() throws Exception {
        BlockingQueue<String> first = new LinkedBlockingQueue<>();
        BlockingQueue<String> second = new LinkedBlockingQueue<>();
        await(there.onRing("tasks", () -> first.add("x"))).cancel();
        await(there.onRing("tasks", () -> second.add("x")));

        here.ring("tasks");

        assertThat(second.poll(1, TimeUnit.MINUTES)).isNotNull();
        assertThat(first).isEmpty();
    }

    @Test
    void ringsEveryBellAfterALostConnectionAndNeverFailsItsCaller() throws Exception {
        try (RedisServer server = RedisServer.start()) {
            var feed = new RedisLiveFeed(VERTX, RedisConfig.local(server.port()), Runnable::run);
            await(feed.start());
            BlockingQueue<String> rung = new LinkedBlockingQueue<>();
            BlockingQueue<LiveUpdate> heard = new LinkedBlockingQueue<>();
            await(feed.onRing("tasks", () -> rung.add("tasks")));
            await(feed.subscribe(heard::add));

            server.kill();
            feed.publish(new LiveUpdate.Counted("into nowhere", NOW, Map.of(), Map.of()));
            server.restart();

            assertThat(rung.poll(1, TimeUnit.MINUTES)).isEqualTo("tasks");
            do {
                feed.publish(new LiveUpdate.Counted("p", NOW, Map.of(), Map.of()));
            } while (heard.poll(100, TimeUnit.MILLISECONDS) == null);
            await(feed.close());
        }
    }

    private static <T> T await(Future<T> future) throws TimeoutException {
        return future.await(1, TimeUnit.MINUTES);
    }
}
