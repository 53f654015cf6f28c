// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import static io.reflexarc.store.TestStore.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.artifact.ArtifactStore;
import io.reflexarc.core.event.Event;
import io.reflexarc.core.history.EventArchive;
import io.reflexarc.core.history.FieldValue;
import io.reflexarc.core.history.Recorded;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class EventArchiveIT {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Position TOP = new Position(Long.MAX_VALUE, 0);

    private static final TestStore server = new TestStore();
    private static final Vertx vertx = Vertx.vertx();
    private static final Database database = Store.database(vertx, server.postgres);

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final Objects objects = new Objects();
    private final EventArchive archive = new PostgresEventArchive(database, objects, now::get);
    private final StreamId stream = new StreamId(UUID.randomUUID());

    @AfterAll
    static void close() {
        await(database.close());
        await(vertx.close());
        server.close();
    }

    @Test
    void whatIsWrittenIsReadAgainNewestFirstByteByByte() {
        await(archive.write(stream, Position.START, events(1, 600)));
        await(archive.write(stream, new Position(600, 0), events(601, 650)));

        List<Recorded> read = all(EventArchive.Query.ALL);

        assertThat(read).containsExactlyElementsOf(events(1, 650).reversed());
        assertThat(read.getFirst().event().body().toString()).isEqualTo(body(650));
        EventArchive.ArchiveState state = await(archive.state(stream));
        assertThat(state.end()).isEqualTo(new Position(650, 0));
        assertThat(state.segments()).isEqualTo(2);
        assertThat(state.events()).isEqualTo(650);
        assertThat(state.oldest()).contains(NOON.plusSeconds(1));
        assertThat(state.newest()).contains(NOON.plusSeconds(650));
    }

    @Test
    void aCrashBetweenObjectAndIndexNeitherLosesNorDoubles() {
        await(archive.write(stream, Position.START, events(1, 10)));
        objects.afterPut = Optional.of(new IllegalStateException("the process is gone"));
        assertThatThrownBy(() -> await(archive.write(stream, new Position(10, 0), events(11, 15))))
                .hasMessageContaining("gone");
        objects.afterPut = Optional.empty();
        assertThat(all(EventArchive.Query.ALL)).hasSize(10);

        // Whoever goes on sees more events by now, and makes another segment of them
        await(archive.write(stream, new Position(10, 0), events(11, 20)));

        assertThat(all(EventArchive.Query.ALL))
                .containsExactlyElementsOf(events(1, 20).reversed());
        assertThat(objects.keys).hasSize(3);
        now.set(NOON.plus(Duration.ofDays(365_000)));
        await(archive.dropBefore(Instant.EPOCH));
        assertThat(objects.keys).hasSize(2);
        assertThat(all(EventArchive.Query.ALL)).hasSize(20);
    }

    @Test
    void theSameSegmentIsWrittenAgainAfterACrash() {
        objects.afterPut = Optional.of(new IllegalStateException("the process is gone"));
        assertThatThrownBy(() -> await(archive.write(stream, Position.START, events(1, 5))))
                .hasMessageContaining("gone");
        objects.afterPut = Optional.empty();

        await(archive.write(stream, Position.START, events(1, 5)));

        assertThat(all(EventArchive.Query.ALL)).hasSize(5);
        assertThat(objects.keys).hasSize(1);
    }

    @Test
    void ofTwoThatGoOnFromTheSameEndOneIsRefused() {
        await(archive.write(stream, Position.START, events(1, 10)));

        assertThatThrownBy(() -> await(archive.write(stream, Position.START, events(1, 5))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.CONFLICT));
        assertThatThrownBy(() -> await(archive.write(stream, Position.START, events(1, 10))))
                .isInstanceOf(ProblemException.class);

        assertThat(all(EventArchive.Query.ALL)).hasSize(10);
    }

    @Test
    void whileObjectsCannotBeWrittenTheArchiveStaysAsItWasAndSaysSo() {
        objects.down = true;
        assertThatThrownBy(() -> await(archive.write(stream, Position.START, events(1, 5))))
                .hasMessageContaining("S3 is down");
        await(archive.trouble(stream, Optional.of("S3 is down")));
        await(archive.trouble(stream, Optional.of("S3 is still down")));

        EventArchive.ArchiveState state = await(archive.state(stream));
        assertThat(state.trouble()).contains("S3 is still down");
        assertThat(state.troubleSince()).isPresent();
        assertThat(state.end()).isEqualTo(Position.START);

        objects.down = false;
        await(archive.write(stream, Position.START, events(1, 5)));
        assertThat(await(archive.state(stream)).trouble()).isEmpty();
        assertThat(all(EventArchive.Query.ALL)).hasSize(5);
    }

    @Test
    void theIndexKnowsWhichSegmentsHoldNoWantedEvent() {
        for (int n = 0; n < 10; n++) {
            await(archive.write(stream, new Position(n * 10L, 0), events(n * 10 + 1, n * 10 + 10)));
        }
        objects.reads = 0;

        List<Recorded> name = all(query(new FieldValue(List.of("payload", "name"), "n37")));
        assertThat(name).contains(event(37));
        assertThat(objects.reads).as("segments read").isBetween(1, 4);

        objects.reads = 0;
        assertThat(all(query(new FieldValue(List.of("payload", "n"), "42", false))))
                .contains(event(42));
        assertThat(objects.reads).as("segments read for a number").isBetween(1, 4);

        objects.reads = 0;
        assertThat(all(query(new FieldValue(List.of("payload", "kind"), "even"))))
                .hasSize(100);
        assertThat(all(new EventArchive.Query(
                        Optional.of(NOON.plusSeconds(45)), Optional.of(NOON.plusSeconds(55)), List.of())))
                .containsAll(events(45, 54))
                .hasSize(20);
    }

    @Test
    void anEventIsFoundByItsIdWhateverItLooksLike() {
        await(archive.write(stream, Position.START, events(1, 1_200)));

        assertThat(await(archive.find(new EventId(stream + " 7")))).contains(event(7));
        assertThat(await(archive.find(new EventId("nobody's")))).isEmpty();
    }

    @Test
    void whatIsOldIsDroppedWithItsObject() {
        await(archive.write(stream, Position.START, events(1, 10)));
        await(archive.write(stream, new Position(10, 0), events(11, 20)));

        await(archive.dropBefore(NOON.plusSeconds(15)));

        assertThat(all(EventArchive.Query.ALL))
                .containsExactlyElementsOf(events(11, 20).reversed());
        assertThat(objects.keys).hasSize(1);
        assertThat(await(archive.state(stream)).end()).isEqualTo(new Position(20, 0));
    }

    private static EventArchive.Query query(FieldValue required) {
        return new EventArchive.Query(Optional.empty(), Optional.empty(), List.of(required));
    }

    /** Walks through the archive as a search does. */
    private List<Recorded> all(EventArchive.Query query) {
        List<Recorded> found = new ArrayList<>();
        Optional<Position> before = Optional.of(TOP);
        while (before.isPresent()) {
            EventArchive.Step step = await(archive.next(stream, before.get(), query));
            before = step.before();
            if (step.segment().isPresent()) {
                Position place = found.isEmpty() ? TOP : found.getLast().position();
                List<Recorded> part;
                do {
                    part = await(archive.read(stream, step.segment().get(), place));
                    found.addAll(part);
                    place = part.isEmpty() ? place : part.getLast().position();
                } while (!part.isEmpty());
            }
        }
        return found;
    }

    private List<Recorded> events(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(this::event).toList();
    }

    private Recorded event(int n) {
        return new Recorded(
                new Position(n, 0),
                new Event(new EventId(stream + " " + n), stream, NOON.plusSeconds(n), JsonText.ofString(body(n))));
    }

    private static String body(int n) {
        return "{\"payload\": {\"name\":\"n" + n + "\",\n \"kind\":\"" + (n % 2 == 0 ? "even" : "odd") + "\",\"n\":" + n
                + ",\"x\":1.50}}";
    }

    /** The real store of objects, and what it is to go through. */
    private static final class Objects implements ArtifactStore {
        private final ArtifactStore real = server.store.artifacts();
        private final Set<String> keys = new ConcurrentSkipListSet<>();
        private Optional<RuntimeException> afterPut = Optional.empty();
        private boolean down;
        private int reads;

        @Override
        public Future<Void> put(String key, Buffer content, String contentType) {
            if (down) {
                return Future.failedFuture(new ProblemException(ProblemType.DEPENDENCY_DOWN, "S3 is down"));
            }
            keys.add(key);
            return real.put(key, content, contentType)
                    .compose(done ->
                            afterPut.<Future<Void>>map(Future::failedFuture).orElse(Future.succeededFuture()));
        }

        @Override
        public Future<Optional<Buffer>> get(String key) {
            reads++;
            return real.get(key);
        }

        @Override
        public Future<Void> delete(String key) {
            keys.remove(key);
            return real.delete(key);
        }
    }
}
