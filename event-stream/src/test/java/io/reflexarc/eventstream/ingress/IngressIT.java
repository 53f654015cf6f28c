// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import static io.reflexarc.eventstream.ingress.IngressRig.assertProblem;
import static io.reflexarc.eventstream.ingress.IngressRig.await;
import static io.reflexarc.eventstream.ingress.IngressRig.ids;
import static io.reflexarc.eventstream.ingress.IngressRig.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.event.Event;
import io.reflexarc.core.event.EventStream;
import io.reflexarc.core.event.Secret;
import io.reflexarc.core.event.StreamCredential;
import io.reflexarc.core.event.StreamType;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.live.LiveUpdate;
import io.reflexarc.eventstream.redis.LogBounds;
import io.reflexarc.eventstream.redis.RedisEventLog;
import io.reflexarc.eventstream.redis.RedisLogs;
import io.reflexarc.testkit.RedisServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ingress over HTTP, on a real Redis. */
class IngressIT {
    private static final Vertx VERTX = Vertx.vertx();
    private static final int INBOX_BOUND = 8;
    private static final String ALERT = """
            {"status":"firing","labels":{"alertname":"HighLoad","instance":"web-1:9100"},"annotations":{},            "startsAt":"2026-11-21T11:59:00Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"f1","value":1.50}""";

    private RedisEventLog log;
    private IngressRig rig;
    private EventStream alerts;
    private EventStream generic;

    @BeforeEach
    void start() {
        log = RedisLogs.open(
                VERTX,
                RedisServer.shared(),
                new LogBounds(INBOX_BOUND, 1 << 24, 100, 1 << 24, Duration.ofHours(1), Duration.ofHours(1)));
        rig = new IngressRig(VERTX, log, IngressRig.config());
        alerts = rig.streams.add(
                "alerts", StreamType.ALERTMANAGER, new StreamCredential.Token(new Secret("t0ken"), "Authorization"));
        generic = rig.streams.add(
                "generic", StreamType.GENERIC, new StreamCredential.Token(new Secret("t0ken"), "X-Token"));
    }

    @AfterEach
    void stop() {
        rig.close();
        await(log.close());
    }

    @AfterAll
    static void close() {
        await(VERTX.close());
    }

    @Test
    void makesOneEventOfEachAlertWithTheSameIdEverywhere() {
        InboxId first = rig.bind(1, alerts);
        InboxId second = rig.bind(2, alerts, generic);
        String other = ALERT.replace("f1", "f2").replace("\"instance\":\"web-1:9100\"", "\"zone\":\"b\"");

        HttpResponse<String> response = rig.post(
                alerts,
                "{\"version\":\"4\",\"alerts\":[" + ALERT + " , " + other + "]}",
                "Authorization",
                "Bearer t0ken",
                "X-Trace",
                "abc");

        List<String> ids = ids(response);
        assertThat(ids).hasSize(2);
        assertThat(json(response).path("event_id").asText()).isEqualTo(ids.getFirst());
        assertThat(rig.events(first)).isEqualTo(rig.events(second));
        JsonNode event = rig.events(first).getFirst();
        assertThat(event.fieldNames()).toIterable().containsExactly("alert", "meta");
        JsonNode meta = event.path("meta");
        assertThat(meta.path("uuid").asText()).isEqualTo(ids.getFirst());
        assertThat(meta.path("endpoint").asText()).isEqualTo("/event-streams/" + alerts.uuid());
        assertThat(meta.path("source")).hasToString("{\"name\":\"alerts\",\"type\":\"alertmanager\"}");
        assertThat(meta.path("received_at").asText()).isEqualTo("2026-11-21T12:00:00.123456Z");
        assertThat(meta.path("hosts")).hasToString("[\"web-1\"]");
        assertThat(meta.path("headers").path("X-Trace").asText()).isEqualTo("abc");
        assertThat(meta.path("headers").toString()).doesNotContain("t0ken").doesNotContainIgnoringCase("authorization");
        assertThat(rig.events(first).get(1).path("meta").path("hosts")).hasToString("[]");
        Event stored = await(log.find(new EventId(ids.getFirst()))).orElseThrow();
        assertThat(stored.body().tree()).isEqualTo(event);
        assertThat(stored.body().toString()).as("the alert's own bytes").contains(ALERT);
    }

    @Test
    void keepsEveryNumberAndTextOfAPayloadAsItCame() {
        String body = "{\"a\":1.10, \"b\":12345678901234567890123, \"c\":\"\\u00e9\\/\",\"\":[1E3]}";

        List<String> ids = ids(rig.post(generic, body, "X-Token", "t0ken"));

        assertThat(await(log.find(new EventId(ids.getFirst())))
                        .orElseThrow()
                        .body()
                        .toString())
                .startsWith("{\"payload\":" + body + ",\"meta\":{")
                .doesNotContain("t0ken");
    }

    @Test
    void answersARepeatedAlertWithItsFirstId() {
        InboxId inbox = rig.bind(1, alerts);
        String group = "{\"alerts\":[" + ALERT + "]}";

        List<String> first = ids(rig.post(alerts, group, "Authorization", "Bearer t0ken"));
        List<String> again = ids(rig.post(alerts, group, "Authorization", "Bearer t0ken"));
        List<String> resolved =
                ids(rig.post(alerts, group.replace("firing", "resolved"), "Authorization", "Bearer t0ken"));

        assertThat(again).isEqualTo(first);
        assertThat(resolved).doesNotContainAnyElementsOf(first);
        assertThat(rig.events(inbox)).hasSize(2);
    }

    @Test
    void makesOneEventOfFiftyParallelRepeats() {
        InboxId inbox = rig.bind(1, generic);

        List<Future<HttpResponse<String>>> all = IntStream.range(0, 50)
                .mapToObj(n -> rig.sendAsync(rig.to(generic)
                        .header("X-Token", "t0ken")
                        .header("Idempotency-Key", "once")
                        .POST(BodyPublishers.ofString("{\"n\":" + n + "}"))))
                .toList();
        await(Future.all(all));

        assertThat(all.stream().map(one -> ids(one.result())).distinct()).hasSize(1);
        assertThat(rig.events(inbox)).hasSize(1);
    }

    @Test
    void repeatsAWholeGroupByItsIdempotencyKey() {
        String group = "{\"alerts\":[{\"a\":1},{\"a\":2}]}";

        List<String> first = ids(rig.post(alerts, group, "Authorization", "Bearer t0ken", "Idempotency-Key", "k"));
        List<String> again = ids(rig.post(alerts, group, "Authorization", "Bearer t0ken", "Idempotency-Key", "k"));

        assertThat(first).hasSize(2).doesNotHaveDuplicates();
        assertThat(again).isEqualTo(first);
    }

    @Test
    void takesAnAlertmanagerBodyWithoutAlerts() {
        InboxId inbox = rig.bind(1, alerts);

        HttpResponse<String> none = rig.post(alerts, "{\"alerts\":[]}", "Authorization", "Bearer t0ken");
        HttpResponse<String> other = rig.post(alerts, "{\"text\":\"x\"}", "Authorization", "Bearer t0ken");

        assertThat(none.statusCode()).isEqualTo(202);
        assertThat(none.body()).isEqualTo("{\"event_id\":null,\"event_ids\":[]}");
        assertThat(ids(other)).hasSize(1);
        assertThat(rig.events(inbox))
                .singleElement()
                .satisfies(event -> assertThat(event.path("payload")).hasToString("{\"text\":\"x\"}"));
    }

    @Test
    void refusesEventsForAFullInboxUntilItIsTrimmed() {
        InboxId inbox = rig.bind(1, generic);
        for (int n = 0; n < INBOX_BOUND; n++) {
            assertThat(rig.post(generic, "{}", "X-Token", "t0ken").statusCode()).isEqualTo(202);
        }

        HttpResponse<String> full = rig.post(generic, "{}", "X-Token", "t0ken");

        assertProblem(full, 503, "log-full");
        assertThat(full.headers().firstValue("retry-after")).isPresent();
        assertThat(rig.events(inbox)).hasSize(INBOX_BOUND);
    }

    @Test
    void answersUnknownMalformedAndDisabledStreamsWith404() {
        rig.streams.disable(generic);

        assertProblem(rig.post(generic, "{}", "X-Token", "t0ken"), 404, "not-found");
        for (String id : List.of(UUID.randomUUID().toString(), "1-1-1-1-1", "x".repeat(36), "%2e%2e")) {
            assertProblem(
                    rig.send(rig.to("/event-streams/" + id).POST(BodyPublishers.ofString("{}"))), 404, "not-found");
        }
        assertProblem(rig.send(rig.to("/elsewhere").GET()), 404, "not-found");
    }

    @Test
    void takesATrailingSlashAndOnlyPost() {
        assertThat(rig.send(rig.to("/event-streams/" + generic.uuid() + "/")
                                .header("X-Token", "t0ken")
                                .POST(BodyPublishers.ofString("1")))
                        .statusCode())
                .isEqualTo(202);

        HttpResponse<String> get = rig.send(rig.to(generic).GET());
        assertProblem(get, 405, "method-not-allowed");
        assertThat(get.headers().firstValue("allow")).contains("POST");
    }

    @Test
    void namesThePlaceWhereABodyIsNotJson() {
        HttpResponse<String> response = rig.post(generic, "{\"a\":\n  oops}", "X-Token", "t0ken");

        assertProblem(response, 400, "bad-request");
        assertThat(json(response).path("detail").asText()).contains("line 2, column");
        assertThat(json(response).path("errors").path(0).path("pointer").asText())
                .startsWith("2:");
    }

    @Test
    void looksAStreamUpOncePerTwoSecondsAndSeesItsChanges() {
        for (int n = 0; n < 5; n++) {
            rig.post(generic, "{}", "X-Token", "t0ken");
            rig.send(rig.to("/event-streams/" + new UUID(0, 0)).POST(BodyPublishers.ofString("{}")));
        }
        assertThat(rig.streams.lookups).hasValue(2);

        rig.streams.disable(generic);
        rig.now.set(IngressRig.NOW.plusSeconds(2));
        assertProblem(rig.post(generic, "{}", "X-Token", "t0ken"), 404, "not-found");
    }

    @Test
    void goesOnForAMinuteWhileTheStoreDoesNotAnswer() {
        assertThat(rig.post(generic, "{}", "X-Token", "t0ken").statusCode()).isEqualTo(202);
        rig.streams.failure.set(Optional.of(new IllegalStateException("down")));

        rig.now.set(IngressRig.NOW.plusSeconds(30));
        assertThat(rig.post(generic, "{}", "X-Token", "t0ken").statusCode()).isEqualTo(202);
        rig.now.set(IngressRig.NOW.plusSeconds(61));
        assertProblem(rig.post(generic, "{}", "X-Token", "t0ken"), 503, "dependency-down");
    }

    @Test
    void asksAStoreThatDoesNotAnswerOnceASecondHoweverMuchIsSent() {
        assertThat(rig.post(generic, "{}", "X-Token", "t0ken").statusCode()).isEqualTo(202);
        rig.streams.failure.set(Optional.of(new IllegalStateException("down")));
        rig.now.set(IngressRig.NOW.plusSeconds(30));
        rig.streams.lookups.set(0);

        for (int i = 0; i < 20; i++) {
            assertThat(rig.post(generic, "{}", "X-Token", "t0ken").statusCode()).isEqualTo(202);
        }
        assertThat(rig.streams.lookups).as("not one for each request").hasValueLessThan(20);

        rig.streams.failure.set(Optional.empty());
        rig.now.set(IngressRig.NOW.plusSeconds(31));
        assertThat(rig.post(generic, "{}", "X-Token", "t0ken").statusCode()).isEqualTo(202);
    }

    @Test
    void tellsTheFeedTheMetersAndTheStream() {
        rig.post(alerts, "{\"alerts\":[" + ALERT + "]}", "Authorization", "Bearer t0ken");
        rig.post(alerts, "{\"alerts\":[" + ALERT + "]}", "Authorization", "Bearer t0ken");
        rig.post(alerts, "{}", "Authorization", "Bearer wrong");
        await(rig.ingress.stop());

        List<LiveUpdate> updates = new ArrayList<>(rig.updates);
        assertThat(updates)
                .filteredOn(LiveUpdate.EventArrived.class::isInstance)
                .singleElement()
                .satisfies(update -> {
                    var arrived = (LiveUpdate.EventArrived) update;
                    assertThat(arrived.subject()).isEqualTo("HighLoad");
                    assertThat(arrived.streamName()).isEqualTo("alerts");
                });
        assertThat(updates.stream()
                        .filter(LiveUpdate.Counted.class::isInstance)
                        .flatMap(update -> ((LiveUpdate.Counted) update).counts().entrySet().stream())
                        .map(entry -> entry.getKey() + "=" + entry.getValue()))
                .containsExactlyInAnyOrder("events/alerts=1", "refused/401=1");
        assertThat(rig.streams.counted).containsEntry(alerts.uuid(), 1L);
        assertThat(rig.meters
                        .counter("reflexarc.events.accepted", "stream", "alerts")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void showsEachRequestWithItsVerdictAndWithoutItsSecret() {
        String body = "{\"text\":\"" + "x".repeat(3_000) + "\"}";
        String id = ids(rig.post(generic, body, "X-Token", "t0ken", "X-Trace", "abc", "X-Other-Secret", "hush"))
                .getFirst();
        rig.post(generic, "{}", "X-Token", "wr0ng");
        rig.post(generic, "{", "X-Token", "t0ken");
        await(rig.ingress.stop());

        List<LiveUpdate.RequestSeen> seen = rig.updates.stream()
                .filter(LiveUpdate.RequestSeen.class::isInstance)
                .map(LiveUpdate.RequestSeen.class::cast)
                .toList();
        assertThat(seen).extracting(LiveUpdate.RequestSeen::status).containsExactly(202, 401, 400);
        assertThat(seen.getFirst().event()).contains(new EventId(id));
        assertThat(seen.getFirst().size()).isEqualTo(body.length());
        assertThat(seen.getFirst().body()).hasSize(RequestTap.SHOWN_BYTES).startsWith("{\"text\":\"xxx");
        assertThat(seen.getFirst().headers())
                .contains(
                        new LiveUpdate.Header("X-Trace", "abc"),
                        new LiveUpdate.Header("X-Token", "******"),
                        new LiveUpdate.Header("X-Other-Secret", "******"));
        assertThat(seen.get(1).reason()).contains("wrong proof", "X-Token");
        assertThat(seen.get(2).reason()).contains("line 1");
        assertThat(seen.toString()).doesNotContain("t0ken", "wr0ng", "hush");
        assertThat(rig.streams.answers)
                .containsEntry(generic.uuid() + " 202", 1L)
                .containsEntry(generic.uuid() + " 401", 1L)
                .containsEntry(generic.uuid() + " 400", 1L);
    }

    @Test
    void showsOnlySomeRequestsOfASecondAndCountsAll() {
        for (int n = 0; n < 2 * RequestTap.SHOWN_PER_SECOND; n++) {
            rig.post(generic, "{", "X-Token", "t0ken");
        }
        await(rig.ingress.stop());

        // A second may have ended in between, so that as many again were shown
        assertThat(rig.updates.stream().filter(LiveUpdate.RequestSeen.class::isInstance))
                .hasSizeBetween(RequestTap.SHOWN_PER_SECOND, 2 * RequestTap.SHOWN_PER_SECOND);
        assertThat(rig.streams.answers).containsEntry(generic.uuid() + " 400", 2L * RequestTap.SHOWN_PER_SECOND);
    }

    @Test
    void takesTheOldSecretUntilItsGraceHasPassed() {
        rig.streams.rotate(
                generic, new StreamCredential.Token(new Secret("n3w"), "X-Token"), IngressRig.NOW.plusSeconds(60));

        assertThat(rig.post(generic, "{}", "X-Token", "n3w").statusCode()).isEqualTo(202);
        assertThat(rig.post(generic, "{}", "X-Token", "t0ken").statusCode()).isEqualTo(202);
        assertProblem(rig.post(generic, "{}", "X-Token", "other"), 401, "unauthenticated");

        rig.now.set(IngressRig.NOW.plusSeconds(60));
        assertThat(rig.post(generic, "{}", "X-Token", "n3w").statusCode()).isEqualTo(202);
        assertProblem(rig.post(generic, "{}", "X-Token", "t0ken"), 401, "unauthenticated");
    }
}
