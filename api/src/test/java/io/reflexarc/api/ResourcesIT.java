// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.api.TestSite.Answer;
import io.reflexarc.core.account.Role;
import io.reflexarc.core.activation.ActivationLog;
import io.reflexarc.core.activation.SessionMemory;
import io.reflexarc.core.audit.Change;
import io.reflexarc.core.event.Event;
import io.reflexarc.core.event.EventStream;
import io.reflexarc.core.event.Secret;
import io.reflexarc.core.event.StreamCredential;
import io.reflexarc.core.history.FieldStatistic;
import io.reflexarc.core.history.Recorded;
import io.reflexarc.core.history.StreamFields;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.live.LiveUpdate;
import io.reflexarc.core.log.NewEvent;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResourcesIT {
    private static final String V1 = "/api/eda/v1/";

    private final TestSite site = new TestSite();

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void aStreamWithoutASecretGetsOneThatIsShownOnce() {
        Answer created = site.post(
                V1 + "event-streams/", Role.OPERATOR, "{\"name\":\"alerts\",\"event_stream_type\":\"alertmanager\"}");

        assertThat(created.status()).isEqualTo(201);
        JsonNode stream = created.json();
        String secret = stream.path("generated_secret").asText();
        assertThat(secret).hasSizeGreaterThan(40);
        assertThat(stream.path("url").asText())
                .isEqualTo("http://127.0.0.1:8010/event-streams/"
                        + stream.path("uuid").asText());
        assertThat(site.ports.streams.find(1).result().orElseThrow().credential())
                .isInstanceOfSatisfying(
                        StreamCredential.Token.class,
                        token -> assertThat(token.token().reveal()).isEqualTo(secret));
        Answer shown = site.get(V1 + "event-streams/1/", Role.VIEWER);
        assertThat(shown.text()).doesNotContain(secret).contains("******");
        assertThat(shown.json().path("generated_secret").isNull()).isTrue();
    }

    @Test
    void aRotatedSecretIsShownOnceAndTheOldOneStaysGoodForItsGrace() {
        site.post(
                V1 + "event-streams/",
                Role.ADMIN,
                "{\"name\":\"a\",\"credential\":{\"kind\":\"token\",\"header\":\"X-Token\"}}");
        StreamCredential old = stream(1).credential();

        Answer rotated = site.post(V1 + "event-streams/1/rotate/", Role.OPERATOR, "{\"grace_seconds\":60}");

        assertThat(rotated.status()).isEqualTo(200);
        String secret = rotated.json().path("generated_secret").asText();
        assertThat(secret).hasSizeGreaterThan(40);
        assertThat(rotated.json().path("previous_good_until").asText())
                .isEqualTo(site.ports.clock.instant().plusSeconds(60).toString());
        assertThat(stream(1).credential()).isEqualTo(new StreamCredential.Token(new Secret(secret), "X-Token"));
        assertThat(stream(1).previous())
                .contains(
                        new EventStream.Previous(old, site.ports.clock.instant().plusSeconds(60)));
        assertThat(site.get(V1 + "event-streams/1/", Role.VIEWER).text()).doesNotContain(secret);
        assertThat(site.post(V1 + "event-streams/1/rotate/", Role.VIEWER, "{}").status())
                .isEqualTo(403);
        assertThat(site.post(V1 + "event-streams/1/rotate/", Role.ADMIN, "{\"grace_seconds\":-1}")
                        .status())
                .isEqualTo(422);

        site.post(V1 + "event-streams/1/rotate/", Role.ADMIN, "{\"grace_seconds\":0}");
        assertThat(stream(1).previous()).isEmpty();
    }

    private EventStream stream(long id) {
        return site.ports.streams.find(id).result().orElseThrow();
    }

    @Test
    void theLastRequestsOfAStreamAreShownWithTheirVerdictsAndAllAnswersCounted() {
        site.post(V1 + "event-streams/", Role.ADMIN, "{\"name\":\"a\"}");
        Instant at = Instant.parse("2026-11-21T12:00:00Z");
        StreamId uuid = stream(1).uuid();
        for (int n = 0; n < 100; n++) {
            site.ports.feed.publish(new LiveUpdate.RequestSeen(
                    uuid, at.plusSeconds(n), 202, "", 1, Optional.of(new EventId("e" + n)), List.of(), 2, "{}"));
        }
        site.ports.feed.publish(new LiveUpdate.RequestSeen(
                uuid,
                at,
                401,
                "a wrong proof",
                0,
                Optional.empty(),
                List.of(new LiveUpdate.Header("X-Token", "******")),
                5_000,
                "<script>"));
        site.ports.streams.answered(uuid, Map.of(202, 100L, 401, 1L), at);

        JsonNode shown = site.until(
                () -> site.get(V1 + "event-streams/1/requests/", Role.VIEWER).json(),
                answer -> answer.path("requests").path(30).path("status").asInt() == 401);

        assertThat(shown.path("answers").path(1).path("requests").asInt()).isEqualTo(1);
        assertThat(shown.path("requests")).hasSize(31);
        assertThat(shown.path("requests").path(0).path("event_id").asText()).isEqualTo("e99");
        JsonNode refused = shown.path("requests").path(30);
        assertThat(refused.path("reason").asText()).isEqualTo("a wrong proof");
        assertThat(refused.path("body_cut").asBoolean()).isTrue();
        assertThat(refused.path("headers").path(0).path("value").asText()).isEqualTo("******");
    }

    @Test
    void aSearchGoesFromTheLogIntoTheArchiveWithoutGapOrRepeat() {
        site.post(V1 + "event-streams/", Role.ADMIN, "{\"name\":\"a\"}");
        StreamId uuid = stream(1).uuid();
        Instant at = Instant.parse("2026-11-21T12:00:00Z");
        List<Recorded> old = IntStream.range(0, 30)
                .mapToObj(n -> new Recorded(
                        new Position(0, n + 1),
                        new Event(
                                new EventId("old" + n),
                                uuid,
                                at.plusSeconds(n),
                                JsonText.ofString("{\"n\":" + n + "}"))))
                .toList();
        site.ports.archive.write(uuid, Position.START, old.subList(0, 20));
        site.ports.archive.write(uuid, new Position(0, 20), old.subList(20, 30));
        site.ports.log.append(
                uuid,
                IntStream.range(30, 70)
                        .mapToObj(n -> new NewEvent(
                                new EventId("new" + n),
                                at.plusSeconds(n),
                                List.of(),
                                JsonText.ofString("{\"n\":" + n + "}")))
                        .toList());

        List<String> found = new ArrayList<>();
        Optional<String> after = Optional.of("");
        while (after.isPresent()) {
            JsonNode part = site.get(
                            V1 + "events/?page_size=7"
                                    + after.filter(text -> !text.isEmpty())
                                            .map(text -> "&after=" + text)
                                            .orElse(""),
                            Role.VIEWER)
                    .json();
            part.path("results").forEach(row -> found.add(row.path("id").asText()));
            after = Optional.ofNullable(part.path("next").textValue());
        }

        List<String> all = IntStream.range(0, 70)
                .mapToObj(n -> (n < 30 ? "old" : "new") + n)
                .toList();
        assertThat(found).containsExactlyElementsOf(all.reversed());
        JsonNode shown = site.get(V1 + "events/old7/", Role.VIEWER).json();
        assertThat(shown.path("event_stream_name").asText()).isEqualTo("a");
        assertThat(shown.path("body").path("n").asInt()).isEqualTo(7);
        JsonNode history =
                site.get(V1 + "event-streams/1/history/", Role.VIEWER).json();
        assertThat(history.path("archived_events").asInt()).isEqualTo(30);
        assertThat(history.path("live_events").asInt()).isEqualTo(40);
    }

    @Test
    void theFieldsOfAStreamAreListedWithTheirShareAndSamples() {
        site.post(V1 + "event-streams/", Role.OPERATOR, "{\"name\":\"alerts\"}");
        Instant at = Instant.parse("2026-11-21T12:00:00Z");
        var sample = new FieldStatistic.Sample(JsonText.of("critical"), 2);
        site.ports.fields.put(
                site.ports.streams.find(1).result().orElseThrow().uuid(),
                new StreamFields(
                        new Position(1, 0),
                        4,
                        List.of(
                                new FieldStatistic("event.payload.a", Map.of("integer", 1L), 1, List.of(), at, at),
                                new FieldStatistic(
                                        "event.alert.labels.severity",
                                        Map.of("string", 2L, "null", 1L),
                                        3,
                                        List.of(sample),
                                        at,
                                        at))));

        JsonNode page = site.get(V1 + "event-streams/1/fields/?page_size=1", Role.VIEWER)
                .json();

        assertThat(page.path("count").asInt()).isEqualTo(2);
        JsonNode field = page.path("results").path(0);
        assertThat(field.path("path").asText()).isEqualTo("event.alert.labels.severity");
        assertThat(field.path("types").toString()).isEqualTo("[\"string\",\"null\"]");
        assertThat(field.path("share").asDouble()).isEqualTo(0.75);
        assertThat(field.path("samples").toString()).isEqualTo("[\"critical\"]");
        assertThat(field.path("counts").toString()).isEqualTo("[2]");
        assertThat(site.get(V1 + "event-streams/1/fields/?path=PAYLOAD", Role.VIEWER)
                        .json()
                        .path("count")
                        .asInt())
                .isEqualTo(1);
        assertThat(site.get(V1 + "event-streams/2/fields/", Role.VIEWER).status())
                .isEqualTo(404);
    }

    @Test
    void aGivenSecretIsNeverShownNorWrittenDown() {
        String secret = "a-secret-that-is-long-enough";
        Answer created = site.post(
                V1 + "event-streams/",
                Role.ADMIN,
                "{\"name\":\"git\",\"event_stream_type\":\"github\",\"credential\":{\"kind\":\"hmac\",\"secret\":\""
                        + secret + "\"}}");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text()).doesNotContain(secret);
        assertThat(created.json().path("credential").path("header").asText()).isEqualTo("X-Hub-Signature-256");
        Answer changes = site.get(V1 + "changes/", Role.AUDITOR);
        assertThat(changes.text()).doesNotContain(secret);
        JsonNode change = changes.json().path("results").path(0);
        assertThat(change.path("verb").asText()).isEqualTo("create");
        assertThat(change.path("kind").asText()).isEqualTo("event_stream");
        assertThat(change.path("object").asText()).isEqualTo("1");
        assertThat(change.path("user").asText()).isEqualTo("admin");
    }

    @Test
    void theMaskSentBackKeepsTheSecretAndALeftOutOneIsMadeAnew() {
        site.post(V1 + "event-streams/", Role.ADMIN, "{\"name\":\"a\"}");
        String first = secret();

        Answer kept = site.patch(
                V1 + "event-streams/1/",
                Role.ADMIN,
                "{\"enabled\":false,\"credential\":{\"kind\":\"token\",\"secret\":\"******\",\"header\":\"X-Token\"}}");

        assertThat(kept.status()).isEqualTo(200);
        assertThat(kept.json().path("enabled").asBoolean()).isFalse();
        assertThat(secret()).isEqualTo(first);
        site.patch(V1 + "event-streams/1/", Role.ADMIN, "{\"credential\":{\"kind\":\"token\"}}");
        assertThat(secret()).isNotEqualTo(first);
    }

    private String secret() {
        return ((StreamCredential.Token)
                        site.ports.streams.find(1).result().orElseThrow().credential())
                .token()
                .reveal();
    }

    @Test
    void listsComeInTheEnvelopeOfEda() {
        for (int i = 0; i < 5; i++) {
            site.post(V1 + "event-streams/", Role.ADMIN, "{\"name\":\"s" + i + "\"}");
        }

        JsonNode page = site.get(V1 + "event-streams/?name=S&page=2&page_size=2", Role.VIEWER)
                .json();

        assertThat(page.path("count").asInt()).isEqualTo(5);
        assertThat(page.path("page").asInt()).isEqualTo(2);
        assertThat(page.path("page_size").asInt()).isEqualTo(2);
        assertThat(page.path("next").asText()).isEqualTo("/api/eda/v1/event-streams/?name=S&page=3&page_size=2");
        assertThat(page.path("previous").asText()).isEqualTo("/api/eda/v1/event-streams/?name=S&page=1&page_size=2");
        assertThat(page.path("results")).hasSize(2);
        assertThat(page.path("results").path(0).path("name").asText()).isEqualTo("s2");
    }

    private void arrived(String... bodies) {
        StreamId stream = site.ports.streams.find(1).result().orElseThrow().uuid();
        for (int i = 0; i < bodies.length; i++) {
            site.ports.log.append(
                    stream,
                    List.of(new NewEvent(
                            new EventId("event-" + i),
                            site.ports.clock.instant().plusSeconds(i),
                            List.of(),
                            JsonText.ofString(bodies[i]))));
        }
    }

    private List<String> ids(String query) {
        return site.get(V1 + "events/" + query, Role.VIEWER)
                .json()
                .path("results")
                .findValuesAsText("id");
    }

    @Test
    void historyIsSearchedByTextConditionTimeAndMatch() {
        site.post(V1 + "event-streams/", Role.ADMIN, "{\"name\":\"alerts\"}");
        arrived("{\"payload\":{\"name\":\"Disk\"}}", "{\"payload\":{\"name\":\"Load \\\"x\\\"\"}}", "{\"payload\":{}}");

        assertThat(ids("")).containsExactly("event-2", "event-1", "event-0");
        assertThat(ids("?text=disk")).containsExactly("event-0");
        assertThat(ids("?text=load%20%22X")).containsExactly("event-1");
        assertThat(ids("?condition=Load")).containsExactly("event-1");
        assertThat(ids("?matched=yes")).isEmpty();
        assertThat(ids("?matched=no")).hasSize(3);
        assertThat(ids("?event_stream_id=7")).isEmpty();
        assertThat(ids("?event_stream_id=1,1")).hasSize(3);
        assertThat(ids("?since=" + site.ports.clock.instant().plusSeconds(2))).containsExactly("event-2");
        assertThat(ids("?until=" + site.ports.clock.instant().plusSeconds(1))).containsExactly("event-0");
        JsonNode row = site.get(V1 + "events/?text=disk", Role.VIEWER)
                .json()
                .path("results")
                .path(0);
        assertThat(row.path("subject").asText()).isEqualTo("Disk");
        assertThat(row.path("event_stream_name").asText()).isEqualTo("alerts");
    }

    @Test
    void historyIsReadInPartsThatMissNothing() {
        site.post(V1 + "event-streams/", Role.ADMIN, "{\"name\":\"alerts\"}");
        arrived("{}", "{}", "{}", "{}", "{}");

        JsonNode first = site.get(V1 + "events/?page_size=2", Role.VIEWER).json();
        assertThat(first.path("results").findValuesAsText("id")).containsExactly("event-4", "event-3");
        String next = first.path("next").asText();
        assertThat(ids("?page_size=2&after=" + next)).containsExactly("event-2", "event-1");
        assertThat(site.get(V1 + "events/?after=nonsense!", Role.VIEWER).status())
                .isEqualTo(422);
    }

    @Test
    void aWrongConditionIsNamedWithItsPlace() {
        Answer refused = site.get(V1 + "events/?condition=event.a%20%3D%3D", Role.VIEWER);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("errors").path(0).path("pointer").asText())
                .isEqualTo("1:10");
    }

    @Test
    void aTaskShowsItsTermsAndItsAttempts() {
        Samples.decision(site.ports.audit);
        JsonNode list = site.get(V1 + "tasks/?state=dead_letter,queued&sort=rule", Role.VIEWER)
                .json();

        assertThat(list.path("count").asInt()).isEqualTo(1);
        JsonNode task = list.path("results").path(0);
        assertThat(task.path("lock_key").asText()).isEqualTo("web-1");
        assertThat(task.path("retry").path("factor").asDouble()).isEqualTo(3);
        JsonNode run = site.get(V1 + "tasks/" + task.path("id").asText() + "/run/", Role.VIEWER)
                .json();
        assertThat(run.path("attempts").path(0).path("message").asText()).isEqualTo("host down");
    }

    @Test
    void pathsWorkWithAndWithoutTheSlashAtTheirEnd() {
        assertThat(site.get("/api/eda/v1/activations", Role.VIEWER).status()).isEqualTo(200);
        assertThat(site.get("/api/eda/v1/activations/", Role.VIEWER).status()).isEqualTo(200);
        assertThat(site.get("/api/eda/v1/activations/7", Role.VIEWER).status()).isEqualTo(404);
    }

    @Test
    void anInvalidRulebookIsRefusedWithItsPlaces() {
        Answer refused = site.post(V1 + "rulebooks/", Role.OPERATOR, "{\"name\":\"r\",\"rulesets\":\"broken\"}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("type").asText()).endsWith("/rulebook-invalid");
        assertThat(refused.json().path("errors").path(0).path("pointer").asText())
                .isEqualTo("3:7");
        JsonNode findings = site.post(V1 + "rulebooks/validate/", Role.VIEWER, "{\"rulesets\":\"- nam: x\"}")
                .json();
        assertThat(findings.path("valid").asBoolean()).isFalse();
        assertThat(findings.path("findings").path(0).path("end_column").asInt()).isEqualTo(6);
        assertThat(findings.path("findings").path(0).path("nearest").asText()).isEqualTo("name");
    }

    @Test
    void anotherTextOfARulebookIsAnotherVersion() {
        JsonNode first = site.post(V1 + "rulebooks/", Role.OPERATOR, "{\"name\":\"r\",\"rulesets\":\"- name: a\"}")
                .json();

        JsonNode second = site.patch(V1 + "rulebooks/1/", Role.OPERATOR, "{\"rulesets\":\"- name: b\"}")
                .json();

        assertThat(second.path("version_number").asInt())
                .isEqualTo(first.path("version_number").asInt() + 1);
        assertThat(second.path("version").asLong())
                .isNotEqualTo(first.path("version").asLong());
    }

    @Test
    void anActivationTellsWhatItRemembersAndWhatWasSaidOfIt() {
        activation();

        ActivationId id = new ActivationId(1);
        assertThat(site.get(V1 + "activations/1/session/", Role.VIEWER).status())
                .isEqualTo(404);
        Instant now = site.ports.clock.instant();
        var ruleset = new SessionMemory.OfRuleset(
                "set",
                1,
                1,
                List.of(new SessionMemory.Counted("say so", true, 3, 2, Optional.of(now))),
                List.of(new SessionMemory.Fact("f", now, JsonText.ofString("{\"up\":true}"))),
                List.of(new SessionMemory.Partial("say so", "e", now, now, "event.a", "waits")),
                List.of(new SessionMemory.Window("say so", now, List.of("event.a"), List.of("event.b"))),
                List.of(new SessionMemory.Throttled("say so", "once_within", "[1]", 1, Optional.empty(), now)));
        site.ports.memories.put(id, new SessionMemory(true, Optional.of(now), now, List.of(ruleset)));
        site.ports
                .lines
                .append(List.of(new ActivationLog.Line(
                        id, now, ActivationLog.Level.WARN, "p", "Owner", "stumbled", "entry=1-0")))
                .await();

        JsonNode memory = site.get(V1 + "activations/1/session/", Role.VIEWER).json();
        JsonNode log =
                site.get(V1 + "activations/1/log/?level=warn", Role.VIEWER).json();

        assertThat(memory.path("live").asBoolean()).isTrue();
        JsonNode shown = memory.path("rulesets").path(0);
        assertThat(shown.path("rules").path(0).path("suppressed").asInt()).isEqualTo(2);
        assertThat(shown.path("facts").path(0).path("body").path("up").asBoolean())
                .isTrue();
        assertThat(shown.path("windows").path(0).path("missing").path(0).asText())
                .isEqualTo("event.b");
        assertThat(log.path("results").path(0).path("message").asText()).isEqualTo("stumbled");
    }

    @Test
    void anActivationIsMadeShownTurnedOffAndOnAndDeleted() {
        activation();

        JsonNode shown = site.get(V1 + "activations/1/", Role.VIEWER).json();
        assertThat(shown.path("rulebook_name").asText()).isEqualTo("r");
        assertThat(shown.path("status").asText()).isEqualTo("pending");
        assertThat(shown.path("restart_policy").asText()).isEqualTo("on-failure");
        assertThat(shown.path("extra_var").asText()).isEqualTo("{\"read_from\":\"limit: 3\"}");
        assertThat(shown.path("source_mappings")
                        .path(0)
                        .path("event_stream_name")
                        .asText())
                .isEqualTo("alerts");
        assertThat(site.post(V1 + "activations/1/disable/", Role.OPERATOR, "").status())
                .isEqualTo(204);
        assertThat(site.get(V1 + "activations/?status=stopped", Role.VIEWER)
                        .json()
                        .path("count")
                        .asInt())
                .isEqualTo(1);
        assertThat(site.post(V1 + "activations/1/restart/", Role.OPERATOR, "").status())
                .isEqualTo(204);
        assertThat(site.get(V1 + "activations/1/", Role.VIEWER)
                        .json()
                        .path("is_enabled")
                        .asBoolean())
                .isTrue();
        assertThat(site.post(V1 + "activations/1/restart/", Role.OPERATOR, "{\"from\":\"then\"}")
                        .status())
                .isEqualTo(422);
        assertThat(site.post(V1 + "activations/1/restart/", Role.OPERATOR, "{\"from\":\"snapshot\"}")
                        .status())
                .as("it is not diverged")
                .isEqualTo(409);
        assertThat(site.post(V1 + "activations/1/restart/", Role.OPERATOR, "{\"from\":\"now\"}")
                        .status())
                .isEqualTo(204);
        assertThat(site.ports
                        .decisions
                        .progress(InboxId.of(new ActivationId(1)))
                        .result()
                        .begin())
                .isGreaterThan(Position.START);
        assertThat(site.delete(V1 + "activations/1/", Role.OPERATOR).status()).isEqualTo(204);
        assertThat(site.get(V1 + "activations/1/", Role.VIEWER).status()).isEqualTo(404);
        assertThat(site.ports.audit.changes.stream().map(change -> change.verb() + " " + change.kind()))
                .containsExactly(
                        "create event_stream",
                        "create rulebook",
                        "create activation",
                        "disable activation",
                        "restart activation",
                        "restart activation",
                        "delete activation");
    }

    private void activation() {
        site.post(V1 + "event-streams/", Role.OPERATOR, "{\"name\":\"alerts\"}");
        site.post(V1 + "rulebooks/", Role.OPERATOR, "{\"name\":\"r\",\"rulesets\":\"- name: a\"}");
        Answer created = site.post(V1 + "activations/", Role.OPERATOR, """
                {"name": "a", "rulebook_id": 1, "extra_var": "limit: 3",
                 "source_mappings": [{"source_name": "in", "event_stream_id": 1}]}""");
        assertThat(created.status()).as(created.text()).isEqualTo(201);
    }

    @Test
    void anActivationOfAMissingRulebookOrStreamIsRefused() {
        Answer noRulebook = site.post(V1 + "activations/", Role.OPERATOR, "{\"name\":\"a\",\"rulebook_id\":9}");
        assertThat(noRulebook.status()).isEqualTo(422);
        assertThat(noRulebook.json().path("errors").path(0).path("pointer").asText())
                .isEqualTo("/rulebook_id");

        site.post(V1 + "rulebooks/", Role.OPERATOR, "{\"name\":\"r\",\"rulesets\":\"- name: a\"}");
        Answer noStream = site.post(
                V1 + "activations/",
                Role.OPERATOR,
                "{\"name\":\"a\",\"rulebook_id\":1,\"source_mappings\":[{\"source_name\":\"x\",\"event_stream_id\":5}]}");
        assertThat(noStream.status()).isEqualTo(422);
        assertThat(noStream.json().path("errors").path(0).path("pointer").asText())
                .isEqualTo("/source_mappings/0/event_stream_id");
    }

    @Test
    void aDecisionShowsEventRuleActionsAttemptsAndOutput() {
        Samples.decision(site.ports.audit);
        site.ports.artifacts.put("outputs/1", Buffer.buffer("all of the output"));

        JsonNode decision = site.get(V1 + "decisions/" + Samples.DECISION + "/", Role.VIEWER)
                .json();
        assertThat(decision.path("decision").path("rule").asText()).isEqualTo("say so");
        assertThat(decision.path("matched")
                        .path(0)
                        .path("body")
                        .path("payload")
                        .path("n")
                        .asInt())
                .isEqualTo(1);
        JsonNode action = decision.path("actions").path(0);
        assertThat(action.path("attempts").path(0).path("worker").asText()).isEqualTo("w1");
        assertThat(action.path("output_complete").asBoolean()).isFalse();
        Answer output = site.get(V1 + "decisions/" + Samples.DECISION + "/actions/0/output/", Role.VIEWER);
        assertThat(output.text()).isEqualTo("all of the output");
        assertThat(output.header("Content-Type")).startsWith("text/plain");
        assertThat(site.get(V1 + "decisions/" + Samples.DECISION + "/actions/3/output/", Role.VIEWER)
                        .status())
                .isEqualTo(404);
        assertThat(site.get(V1 + "decisions/?rule=say%20so", Role.VIEWER)
                        .json()
                        .path("count")
                        .asInt())
                .isEqualTo(1);
        assertThat(site.get(V1 + "audit-rules/", Role.VIEWER)
                        .json()
                        .path("results")
                        .path(0)
                        .path("name")
                        .asText())
                .isEqualTo("say so");
    }

    @Test
    void aDeadLetterIsRetriedOnceAndThenNoDeadLetterAnyMore() {
        Samples.decision(site.ports.audit);
        JsonNode dead = site.get(V1 + "tasks/?state=dead_letter", Role.VIEWER).json();
        String id = dead.path("results").path(0).path("id").asText();

        Answer retried = site.post(V1 + "tasks/" + id + "/retry/", Role.OPERATOR, "");

        assertThat(retried.status()).isEqualTo(202);
        assertThat(retried.json().path("state").asText()).isEqualTo("queued");
        assertThat(site.post(V1 + "tasks/" + id + "/drop/", Role.OPERATOR, "").status())
                .isEqualTo(409);
        assertThat(site.get(V1 + "tasks/" + id + "/", Role.VIEWER)
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("queued");
    }

    @Test
    void aDeadLetterWithOtherArgumentsIsANewTaskLinkedToTheOld() {
        Samples.decision(site.ports.audit);
        String path = V1 + "tasks/" + Samples.TASK + "/";

        Answer wrong = site.post(path + "retry/", Role.OPERATOR, "{\"arguments\":{\"nam\":\"mend.yml\"}}");
        Answer edited = site.post(path + "retry/", Role.OPERATOR, "{\"arguments\":{\"name\":\"mend.yml\"}}");

        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.text()).contains("nam");
        assertThat(edited.status()).isEqualTo(202);
        assertThat(edited.json().path("replaces").asText()).isEqualTo(Samples.TASK.toString());
        assertThat(edited.json().path("arguments").path("name").asText()).isEqualTo("mend.yml");
        JsonNode old = site.get(path, Role.VIEWER).json();
        assertThat(old.path("state").asText()).isEqualTo("dropped");
        assertThat(old.path("replaced_by").asText())
                .isEqualTo(edited.json().path("id").asText());
    }

    @Test
    void aTaskIsCancelledByWhoMayOperateAndThatIsWrittenDown() {
        Samples.decision(site.ports.audit);
        String path = V1 + "tasks/" + Samples.TASK + "/";
        assertThat(site.post(path + "cancel/", Role.OPERATOR, "").status()).isEqualTo(409);
        site.post(path + "retry/", Role.OPERATOR, "");

        Answer cancelled = site.post(path + "cancel/", Role.OPERATOR, "");

        assertThat(cancelled.status()).isEqualTo(202);
        assertThat(cancelled.json().path("state").asText()).isEqualTo("cancelled");
        assertThat(site.ports.audit.changes).extracting(Change::verb).endsWith("retry", "cancel");
    }

    @Test
    void deadLettersAreChangedByFilterWithinABound() {
        Samples.decision(site.ports.audit);

        Answer other = site.post(V1 + "tasks/retry/", Role.OPERATOR, "{\"rule\":\"another\"}");
        Answer tooMany = site.post(V1 + "tasks/drop/", Role.OPERATOR, "{\"limit\":501}");
        Answer dropped = site.post(V1 + "tasks/drop/", Role.OPERATOR, "{\"rule\":\"say so\",\"limit\":5}");

        assertThat(other.json().path("changed").asInt()).isZero();
        assertThat(tooMany.status()).isEqualTo(422);
        assertThat(dropped.json().path("changed").asInt()).isEqualTo(1);
        assertThat(dropped.json().path("limit").asInt()).isEqualTo(5);
        assertThat(site.ports.audit.changes).extracting(Change::verb).endsWith("retry", "drop");
    }

    @Test
    void anUnmatchedEventSaysWhatEachRuleSaidToIt() {
        activation();
        StreamId stream = site.ports.streams.find(1).result().orElseThrow().uuid();
        EventId id = new EventId("0199-e/1");
        site.ports.log.append(
                stream,
                List.of(new NewEvent(
                        id, site.ports.clock.instant(), List.of(), JsonText.ofString("{\"payload\":{}}"))));

        JsonNode event = site.get(V1 + "events/0199-e%2F1/", Role.VIEWER).json();

        assertThat(event.path("matched").asBoolean()).isFalse();
        assertThat(event.path("event_stream_name").asText()).isEqualTo("alerts");
        JsonNode rule = event.path("explanations").path(0).path("rules").path(0);
        assertThat(rule.path("verdict").asText()).isEqualTo("false");
        assertThat(rule.path("tree").path("parts").path(0).path("actual").asText())
                .isEqualTo("up");
        assertThat(event.path("decisions")).isEmpty();
    }

    @Test
    void anEventThatHistoryHasDroppedIsShownFromItsDecision() {
        Samples.decision(site.ports.audit);

        JsonNode event = site.get(V1 + "events/e1/", Role.VIEWER).json();

        assertThat(event.path("matched").asBoolean()).isTrue();
        assertThat(event.path("body").path("payload").path("n").asInt()).isEqualTo(1);
        assertThat(event.path("received_at").isNull()).isTrue();
        assertThat(event.path("decisions").path(0).path("id").asText()).isEqualTo(Samples.DECISION.toString());
        assertThat(site.get(V1 + "events/" + UUID.randomUUID() + "/", Role.VIEWER)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theSiteSaysItsVersionStatusAndWhoAsks() {
        assertThat(site.get(V1 + "config/", Role.VIEWER).json().path("version").asText())
                .isEqualTo("0.1.0");
        JsonNode status = site.get(V1 + "status/", Role.VIEWER).json();
        assertThat(status.path("open_tasks").path("queued").asInt()).isEqualTo(2);
        assertThat(status.path("durability").asText()).isIn("strict", "relaxed");
        JsonNode me = site.get(V1 + "users/me/", Role.VIEWER).json();
        assertThat(me.path("role").asText()).isEqualTo("viewer");
        assertThat(me.path("permissions"))
                .isNotEmpty()
                .noneMatch(one -> one.asText().startsWith("write:"));
    }
}
