// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.event.Secret;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.Appended;
import io.reflexarc.core.log.EventLog.Durability;
import io.reflexarc.core.log.InboxMessage;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.core.log.NewEvent;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.testkit.RedisServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Redis that dies, forgets, is weakly configured or asks for a password. */
class RedisFailuresIT {
    private static final StreamId STREAM = new StreamId(UUID.randomUUID());
    private static final InboxId INBOX = InboxId.of(new ActivationId(1));

    private final Vertx vertx = Vertx.vertx();
    private final KnownIncarnation incarnations = new KnownIncarnation();
    private RedisServer server;
    private RedisEventLog log;
    private Redis admin;

    @BeforeEach
    void start() {
        server = RedisServer.start();
        admin = Redis.createClient(vertx, "redis://127.0.0.1:" + server.port());
        log = new RedisEventLog(
                vertx, RedisConfig.local(server.port()), LogBounds.DEFAULT, InstantSource.system(), incarnations);
        await(log.start());
        var incarnation = new Incarnation(UUID.randomUUID());
        await(log.open(incarnation));
        await(incarnations.expect(incarnation));
        await(log.bind(INBOX, Set.of(STREAM)));
    }

    @AfterEach
    void stop() {
        await(log.close());
        admin.close();
        server.close();
        await(vertx.close());
    }

    @Test
    void keepsEveryAcknowledgedEventThroughAKillUnderLoad() {
        List<String> acknowledged = new ArrayList<>();
        List<Future<List<Appended>>> underWay = IntStream.range(0, 2_000)
                .mapToObj(n -> log.append(STREAM, List.of(event("e-" + n))).onSuccess(done -> {
                    if (n == 500) {
                        server.kill();
                    }
                }))
                .toList();
        await(Future.join(underWay).otherwiseEmpty());
        underWay.stream()
                .filter(Future::succeeded)
                .forEach(done -> acknowledged.add(done.result().getFirst().id().value()));

        server.restart();
        assertThat(acknowledged).hasSizeBetween(500, 2_000);
        assertThat(ids(readWhenBack())).containsAll(acknowledged);
        assertThat(await(log.incarnation())).isPresent();
        await(log.append(STREAM, List.of(event("after"))));
        assertThat(ids(readWhenBack())).as("bindings survive").contains("after");
    }

    @Test
    void saysWhichDependencyIsDownAndFailsAtOnce() {
        server.kill();
        assertProblem(ProblemType.DEPENDENCY_DOWN, () -> await(log.append(STREAM, List.of(event("1")))));
        assertProblem(
                ProblemType.DEPENDENCY_DOWN, () -> await(log.read(INBOX, Position.START, 1, Duration.ofSeconds(9))));
        assertProblem(ProblemType.DEPENDENCY_DOWN, () -> await(log.durability()));
    }

    @Test
    void failsAWaitingReadWhenTheServerDies() {
        Future<List<LogEntry>> reading = log.read(INBOX, Position.START, 1, Duration.ofSeconds(20));
        await(log.append(InboxId.of(new ActivationId(2)), new InboxMessage.Tick(Instant.EPOCH)));
        server.kill();
        assertProblem(ProblemType.DEPENDENCY_DOWN, () -> await(reading));
    }

    @Test
    void takesNothingIntoALogThatForgotEverythingUntilANewIncarnationIsOpen() {
        await(log.append(STREAM, List.of(event("1"))));
        redis("FLUSHALL");

        assertProblem(ProblemType.LOG_LOST, () -> await(log.append(STREAM, List.of(event("2")))));
        assertProblem(ProblemType.LOG_LOST, () -> await(log.read(INBOX, Position.START, 1, Duration.ZERO)));
        assertProblem(ProblemType.LOG_LOST, () -> await(log.bind(INBOX, Set.of(STREAM))));
        assertThat(redis("DBSIZE")).as("nothing was written").isEqualTo("0");

        var next = new Incarnation(UUID.randomUUID());
        await(incarnations.expect(next));
        await(log.open(next));
        await(log.append(STREAM, List.of(event("3"))));
    }

    @Test
    void givesAWaitingReaderNothingOfAnotherLog() {
        Future<List<LogEntry>> reading = log.read(INBOX, Position.START, 10, Duration.ofSeconds(20));
        redis("FLUSHALL");
        var other = new RedisEventLog(
                vertx, RedisConfig.local(server.port()), LogBounds.DEFAULT, InstantSource.system(), incarnations);
        await(other.start());
        await(other.open(new Incarnation(UUID.randomUUID())));
        await(other.bind(INBOX, Set.of(STREAM)));
        await(other.append(STREAM, List.of(event("foreign"))));

        assertProblem(ProblemType.LOG_LOST, () -> await(reading));
        await(other.close());
    }

    @Test
    void learnsOfAnIncarnationThatAnotherProcessOpened() {
        redis("FLUSHALL");
        assertProblem(ProblemType.LOG_LOST, () -> await(log.append(STREAM, List.of(event("1")))));

        var next = new Incarnation(UUID.randomUUID());
        redis("SET", "reflexarc:incarnation", next.toString());
        await(incarnations.expect(next));

        await(log.append(STREAM, List.of(event("2"))));
    }

    @Test
    void loadsItsScriptsAgainWhenTheServerForgotThem() {
        redis("SCRIPT", "FLUSH");
        await(log.append(STREAM, List.of(event("1"))));
        assertThat(ids(readWhenBack())).containsExactly("1");
    }

    @Test
    void isStrictOnlyWhenEveryWriteIsSyncedAndNothingIsEvicted() {
        assertThat(await(log.durability())).isEqualTo(Durability.STRICT);
        for (List<String> weakened : List.of(
                List.of("appendfsync", "everysec", "always"),
                List.of("no-appendfsync-on-rewrite", "yes", "no"),
                List.of("appendonly", "no", "yes"))) {
            redis("CONFIG", "SET", weakened.get(0), weakened.get(1));
            RedisSetup setup = await(log.setup());
            assertThat(setup.durability()).isEqualTo(Durability.RELAXED);
            assertThat(setup.warnings()).singleElement().asString().contains(weakened.get(0));
            redis("CONFIG", "SET", weakened.get(0), weakened.get(2));
        }
        redis("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        assertThat(await(log.durability())).as("there is no bound to evict for").isEqualTo(Durability.STRICT);
        redis("CONFIG", "SET", "maxmemory", "100mb");
        assertThat(await(log.setup()).warnings()).singleElement().asString().contains("noeviction");
    }

    @Test
    void refusesEventsWhenTheServerIsOutOfMemory() {
        redis("CONFIG", "SET", "maxmemory", "1");
        assertProblem(ProblemType.LOG_FULL, () -> await(log.append(STREAM, List.of(event("1")))));
        redis("CONFIG", "SET", "maxmemory", "0");
        assertThat(ids(readWhenBack())).isEmpty();
    }

    @Test
    void givesItsPassword() {
        redis("CONFIG", "SET", "requirepass", "s3cret");
        RedisConfig open = RedisConfig.local(server.port());
        var config = new RedisConfig(
                open.host(), open.port(), Optional.empty(), Optional.of(new Secret("s3cret")), false, 0, "reflexarc:");
        var other = new RedisEventLog(vertx, config, LogBounds.DEFAULT, InstantSource.system(), incarnations);
        await(other.start());

        await(other.append(STREAM, List.of(event("1"))));

        assertThat(await(other.find(new EventId("1")))).isPresent();
        await(other.close());
    }

    @Test
    void isRelaxedWhenTheServerKeepsItsConfigurationToItself() {
        redis("ACL", "SETUSER", "managed", "on", ">pw", "~*", "&*", "+@all", "-config");
        RedisConfig open = RedisConfig.local(server.port());
        var config = new RedisConfig(
                open.host(),
                open.port(),
                Optional.of("managed"),
                Optional.of(new Secret("pw")),
                false,
                0,
                "reflexarc:");
        var other = new RedisEventLog(vertx, config, LogBounds.DEFAULT, InstantSource.system(), incarnations);
        await(other.start());

        assertThat(await(other.durability())).isEqualTo(Durability.RELAXED);
        await(other.close());
    }

    private List<LogEntry> readWhenBack() {
        while (true) {
            Future<List<LogEntry>> reading = log.read(INBOX, Position.START, 10_000, Duration.ZERO);
            await(reading.otherwiseEmpty());
            if (reading.succeeded() && await(log.durability().otherwise(Durability.RELAXED)) == Durability.STRICT) {
                return reading.result();
            }
        }
    }

    private String redis(String command, String... arguments) {
        Request request = Request.cmd(Command.create(command));
        for (String argument : arguments) {
            request.arg(argument);
        }
        return await(admin.send(request).map(String::valueOf));
    }

    private static NewEvent event(String id) {
        return new NewEvent(new EventId(id), Instant.EPOCH, List.of(), JsonText.ofString("{\"meta\":{}}"));
    }

    private static List<String> ids(List<LogEntry> entries) {
        return entries.stream()
                .map(entry -> ((LogEntry.Arrived) entry).id().value())
                .toList();
    }

    private static void assertProblem(ProblemType type, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(type));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(1, TimeUnit.MINUTES);
        } catch (TimeoutException e) {
            throw new AssertionError("no answer within a minute", e);
        }
    }
}
