// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.api.MutableClock;
import io.reflexarc.core.account.Role;
import io.reflexarc.core.account.User;
import io.reflexarc.core.activation.ActivationStatus;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.live.LiveUpdate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The protocol in virtual time: a test sends, lets the hub flush and reads frames. */
class LiveSessionTest {
    private static final User VIEWER = new User(1, 1, "viewer", Role.VIEWER, "", 1);
    private static final StreamId ALERTS = new StreamId(new UUID(0, 1));

    private final MutableClock clock = new MutableClock();
    private final StoredRows stored = new StoredRows();
    private final LiveHub hub = new LiveHub(stored.activations(), stored.audit(), clock.instant());
    private final Wire wire = new Wire();
    private final LiveSession session = new LiveSession("boot", hub, VIEWER, wire, Runnable::run, clock.instant());

    @Test
    void aSubscriptionBeginsWithASnapshotAndGoesOnWithDeltas() {
        arrive(2);
        send("{'op':'sub','id':7,'ch':'tail'}");
        JsonNode snapshot = wire.take();
        assertThat(snapshot.path("id").asInt()).isEqualTo(7);
        assertThat(snapshot.path("k").asText()).isEqualTo("snap");
        assertThat(snapshot.path("seq").asText()).isEqualTo("boot-2");
        assertThat(snapshot.path("d")).hasSize(2);

        arrive(3);
        flush();

        JsonNode delta = wire.take();
        assertThat(delta.path("k").asText()).isEqualTo("delta");
        assertThat(delta.path("seq").asText()).isEqualTo("boot-5");
        assertThat(delta.path("d")).hasSize(3);
        assertThat(delta.path("dropped").asInt()).isZero();
        flush();
        assertThat(wire.frames).as("nothing new, nothing sent").isEmpty();
    }

    @Test
    void aReconnectGoesOnWhereItWas() {
        arrive(5);

        send("{'op':'sub','id':1,'ch':'tail','since':'boot-3'}");

        JsonNode delta = wire.take();
        assertThat(delta.path("k").asText()).isEqualTo("delta");
        assertThat(delta.path("d")).hasSize(2);
        assertThat(wire.frames).isEmpty();
    }

    @Test
    void whoWasAwayTooLongOrComesFromAnotherLifeGetsAGapAndASnapshot() {
        arrive(2_100);

        for (String since : List.of("boot-3", "other-2099", "boot-9999", "x")) {
            send("{'op':'sub','id':1,'ch':'tail','max':10,'since':'" + since + "'}");

            assertThat(wire.take().path("k").asText()).as(since).isEqualTo("gap");
            JsonNode snapshot = wire.take();
            assertThat(snapshot.path("k").asText()).isEqualTo("snap");
            assertThat(snapshot.path("d")).hasSize(10);
            assertThat(snapshot.path("seq").asText()).isEqualTo("boot-2100");
        }
    }

    @Test
    void tooManyRowsAreSampledAndTheRestIsCounted() {
        send("{'op':'sub','id':1,'ch':'tail'}");
        wire.take();
        arrive(1_000);

        flush();

        JsonNode delta = wire.take();
        assertThat(delta.path("d")).hasSize(50);
        assertThat(delta.path("dropped").asInt()).isEqualTo(950);
        assertThat(delta.path("d").path(49).path("id").asText())
                .as("the newest is among them")
                .isEqualTo("e1000");
        assertThat(delta.path("seq").asText()).isEqualTo("boot-1000");
    }

    @Test
    void aSlowClientIsSkippedThenGetsASampleThenAGap() {
        send("{'op':'sub','id':1,'ch':'tail'}");
        wire.take();
        wire.full = true;
        arrive(300);
        flush();
        assertThat(wire.frames).isEmpty();

        wire.full = false;
        flush();
        assertThat(wire.take().path("dropped").asInt()).isEqualTo(250);

        wire.full = true;
        arrive(5_000);
        flush();
        wire.full = false;
        flush();
        assertThat(wire.take().path("k").asText()).isEqualTo("gap");
        assertThat(wire.take().path("k").asText()).isEqualTo("snap");
    }

    @Test
    void aClientThatIsStuckForHalfAMinuteIsSentAway() {
        wire.full = true;
        flush();
        clock.pass(Duration.ofSeconds(29));
        flush();
        assertThat(wire.closed).isZero();

        clock.pass(Duration.ofSeconds(1));
        flush();

        assertThat(wire.closed).isEqualTo(1013);
    }

    @Test
    void aClientThatDoesNotAnswerPingsIsSentAway() {
        clock.pass(Duration.ofSeconds(50));
        session.ping(clock.instant());
        assertThat(wire.pings).isEqualTo(1);
        session.pong(clock.instant());
        clock.pass(Duration.ofSeconds(50));
        session.ping(clock.instant());
        assertThat(wire.pings).isEqualTo(2);

        clock.pass(Duration.ofSeconds(11));
        session.ping(clock.instant());

        assertThat(wire.closed).isEqualTo(1001);
    }

    @Test
    void aFilterKeepsOtherRowsAway() {
        send("{'op':'sub','id':1,'ch':'tail','filter':{'stream':'git'}}");
        wire.take();

        arrive(3);
        hub.accept(event("g1", "git"), clock.instant());
        flush();

        JsonNode delta = wire.take();
        assertThat(delta.path("d")).hasSize(1);
        assertThat(delta.path("d").path(0).path("id").asText()).isEqualTo("g1");
        assertThat(delta.path("dropped").asInt()).isZero();
    }

    @Test
    void aPausedSubscriptionIsStillUntilItGoesOn() {
        send("{'op':'sub','id':1,'ch':'tail'}");
        wire.take();
        send("{'op':'pause','id':1}");
        arrive(3);
        flush();
        assertThat(wire.frames).isEmpty();

        send("{'op':'resume','id':1}");
        flush();

        assertThat(wire.take().path("d")).hasSize(3);
        send("{'op':'unsub','id':1}");
        arrive(1);
        flush();
        assertThat(wire.frames).isEmpty();
    }

    @Test
    void changesOfOneObjectBecomeOne() {
        send("{'op':'sub','id':1,'ch':'objects'}");
        wire.take();
        for (int i = 1; i <= 40; i++) {
            activation(1, ActivationStatus.RUNNING, i);
        }
        activation(2, ActivationStatus.FAILED, 1);

        flush();

        JsonNode rows = wire.take().path("d");
        assertThat(rows).hasSize(2);
        assertThat(rows.path(0).path("id").asText()).isEqualTo("1");
        assertThat(rows.path(0).path("rev").asInt()).isEqualTo(40);
        assertThat(rows.path(0).path("patch").path("events_seen_count").asInt()).isEqualTo(40);
        assertThat(rows.path(1).path("patch").path("status").asText()).isEqualTo("failed");
    }

    @Test
    void aTickAddsUpWhatAllProcessesCounted() {
        send("{'op':'sub','id':1,'ch':'stats'}");
        assertThat(wire.take().path("d")).isEmpty();
        counted("p1", Map.of("events/alerts", 30L, "decisions", 4L), Map.of("lag/3", 7d, "decision_ms_p95", 20d));
        counted("p1", Map.of("actions/succeeded", 3L), Map.of());
        counted("p2", Map.of("events/alerts", 10L, "actions/succeeded", 1L), Map.of("decision_ms_p95", 35d));
        activation(3, ActivationStatus.RUNNING, 1);
        clock.pass(Duration.ofSeconds(1));

        hub.tick(clock.instant());
        flush();

        JsonNode tick = wire.take().path("d").path(0);
        assertThat(tick.path("events_per_s").path("alerts").asDouble()).isEqualTo(40);
        assertThat(tick.path("decisions_per_s").asDouble()).isEqualTo(4);
        assertThat(tick.path("actions").path("succeeded").asDouble()).isEqualTo(4);
        assertThat(tick.path("lag").path("3").asDouble()).isEqualTo(7);
        assertThat(tick.path("decision_ms").path("p95").asDouble()).isEqualTo(35);
        assertThat(tick.path("activations").path("running").asInt()).isEqualTo(1);
        assertThat(hub.lag(new ActivationId(3))).contains(7L);
    }

    @Test
    void rulesAndSourcesOfOneRulebookAreCountedOverAllProcesses() {
        send("{'op':'sub','id':1,'ch':'counters','filter':{'rulebook_id':'7'}}");
        assertThat(wire.take().path("d")).isEmpty();
        String rule = new LiveUpdate.Part("rule", 7, "set", "say so").counter();
        counted("p1", Map.of(rule, 3L, "decisions", 3L), Map.of());
        counted("p2", Map.of(rule, 2L, new LiveUpdate.Part("rule", 8, "set", "say so").counter(), 9L), Map.of());
        clock.pass(Duration.ofSeconds(1));

        hub.tick(clock.instant());
        flush();

        JsonNode rows = wire.take().path("d");
        assertThat(rows).hasSize(1);
        assertThat(rows.path(0).path("kind").asText()).isEqualTo("rule");
        assertThat(rows.path(0).path("name").asText()).isEqualTo("say so");
        assertThat(rows.path(0).path("count").asInt()).isEqualTo(5);
        clock.pass(Duration.ofSeconds(1));
        hub.tick(clock.instant());
        flush();
        assertThat(wire.frames).as("what did not happen has no row").isEmpty();
    }

    @Test
    void aProcessThatFellSilentTakesItsGaugesWithIt() {
        counted("p1", Map.of(), Map.of("lag/3", 7d));
        clock.pass(Duration.ofSeconds(11));

        hub.tick(clock.instant());

        assertThat(hub.lag(new ActivationId(3))).isEmpty();
    }

    @Test
    void aTickTellsOfRefusedRequestsAndOfProcessesThatFellSilent() {
        send("{'op':'sub','id':1,'ch':'stats'}");
        wire.take();
        counted("engine", Map.of("entries", 0L), Map.of());
        counted("ingress", Map.of("refused/401", 2L), Map.of());
        clock.pass(Duration.ofSeconds(1));
        hub.tick(clock.instant());
        clock.pass(Duration.ofSeconds(20));
        counted("worker", Map.of(), Map.of("tasks_running", 0d));
        hub.tick(clock.instant());
        flush();

        JsonNode ticks = wire.take().path("d");

        assertThat(ticks.path(0).path("refused").path("401").asDouble()).isEqualTo(2);
        assertThat(ticks.path(0).path("silent")).isEmpty();
        assertThat(ticks.path(1).path("refused")).isEmpty();
        assertThat(ticks.path(1).path("silent").path("engine").asInt()).isEqualTo(21);
        assertThat(ticks.path(1).path("silent")).hasSize(1);

        clock.pass(Duration.ofMinutes(2));
        hub.tick(clock.instant());
        flush();
        assertThat(wire.take().path("d").path(0).path("silent").has("engine")).isFalse();
    }

    @Test
    void aQuarterOfAnHourOfTicksIsTheSnapshotOfStats() {
        for (int i = 0; i < 1_000; i++) {
            clock.pass(Duration.ofSeconds(1));
            hub.tick(clock.instant());
        }

        send("{'op':'sub','id':1,'ch':'stats'}");

        assertThat(wire.take().path("d")).hasSize(900);
    }

    @Test
    void aLogGoesOnAfterWhatIsStored() {
        TaskId task = stored.withOutput("line 1\n");
        hub.accept(new LiveUpdate.Printed(task, 1, 0, "line 1\n"), clock.instant());
        hub.accept(new LiveUpdate.Printed(task, 1, 7, "line 2\n"), clock.instant());

        send("{'op':'sub','id':1,'ch':'log:" + task + "'}");
        JsonNode snapshot = wire.take();
        hub.accept(new LiveUpdate.Printed(task, 1, 14, "line 3\n"), clock.instant());
        flush();

        assertThat(snapshot.path("d").findValuesAsText("text")).containsExactly("line 1\n", "line 2\n");
        assertThat(wire.take().path("d").findValuesAsText("text")).containsExactly("line 3\n");
    }

    @Test
    void nothingOfALogIsLeftOutHoweverMuchThereIs() {
        TaskId task = stored.withOutput("");
        send("{'op':'sub','id':1,'ch':'log:" + task + "'}");
        wire.take();
        String line = "x".repeat(10_000);
        for (int i = 0; i < 20; i++) {
            hub.accept(new LiveUpdate.Printed(task, 1, i * 10_000L, line), clock.instant());
        }

        long characters = 0;
        for (int i = 0; i < 7; i++) {
            flush();
            JsonNode frame = wire.take();
            assertThat(frame.path("dropped").asInt()).isZero();
            characters += frame.path("d").findValuesAsText("text").stream()
                    .mapToInt(String::length)
                    .sum();
        }

        assertThat(characters).isEqualTo(200_000);
    }

    @Test
    void wrongRequestsAreRefusedWithoutEndingTheSession() {
        for (String request : List.of(
                "no json",
                "{'op':'fly'}",
                "{'op':'sub','id':1}",
                "{'op':'sub','id':1,'ch':'weather'}",
                "{'op':'sub','id':1,'ch':'log:x'}",
                "{'op':'sub','id':1,'ch':'tail','filter':{'payload':'x'}}",
                "{'op':'pause','id':9}")) {
            send(request);
            JsonNode frame = wire.take();
            assertThat(frame.path("k").asText()).as(request).isEqualTo("err");
            assertThat(frame.path("d").path(0).path("detail").asText()).isNotEmpty();
        }
        assertThat(wire.closed).isZero();
    }

    @Test
    void aFloodOfRequestsOrSubscriptionsIsEnded() {
        for (int i = 1; i <= 50; i++) {
            send("{'op':'sub','id':" + i + ",'ch':'stats'}");
            wire.take();
        }
        send("{'op':'sub','id':51,'ch':'stats'}");
        assertThat(wire.take().path("k").asText()).isEqualTo("err");

        for (int i = 0; i < 50; i++) {
            send("{'op':'pong'}");
        }

        assertThat(wire.closed).isEqualTo(1008);
    }

    private void send(String request) {
        session.receive(request.replace('\'', '"'), clock.instant());
    }

    private void flush() {
        session.flush(clock.instant());
    }

    private int arrived;

    private void arrive(int count) {
        for (int i = 0; i < count; i++) {
            hub.accept(event("e" + ++arrived, "alerts"), clock.instant());
        }
    }

    private LiveUpdate event(String id, String stream) {
        return new LiveUpdate.EventArrived(new EventId(id), ALERTS, stream, clock.instant(), "Disk full", 512);
    }

    private void activation(long id, ActivationStatus status, long seen) {
        hub.accept(
                new LiveUpdate.ActivationChanged(new ActivationId(id), "a" + id, status, "", seen, 0), clock.instant());
    }

    private void counted(String process, Map<String, Long> counts, Map<String, Double> gauges) {
        hub.accept(new LiveUpdate.Counted(process, clock.instant(), counts, gauges), clock.instant());
    }

    /** A client that only listens. */
    private static final class Wire implements Outlet {
        private final List<JsonNode> frames = new ArrayList<>();
        private boolean full;
        private int pings;
        private int closed;

        @Override
        public void send(String frame) {
            frames.add(JsonText.ofString(frame).tree());
        }

        JsonNode take() {
            assertThat(frames).isNotEmpty();
            return frames.removeFirst();
        }

        @Override
        public boolean full() {
            return full;
        }

        @Override
        public void ping() {
            pings++;
        }

        @Override
        public void close(int code, String reason) {
            closed = code;
        }
    }
}
