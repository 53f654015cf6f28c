// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.api.TestSite.Answer;
import io.reflexarc.core.account.Role;
import io.reflexarc.core.activation.ActivationStatus;
import io.reflexarc.core.activation.Commit;
import io.reflexarc.core.activation.Lease;
import io.reflexarc.core.activation.VersionChange;
import io.reflexarc.core.activation.VersionChange.Fate;
import io.reflexarc.core.activation.VersionChange.RuleChange;
import io.reflexarc.core.activation.VersionChange.State;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.log.LogEntry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VersionsIT {
    private static final String V1 = "/api/eda/v1/";
    private static final ActivationId ID = new ActivationId(1);
    private static final InboxId INBOX = InboxId.of(ID);

    private final TestSite site = new TestSite();

    @AfterEach
    void close() {
        site.close();
    }

    private void make() {
        site.post(V1 + "rulebooks/", Role.OPERATOR, "{\"name\":\"disk\",\"rulesets\":\"- name: one\"}");
        site.post(V1 + "activations/", Role.OPERATOR, "{\"name\":\"disk\",\"rulebook_id\":1}");
    }

    private Lease run() {
        Lease lease = TestSite.wait(site.ports.leases.claim(ID, "p", Duration.ofHours(1)))
                .orElseThrow();
        TestSite.wait(site.ports.activations.status(ID, lease.epoch(), ActivationStatus.RUNNING, ""));
        return lease;
    }

    /** What an engine does: decides all that its inbox holds, from there on. */
    private Position decide(Lease lease, Position from) {
        List<LogEntry> entries = TestSite.wait(site.ports.log.read(INBOX, from, 10, Duration.ZERO));
        Position at = from;
        for (LogEntry entry : entries) {
            Optional<VersionChange> change = entry instanceof LogEntry.Controlled control
                            && control.control() instanceof LogEntry.Control.Version version
                    ? Optional.of(new VersionChange(
                            version.version(),
                            (int) version.version(),
                            entry.position(),
                            State.LIVE,
                            version.by(),
                            entry.stamp(),
                            Optional.of(entry.stamp()),
                            "",
                            List.of(new RuleChange("one", "join", Fate.CHANGED, 1, 0, List.of("e1")))))
                    : Optional.empty();
            TestSite.wait(site.ports.decisions.commit(new Commit(
                    INBOX, lease.epoch(), at, entry.position(), List.of(), List.of(), Optional.empty(), 0, change)));
            at = entry.position();
        }
        return at;
    }

    private Answer publish(String text, int base) {
        return site.post(
                V1 + "rulebooks/1/publish/",
                Role.OPERATOR,
                "{\"rulesets\":\"" + text + "\",\"base_version\":" + base + ",\"message\":\"less noise\"}");
    }

    /** Decides until the answer of a call is there. */
    private Answer during(Lease lease, Position from, Supplier<Answer> call) {
        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(call);
        Position at = from;
        while (!answer.isDone()) {
            at = decide(lease, at);
            TestSite.wait(site.vertx.timer(5));
        }
        return answer.join();
    }

    @Test
    void whatIsPublishedGoesLiveOnAnActivationThatRunsAndTheAnswerSaysWhatWasLost() {
        make();
        Lease lease = run();

        Answer published = during(lease, Position.START, () -> publish("- name: two", 1));

        assertThat(published.status()).isEqualTo(200);
        JsonNode version = published.json().path("version");
        assertThat(version.path("number").asInt()).isEqualTo(2);
        assertThat(version.path("created_by").asText()).isEqualTo("operator");
        assertThat(version.path("message").asText()).isEqualTo("less noise");
        JsonNode change = published.json().path("activations").path(0).path("change");
        assertThat(change.path("state").asText()).isEqualTo("live");
        assertThat(change.path("requested_by").asText()).isEqualTo("operator");
        JsonNode rule = change.path("rules").path(0);
        assertThat(rule.path("fate").asText()).isEqualTo("changed");
        assertThat(rule.path("events").path(0).asText()).isEqualTo("e1");

        JsonNode activation = site.get(V1 + "activations/1/", Role.VIEWER).json();
        assertThat(activation.path("rulebook_version_number").asInt()).isEqualTo(2);
        assertThat(activation.path("follows_rulebook").asBoolean()).isTrue();
        JsonNode versions =
                site.get(V1 + "rulebooks/1/versions/", Role.VIEWER).json().path("results");
        assertThat(versions.path(0).path("number").asInt()).isEqualTo(2);
        assertThat(versions.path(0).path("activations").path(0).path("name").asText())
                .isEqualTo("disk");
        assertThat(versions.path(1).path("activations")).isEmpty();
        assertThat(site.get(V1 + "rulebooks/1/versions/1/", Role.VIEWER)
                        .json()
                        .path("rulesets")
                        .asText())
                .isEqualTo("- name: one");
        JsonNode audit =
                site.get(V1 + "changes/", Role.AUDITOR).json().path("results").path(0);
        assertThat(audit.path("verb").asText()).isEqualTo("publish");
        assertThat(audit.path("user").asText()).isEqualTo("operator");
    }

    @Test
    void anOlderVersionIsPutBackAndTheHistoryKeepsBoth() {
        make();
        Lease lease = run();
        during(lease, Position.START, () -> publish("- name: two", 1));
        Position at = TestSite.wait(site.ports.decisions.progress(INBOX)).position();

        Answer back =
                during(lease, at, () -> site.post(V1 + "activations/1/version/", Role.OPERATOR, "{\"number\":1}"));

        assertThat(back.json().path("state").asText()).isEqualTo("live");
        assertThat(back.json().path("number").asInt()).isEqualTo(1);
        JsonNode history =
                site.get(V1 + "activations/1/versions/", Role.VIEWER).json().path("results");
        assertThat(history).extracting(one -> one.path("number").asInt()).containsExactly(1, 2, 1);
    }

    @Test
    void whoWasNotFirstIsToldAndNothingIsMade() {
        make();
        publish("- name: two", 1);

        Answer late = publish("- name: three", 1);

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.text()).contains("version 2 was made since version 1");
        assertThat(site.get(V1 + "rulebooks/1/versions/", Role.VIEWER)
                        .json()
                        .path("count")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void aTextThatCannotRunIsRefused() {
        make();

        assertThat(publish("broken", 1).status()).isEqualTo(422);
        assertThat(site.get(V1 + "rulebooks/1/versions/", Role.VIEWER)
                        .json()
                        .path("count")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void whatHasNeverDecidedBeginsWithTheNewVersionAndWhatIsPinnedStays() {
        make();
        site.post(V1 + "activations/", Role.OPERATOR, "{\"name\":\"pinned\",\"rulebook_id\":1,\"rulebook_version\":1}");

        Answer published = publish("- name: two", 1);

        JsonNode to = published.json().path("activations");
        assertThat(to).hasSize(1);
        assertThat(to.path(0).path("name").asText()).isEqualTo("disk");
        assertThat(to.path(0).path("change").path("state").asText()).isEqualTo("live");
        assertThat(site.get(V1 + "activations/2/", Role.VIEWER)
                        .json()
                        .path("rulebook_version_number")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aNamedActivationMustRunTheRulebook() {
        make();

        Answer answer = site.post(
                V1 + "rulebooks/1/publish/",
                Role.OPERATOR,
                "{\"rulesets\":\"- name: two\",\"base_version\":1,\"activations\":[9]}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("activation 9 does not run this rulebook");
        assertThat(site.post(V1 + "activations/1/version/", Role.OPERATOR, "{\"number\":7}")
                        .status())
                .isEqualTo(404);
    }
}
