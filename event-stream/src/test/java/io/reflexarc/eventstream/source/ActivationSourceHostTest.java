// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.action.Resources;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.live.InMemoryLiveFeed;
import io.reflexarc.core.live.LiveUpdate;
import io.reflexarc.core.log.InMemoryEventLog;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.core.source.FilterCatalogue;
import io.reflexarc.core.source.PluginPath;
import io.reflexarc.core.source.PreparedSource;
import io.reflexarc.core.source.Source;
import io.reflexarc.core.source.SourceCatalogue;
import io.reflexarc.core.source.SourceEvent;
import io.reflexarc.core.source.SourceHost;
import io.reflexarc.core.source.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ActivationSourceHostTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final ActivationId ACTIVATION = new ActivationId(7);
    private static final StreamId STREAM = StreamId.ofSources(ACTIVATION, "rules");

    private final VirtualTime time = new VirtualTime(BEGIN);
    private final InMemoryEventLog log =
            new InMemoryEventLog(time, (delay, work) -> {}, InMemoryEventLog.Bounds.DEFAULT);
    private final InMemoryLiveFeed feed = new InMemoryLiveFeed(Runnable::run);
    private final SourceHost host = new ActivationSourceHost(
            new SourceCatalogue(List.of(), PluginPath.NONE),
            new FilterCatalogue(List.of(), PluginPath.NONE),
            new SourceWorld(
                    time, ZoneOffset.UTC, new Random(1), Map.of(), Path.of(""), true, Resources.NONE, value -> {}),
            log,
            new SourceReports("test", feed, time));

    private SourceHost.Hosted start(Source source) {
        log.open(new Incarnation(new UUID(1, 2))).await();
        log.bind(InboxId.of(ACTIVATION), Set.of(STREAM)).await();
        PreparedSource prepared = new PreparedSource("label", "type", source, List.of());
        return host.start(ACTIVATION, 3, List.of(new SourceHost.Wanted(STREAM, "seven: label", "rules/0", prepared)));
    }

    private List<LogEntry> entries() {
        return log.read(InboxId.of(ACTIVATION), Position.START, 10, Duration.ZERO)
                .await();
    }

    @Test
    void aSourceThatFailsStartsAgainAfterGrowingWaitsAndRepeatsNothing() throws InterruptedException {
        List<Long> starts = new ArrayList<>();
        SourceHost.Hosted hosted = start(context -> {
            starts.add(Duration.between(BEGIN, time.instant()).toSeconds());
            context.emit(List.of(SourceEvent.of(Json.mapper().createObjectNode(), "offset-1")));
            if (starts.size() < 4) {
                throw new IllegalStateException("no connection");
            }
            context.awaitStop();
        });
        time.advanceTo(BEGIN.plusSeconds(10));
        // each time it is watched for a second, then follow waits of 1, 2 and 4 seconds
        assertThat(starts).containsExactly(0L, 2L, 5L, 10L);
        assertThat(entries())
                .singleElement()
                .isInstanceOfSatisfying(
                        LogEntry.Arrived.class,
                        entry -> assertThat(entry.epoch()).isEqualTo(3));
        hosted.stop();
    }

    @Test
    void whatASourceBringsIsToldAtOnceAndCountedASecondLater() throws InterruptedException {
        List<LiveUpdate> told = new ArrayList<>();
        feed.subscribe(told::add).await();
        SourceHost.Hosted hosted = start(context -> {
            ObjectNode body = Json.mapper().createObjectNode().put("name", "disk full");
            context.emit(List.of(SourceEvent.of(body, "offset-1")));
            context.emit(List.of(SourceEvent.of(body, "offset-1")));
        });
        time.advanceTo(BEGIN);
        assertThat(told).singleElement().isInstanceOfSatisfying(LiveUpdate.EventArrived.class, arrived -> {
            assertThat(arrived.stream()).isEqualTo(STREAM);
            assertThat(arrived.streamName()).isEqualTo("seven: label");
            assertThat(arrived.subject()).isEqualTo("disk full");
        });
        time.advanceTo(BEGIN.plusSeconds(1));
        assertThat(told)
                .last()
                .isInstanceOfSatisfying(
                        LiveUpdate.Counted.class,
                        counted -> assertThat(counted.counts()).containsExactly(Map.entry("events/seven: label", 1L)));
        hosted.stop();
    }

    @Test
    void whatAilsASourceIsSaid() throws InterruptedException {
        SourceHost.Hosted hosted = start(context -> {
            throw new IllegalStateException("no connection");
        });
        assertThat(hosted.remark()).isEmpty();
        time.advanceTo(BEGIN.plusSeconds(1));
        assertThat(hosted.remark()).isEqualTo("source label failed and starts again in 1 s: no connection");
        // it has started again and failed at once: it never seems well in between
        time.advanceTo(BEGIN.plusSeconds(2));
        assertThat(hosted.remark()).isEqualTo("source label failed and starts again in 1 s: no connection");
        time.advanceTo(BEGIN.plusSeconds(3));
        assertThat(hosted.remark()).isEqualTo("source label failed and starts again in 2 s: no connection");
        hosted.stop();
    }

    @Test
    void anEndIsSaidToo() throws InterruptedException {
        SourceHost.Hosted hosted = start(context -> {});
        time.advanceTo(BEGIN.plusSeconds(1));
        assertThat(hosted.remark()).isEqualTo("source label has come to its end");
        assertThat(time.next()).isEmpty();
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
}
