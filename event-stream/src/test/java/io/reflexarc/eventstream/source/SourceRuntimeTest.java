// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.action.Resources;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.InMemoryEventLog;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.core.log.NewEvent;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.source.Filter;
import io.reflexarc.core.source.PreparedSource;
import io.reflexarc.core.source.Source;
import io.reflexarc.core.source.SourceEvent;
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

final class SourceRuntimeTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00.250Z");

    private final VirtualTime time = new VirtualTime(BEGIN);
    private final SourceRuntime runtime = new SourceRuntime(
            new SourceWorld(time, ZoneOffset.UTC, new Random(1), Map.of(), Path.of("."), Resources.NONE, value -> {}));
    private final List<NewEvent> taken = new ArrayList<>();

    private static SourceEvent event(String json) {
        return SourceEvent.of((ObjectNode) json(json));
    }

    private static JsonNode json(String text) {
        return JsonText.ofString(text.replace('\'', '"')).tree();
    }

    private RunningSource run(Source source, Filter... filters) throws InterruptedException {
        RunningSource running =
                runtime.start(new PreparedSource("label", "the.type", source, List.of(filters)), taken::addAll);
        while (time.step()) {
            assertThat(time.instant()).isAfterOrEqualTo(BEGIN);
        }
        return running;
    }

    private List<JsonNode> bodies() {
        return taken.stream().map(event -> event.body().tree()).toList();
    }

    @Test
    void anEventSaysWhereAndWhenItCame() throws InterruptedException {
        RunningSource running = run(context -> context.emit((ObjectNode) json("{'a':1}")));
        assertThat(running.state()).isEqualTo(new SourceState.Ended());
        JsonNode meta = bodies().getFirst().path("meta");
        assertThat(meta.path("source")).isEqualTo(json("{'name':'label','type':'the.type'}"));
        assertThat(meta.path("received_at").textValue()).isEqualTo("2026-01-01T00:00:00.250000Z");
        assertThat(UUID.fromString(meta.path("uuid").textValue()).version()).isEqualTo(4);
        assertThat(taken.getFirst().id().value()).isEqualTo(meta.path("uuid").textValue());
        assertThat(taken.getFirst().receivedAt()).isEqualTo(BEGIN);
    }

    @Test
    void metaInformationThatIsThereStays() throws InterruptedException {
        run(context -> context.emit((ObjectNode) json(
                "{'meta':{'uuid':'mine','received_at':'then','source':{'name':'other','type':'kind','x':1},'k':2}}")));
        assertThat(bodies())
                .containsExactly(
                        json(
                                "{'meta':{'uuid':'mine','received_at':'then','source':{'name':'other','type':'kind','x':1},'k':2}}"));
        assertThat(taken.getFirst().id().value()).isEqualTo("mine");
    }

    @Test
    void aUuidThatCannotBeAnIdentityStaysInTheEventOnly() throws InterruptedException {
        run(context -> context.emit((ObjectNode) json("{'meta':{'uuid':{'a':1}}}")));
        assertThat(bodies().getFirst().at("/meta/uuid/a").intValue()).isEqualTo(1);
        assertThat(UUID.fromString(taken.getFirst().id().value())).isNotNull();
    }

    @Test
    void filtersApplyInOrderAndListsAreFlattened() throws InterruptedException {
        Filter twice = one -> List.of(one.deepCopy().put("part", 0), one.put("part", 1));
        Filter notTheFirst = one -> one.path("part").intValue() == 0 && one.has("drop") ? List.of() : List.of(one);
        Filter count = one -> List.of(one.put("fields", one.size()));
        run(context -> context.emit(List.of(event("{'a':1}"), event("{'drop':1}"))), twice, notTheFirst, count);
        assertThat(bodies().stream()
                        .map(body ->
                                ((ObjectNode) body).without("meta").toString().replace('"', '\'')))
                .containsExactly(
                        "{'a':1,'part':0,'fields':2}", "{'a':1,'part':1,'fields':2}", "{'drop':1,'part':1,'fields':2}");
    }

    @Test
    void whatASourceStumblesOverWhenItIsStoppedIsNoFailure() throws InterruptedException {
        RunningSource running = run(context -> {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemType.DEPENDENCY_DOWN, "the filter was stopped");
        });
        assertThat(running.state()).isEqualTo(new SourceState.Stopped());
    }

    @Test
    void partsOfOneEventHaveKeysOfTheirOwn() throws InterruptedException {
        Filter twice = one -> List.of(one.deepCopy(), one);
        run(
                context -> context.emit(List.of(new SourceEvent(event("{}").body(), java.util.Optional.of("t:0:7")))),
                twice);
        assertThat(taken.stream().map(NewEvent::dedupeKeys)).containsExactly(List.of("t:0:7"), List.of("t:0:7/1"));
    }

    @Test
    void aSourceThatCannotGoOnSaysWhy() throws InterruptedException {
        Filter refusing = one -> {
            throw new ProblemException(ProblemType.INVALID, "no such event, please");
        };
        assertThat(run(context -> context.emit(event("{}").body()), refusing).state())
                .isInstanceOfSatisfying(
                        SourceState.Failed.class,
                        failed -> assertThat(failed.message()).isEqualTo("no such event, please"));
        assertThat(run(context -> context.emit(event("{'meta':[]}").body())).state())
                .isInstanceOfSatisfying(
                        SourceState.Failed.class,
                        failed -> assertThat(failed.message()).contains("a meta that is no mapping"));
        assertThat(run(context -> {
                            throw new IllegalStateException();
                        })
                        .state())
                .isInstanceOfSatisfying(
                        SourceState.Failed.class,
                        failed -> assertThat(failed.message()).isEqualTo("java.lang.IllegalStateException"));
        assertThat(taken).isEmpty();
    }

    @Test
    void aSourceCanBeStopped() throws InterruptedException {
        RunningSource running = runtime.start(
                new PreparedSource("label", "the.type", context -> context.awaitStop(), List.of()), taken::addAll);
        time.step();
        assertThat(running.state()).isEqualTo(new SourceState.Running());
        running.stop();
        assertThat(running.end().await()).isEqualTo(new SourceState.Stopped());
    }

    @Test
    void aFullLogMakesTheSourceWait() throws InterruptedException {
        InMemoryEventLog log = new InMemoryEventLog(time, (delay, work) -> {}, new InMemoryEventLog.Bounds(2, 100));
        log.open(new Incarnation(new UUID(1, 2))).await();
        InboxId inbox = InboxId.of(new ActivationId(1));
        StreamId stream = new StreamId(new UUID(1, 1));
        log.bind(inbox, Set.of(stream)).await();
        runtime.start(
                new PreparedSource(
                        "label",
                        "the.type",
                        context -> {
                            for (int i = 0; i < 3; i++) {
                                context.emit((ObjectNode) json("{'i':" + i + "}"));
                            }
                        },
                        List.of()),
                new LogSink(log, stream, time, (events, appended) -> {}));
        time.advanceTo(BEGIN.plusSeconds(2));
        List<LogEntry> first =
                log.read(inbox, Position.START, 10, Duration.ZERO).await();
        assertThat(first).hasSize(2);
        log.trim(inbox, first.getFirst().position()).await();
        time.advanceTo(BEGIN.plusSeconds(4));
        assertThat(log.read(inbox, first.getLast().position(), 10, Duration.ZERO)
                        .await())
                .singleElement()
                .isInstanceOfSatisfying(
                        LogEntry.Arrived.class,
                        entry -> assertThat(entry.body().tree().path("i").intValue())
                                .isEqualTo(2));
        assertThat(time.next()).isEmpty();
    }
}
