// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reflexarc.core.action.Resources;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.log.InMemoryEventLog;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.core.source.FilterCatalogue;
import io.reflexarc.core.source.PluginPath;
import io.reflexarc.core.source.PreparedSource;
import io.reflexarc.core.source.Source;
import io.reflexarc.core.source.SourceCatalogue;
import io.reflexarc.core.source.SourceEvent;
import io.reflexarc.core.source.SourceHost;
import io.reflexarc.core.source.SourceTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ActivationSourceHostTest {
    private static final ActivationId ACTIVATION = new ActivationId(7);
    private static final StreamId STREAM = StreamId.ofSources(ACTIVATION, "rules");

    private final Hurried time = new Hurried();
    private final InMemoryEventLog log =
            new InMemoryEventLog(time, (delay, work) -> {}, InMemoryEventLog.Bounds.DEFAULT);
    private final SourceHost host = new ActivationSourceHost(
            new SourceCatalogue(List.of(), PluginPath.NONE),
            new FilterCatalogue(List.of(), PluginPath.NONE),
            new SourceWorld(
                    time, ZoneOffset.UTC, new Random(1), Map.of(), Path.of(""), true, Resources.NONE, value -> {}),
            log);

    private SourceHost.Hosted start(Source source) {
        log.open(new Incarnation(new UUID(1, 2))).await();
        log.bind(InboxId.of(ACTIVATION), Set.of(STREAM)).await();
        PreparedSource prepared = new PreparedSource("label", "type", source, List.of());
        return host.start(ACTIVATION, 3, List.of(new SourceHost.Wanted(STREAM, "rules/0", prepared)));
    }

    private List<LogEntry> entries() {
        return log.read(InboxId.of(ACTIVATION), Position.START, 10, Duration.ZERO)
                .await();
    }

    @Test
    void aSourceThatFailsStartsAgainAfterGrowingWaitsAndRepeatsNothing() throws InterruptedException {
        AtomicInteger starts = new AtomicInteger();
        CountDownLatch well = new CountDownLatch(1);
        SourceHost.Hosted hosted = start(context -> {
            context.emit(List.of(SourceEvent.of(Json.mapper().createObjectNode(), "offset-1")));
            if (starts.incrementAndGet() < 4) {
                throw new IllegalStateException("no connection");
            }
            well.countDown();
            context.awaitStop();
        });
        assertThat(well.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(time.waits.stream().filter(wait -> wait.toSeconds() > 1).toList())
                .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4));
        assertThat(entries())
                .singleElement()
                .isInstanceOfSatisfying(
                        LogEntry.Arrived.class,
                        entry -> assertThat(entry.epoch()).isEqualTo(3));
        hosted.stop();
    }

    @Test
    void whatAilsASourceIsSaid() throws InterruptedException {
        SourceHost.Hosted hosted = start(context -> {
            throw new IllegalStateException("no connection");
        });
        time.waits.poll(30, TimeUnit.SECONDS);
        time.waits.poll(30, TimeUnit.SECONDS);
        assertThat(hosted.remark())
                .startsWith("source label failed and starts again in")
                .endsWith("no connection");
        hosted.stop();
    }

    @Test
    void anEndIsSaidToo() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        SourceHost.Hosted hosted = start(context -> ended.countDown());
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        while (hosted.remark().isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(hosted.remark()).isEqualTo("source label has come to its end");
    }

    @Test
    void sourcesMayBeKeptToTheirDirectory() {
        SourceWorld free = new SourceWorld(
                time, ZoneOffset.UTC, new Random(1), Map.of(), Path.of("/srv/rules"), Resources.NONE, value -> {});
        SourceWorld kept = new SourceWorld(
                time,
                ZoneOffset.UTC,
                new Random(1),
                Map.of(),
                Path.of("/srv/rules"),
                true,
                Resources.NONE,
                value -> {});
        PreparedSource source = new PreparedSource("label", "type", context -> {}, List.of());
        assertThat(new SourceOutlet(source, free, events -> {}).file("/etc/passwd"))
                .isEqualTo(Path.of("/etc/passwd"));
        SourceOutlet outlet = new SourceOutlet(source, kept, events -> {});
        assertThat(outlet.file("a/b.yml")).isEqualTo(Path.of("/srv/rules/a/b.yml"));
        for (String path : List.of("/etc/passwd", "../other", "a/../../other")) {
            assertThat(catchThrowable(() -> outlet.file(path))).hasMessageContaining("sources may not use " + path);
        }
    }

    /** Time in which every wait is over at once, and written down. */
    private static final class Hurried implements SourceTime {
        private final BlockingQueue<Duration> waits = new LinkedBlockingQueue<>();
        private final CountDownLatch never = new CountDownLatch(1);

        @Override
        public Instant instant() {
            return Instant.EPOCH;
        }

        @Override
        public Thread start(String name, Runnable work) {
            return Thread.ofVirtual().name(name).start(work);
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            waits.add(duration);
        }

        @Override
        public void sleepForever() throws InterruptedException {
            never.await();
        }
    }
}
