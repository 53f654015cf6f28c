// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.history.EventArchive;
import io.reflexarc.core.history.InMemoryEventArchive;
import io.reflexarc.core.history.RecordedStream;
import io.reflexarc.core.history.RecordedStreams;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.InMemoryEventLog;
import io.reflexarc.core.log.NewEvent;
import io.vertx.core.Future;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArchiverTest {
    private static final StreamId STREAM = new StreamId(new UUID(0, 1));

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));
    private final InstantSource clock = now::get;
    private final InMemoryEventLog log =
            new InMemoryEventLog(clock, (wait, wake) -> wake.run(), new InMemoryEventLog.Bounds(1, 100_000));
    private final InMemoryEventArchive archive = new InMemoryEventArchive();
    private final AtomicReference<Optional<String>> down = new AtomicReference<>(Optional.empty());
    private int sent;

    @BeforeEach
    void open() {
        log.open(new Incarnation(UUID.randomUUID())).await();
    }

    @Test
    void waitsUntilEnoughHasComeTogetherOrTheOldestHasWaitedLong() {
        Archiver archiver = archiver();
        send(10);
        assertThat(archiver.archive().await()).isZero();

        now.updateAndGet(time -> time.plus(Archiver.LONGEST_WAIT));
        assertThat(archiver.archive().await()).isEqualTo(1);
        assertThat(archiver.archive().await()).isZero();
        assertThat(archived()).hasSize(10);

        send(2 * Archiver.FULL + 7);
        assertThat(archiver.archive().await()).isEqualTo(2);
        assertThat(archived()).hasSize(10 + 2 * Archiver.FULL);
    }

    @Test
    void anotherLeaderGoesOnWhereTheArchiveEnds() {
        send(10);
        now.updateAndGet(time -> time.plus(Archiver.LONGEST_WAIT));
        Archiver first = archiver();
        first.archive().await();
        send(10);
        now.updateAndGet(time -> time.plus(Archiver.LONGEST_WAIT));
        archiver().archive().await();
        send(10);
        now.updateAndGet(time -> time.plus(Archiver.LONGEST_WAIT));

        // The first one wakes up and believes it leads still
        assertThatThrownBy(() -> first.archive().await()).hasMessageContaining("does not end at");
        first.archive().await();

        assertThat(archived()).hasSize(30).doesNotHaveDuplicates();
    }

    @Test
    void whileTheArchiveIsDownNothingIsLostAndItsTroubleIsKnown() {
        Archiver archiver = archiver();
        send(10);
        now.updateAndGet(time -> time.plus(Archiver.LONGEST_WAIT));
        down.set(Optional.of("S3 does not answer"));
        assertThatThrownBy(() -> archiver.archive().await()).hasMessageContaining("S3 does not answer");
        assertThat(archive.state(STREAM).await().trouble()).contains("S3 does not answer");
        send(10);

        down.set(Optional.empty());
        archiver.archive().await();

        assertThat(archived()).hasSize(20);
        assertThat(archive.state(STREAM).await().trouble()).isEmpty();
    }

    private List<String> archived() {
        return segments().stream()
                .flatMap(segment -> archive.read(STREAM, segment, new Position(Long.MAX_VALUE, 0)).await().stream())
                .map(one -> one.event().id().value())
                .toList();
    }

    private List<EventArchive.Segment> segments() {
        List<EventArchive.Segment> all = new ArrayList<>();
        Optional<Position> before = Optional.of(new Position(Long.MAX_VALUE, 0));
        while (before.isPresent()) {
            EventArchive.Step step =
                    archive.next(STREAM, before.get(), EventArchive.Query.ALL).await();
            step.segment().ifPresent(all::add);
            before = step.before();
        }
        return all;
    }

    private void send(int events) {
        List<NewEvent> all = IntStream.range(0, events)
                .mapToObj(n -> new NewEvent(
                        new EventId("e" + sent++), clock.instant(), List.of(), JsonText.ofString("{\"payload\":1}")))
                .toList();
        log.append(STREAM, all).await();
    }

    private Archiver archiver() {
        return new Archiver(streams(), log.history(), mayBeDown(), clock);
    }

    /** The archive, unless it is down. */
    private EventArchive mayBeDown() {
        return (EventArchive) Proxy.newProxyInstance(
                EventArchive.class.getClassLoader(),
                new Class<?>[] {EventArchive.class},
                (proxy, method, arguments) ->
                        method.getName().equals("write") && down.get().isPresent()
                                ? Future.failedFuture(
                                        new IllegalStateException(down.get().get()))
                                : method.invoke(archive, arguments));
    }

    /** One stream that has got what was sent. */
    private RecordedStreams streams() {
        return () -> Future.succeededFuture(
                List.of(new RecordedStream(STREAM, Optional.empty(), "a", sent, Optional.empty(), Set.of())));
    }
}
