// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.Appended;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.core.log.NewEvent;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.testkit.RedisServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that travel together are still taken or refused each by itself. */
class AppendGroupsIT {
    private static final int BOUND = 100;

    private final Vertx vertx = Vertx.vertx();
    private final StreamId open = new StreamId(UUID.randomUUID());
    private final StreamId bound = new StreamId(UUID.randomUUID());
    private final InboxId inbox = InboxId.of(new ActivationId(1));
    private RedisEventLog log;

    @BeforeEach
    void openLog() {
        log = RedisLogs.open(
                vertx,
                RedisServer.shared(),
                new LogBounds(
                        BOUND, 1 << 20, 10_000, 1 << 24, 1, Duration.ofMinutes(5), Duration.ofMinutes(5), 350_000));
        await(log.bind(inbox, Set.of(bound)));
    }

    @AfterEach
    void close() {
        await(log.close());
        await(vertx.close());
    }

    @Test
    void aFullInboxRefusesWhatIsForItAndNothingElseOfTheGroup() {
        List<Future<List<Appended>>> forInbox = new ArrayList<>();
        List<Future<List<Appended>>> forNobody = new ArrayList<>();
        for (int n = 0; n < 2 * BOUND; n++) {
            forInbox.add(log.append(bound, List.of(event("bound-" + n))));
            forNobody.add(log.append(open, List.of(event("open-" + n))));
        }
        await(Future.join(forInbox).recover(refused -> Future.succeededFuture()));
        await(Future.join(forNobody));

        assertThat(forInbox.subList(0, BOUND)).allMatch(Future::succeeded);
        assertThat(forInbox.subList(BOUND, 2 * BOUND))
                .allSatisfy(refused -> assertThat(refused.cause())
                        .isInstanceOfSatisfying(
                                ProblemException.class,
                                problem -> assertThat(problem.type()).isEqualTo(ProblemType.LOG_FULL)));
        assertThat(ids(await(log.read(inbox, Position.START, 1_000, Duration.ZERO))))
                .hasSize(BOUND)
                .doesNotHaveDuplicates();
    }

    @Test
    void theSameKeyInManyRequestsOfAGroupIsOneEvent() {
        List<Future<List<Appended>>> answers = new ArrayList<>();
        for (int n = 0; n < 50; n++) {
            answers.add(log.append(
                    bound, List.of(event("first-" + n, "same"), event("own-" + n), event("again-" + n, "same"))));
        }
        await(Future.join(answers));

        assertThat(answers.stream().flatMap(answer -> answer.result().stream()).filter(one -> !one.repeated()))
                .hasSize(51);
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.result().getFirst().id())
                        .isEqualTo(answer.result().getLast().id())
                        .isEqualTo(new EventId("first-0")));
        assertThat(ids(await(log.read(inbox, Position.START, 1_000, Duration.ZERO))))
                .hasSize(51)
                .doesNotHaveDuplicates();
    }

    @Test
    void whatDoesNotFitIntoOneGroupGoesIntoTheNext() {
        byte[] big = new byte[300_000];
        Arrays.fill(big, (byte) '1');
        List<Future<List<Appended>>> answers = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            answers.add(log.append(
                    open,
                    List.of(new NewEvent(new EventId("big-" + n), Instant.EPOCH, List.of(), JsonText.ofBytes(big)))));
        }
        await(Future.join(answers));

        assertThat(await(log.recent(open, Optional.empty(), 100))).hasSize(20);
    }

    @Test
    void aRequestThatCannotBeWrittenFailsAloneAndHoldsUpNobody() {
        var unwritable = new NewEvent(new EventId("late"), Instant.MAX, List.of(), JsonText.EMPTY_OBJECT);
        List<Future<List<Appended>>> others = new ArrayList<>();
        others.add(log.append(open, List.of(event("before"))));
        Future<List<Appended>> refused = log.append(open, List.of(event("with-it"), unwritable));
        others.add(log.append(open, List.of(event("beside"))));
        await(Future.join(others));
        await(log.append(open, List.of(event("after"))));

        assertThat(refused.failed()).isTrue();
        assertThat(await(log.recent(open, Optional.empty(), 10)))
                .extracting(one -> one.id().value())
                .containsExactly("after", "beside", "before");
    }

    @Test
    void aReadBringsNoMoreThanFitsIntoMemory() {
        byte[] big = new byte[100_000];
        Arrays.fill(big, (byte) '1');
        for (int n = 0; n < 8; n++) {
            String id = "big-" + n;
            await(log.append(
                    bound, List.of(new NewEvent(new EventId(id), Instant.EPOCH, List.of(), JsonText.ofBytes(big)))));
        }
        List<Integer> sizes = new ArrayList<>();
        List<String> read = new ArrayList<>();
        Position at = Position.START;
        while (read.size() < 8) {
            List<LogEntry> page = await(log.read(inbox, at, 1_000, Duration.ZERO));
            sizes.add(page.size());
            read.addAll(ids(page));
            at = page.getLast().position();
        }

        assertThat(sizes).containsExactly(3, 3, 2);
        assertThat(read).containsExactly("big-0", "big-1", "big-2", "big-3", "big-4", "big-5", "big-6", "big-7");
    }

    private static List<String> ids(List<LogEntry> entries) {
        return entries.stream()
                .map(entry -> ((LogEntry.Arrived) entry).id().value())
                .toList();
    }

    private static NewEvent event(String id, String... keys) {
        return new NewEvent(new EventId(id), Instant.EPOCH, List.of(keys), JsonText.EMPTY_OBJECT);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(1, TimeUnit.MINUTES);
        } catch (TimeoutException e) {
            throw new AssertionError("redis does not answer", e);
        }
    }
}
