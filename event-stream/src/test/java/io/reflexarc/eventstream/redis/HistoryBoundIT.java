// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.history.EventHistory;
import io.reflexarc.core.history.Recorded;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.NewEvent;
import io.reflexarc.testkit.RedisServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the history of a stream drops, and when. */
class HistoryBoundIT {
    private static final int BOUND = 32;
    private static final int WIDER = 3;

    private final Vertx vertx = Vertx.vertx();
    private final StreamId stream = new StreamId(UUID.randomUUID());
    private RedisEventLog log;
    private EventHistory history;
    private int sent;

    @BeforeEach
    void open() {
        log = RedisLogs.open(
                vertx,
                RedisServer.shared(),
                new LogBounds(
                        100, 1 << 20, BOUND, 1 << 20, WIDER, Duration.ofMinutes(5), Duration.ofMinutes(5), 1 << 20));
        history = log.history();
    }

    @AfterEach
    void close() {
        await(log.close());
        await(vertx.close());
    }

    @Test
    void holdsTheBoundWhereNobodyArchives() {
        send(3 * BOUND);

        assertThat(all()).hasSizeBetween(BOUND - 16, BOUND);
        assertThat(await(history.held(stream)).lost()).isZero();
    }

    @Test
    void dropsNothingThatIsNotArchivedUntilItMust() {
        await(history.archived(stream, Position.START));
        send(2 * BOUND);
        assertThat(all()).hasSize(2 * BOUND);

        send(2 * BOUND);
        int held = all().size();
        assertThat(held).isBetween(WIDER * BOUND - 16, WIDER * BOUND);
        assertThat(await(history.held(stream))).isEqualTo(new EventHistory.Held(held, 4L * BOUND - held));
        assertThat(await(log.find(new EventId("e-0")))).isEmpty();
    }

    @Test
    void dropsWhatIsArchivedDownToTheBound() {
        await(history.archived(stream, Position.START));
        send(2 * BOUND);
        List<Recorded> before = all();

        await(history.archived(stream, before.get(BOUND + 3).position()));

        List<Recorded> after = all();
        assertThat(after).hasSizeBetween(BOUND - 16, BOUND + 16);
        assertThat(before).endsWith(after.toArray(new Recorded[0]));
        assertThat(await(log.find(before.getFirst().event().id()))).isEmpty();

        await(history.archived(stream, before.getLast().position()));
        send(BOUND);
        assertThat(all()).hasSizeBetween(BOUND - 16, BOUND);
        assertThat(await(history.held(stream)).lost()).isZero();
    }

    @Test
    void dropsMuchInParts() {
        await(history.archived(stream, Position.START));
        var many = new ArrayList<NewEvent>();
        for (int n = 0; n < 600; n++) {
            many.add(new NewEvent(new EventId("m-" + n), Instant.EPOCH, List.of(), JsonText.ofString("{\"a\":1}")));
        }
        await(log.append(stream, many));
        assertThat(all()).hasSizeBetween(WIDER * BOUND - 16, WIDER * BOUND);
        for (int n = 0; n < 6; n++) {
            await(log.append(stream, many.subList(0, 100)));
            await(history.archived(stream, all().getLast().position()));
            assertThat(all()).hasSizeBetween(BOUND - 16, BOUND);
        }
    }

    private List<Recorded> all() {
        return await(history.before(stream, Optional.empty(), 1_000)).reversed();
    }

    private void send(int events) {
        for (int n = 0; n < events; n++) {
            await(log.append(
                    stream,
                    List.of(new NewEvent(
                            new EventId("e-" + sent++), Instant.EPOCH, List.of(), JsonText.ofString("{\"a\":1}")))));
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(1, TimeUnit.MINUTES);
        } catch (TimeoutException e) {
            throw new AssertionError("redis does not answer", e);
        }
    }
}
