// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.api.TestSite.Answer;
import io.reflexarc.core.account.Role;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuthoringIT {
    private static final String V1 = "/api/eda/v1/";
    private static final String DRAFT = V1 + "rulebooks/1/draft/";

    private final TestSite site = new TestSite();

    @BeforeEach
    void rulebook() {
        site.post(V1 + "rulebooks/", Role.OPERATOR, "{\"name\":\"r\",\"rulesets\":\"- name: a\"}");
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void aDraftIsSavedShownToItsOwnerOnlyAndThrownAway() {
        JsonNode saved = put(Role.OPERATOR, "mine", "").json();

        assertThat(site.get(DRAFT, Role.OPERATOR).json().path("rulesets").asText())
                .isEqualTo("mine");
        assertThat(site.get(DRAFT, Role.ADMIN).json().path("exists").asBoolean())
                .isFalse();
        long revision = saved.path("revision").asLong();
        assertThat(site.delete(DRAFT + "?revision=" + revision, Role.OPERATOR).status())
                .isEqualTo(204);
        assertThat(site.get(DRAFT, Role.OPERATOR).json().path("exists").asBoolean())
                .isFalse();
    }

    @Test
    void aDraftThatWasSavedElsewhereIsNotOverwritten() {
        long seen = put(Role.OPERATOR, "first", "").json().path("revision").asLong();
        put(Role.OPERATOR, "of the other tab", ",\"revision\":" + seen);

        assertThat(put(Role.OPERATOR, "late", ",\"revision\":" + seen).status()).isEqualTo(409);
        assertThat(put(Role.OPERATOR, "later", "").status()).isEqualTo(409);
        assertThat(site.delete(DRAFT + "?revision=" + seen, Role.OPERATOR).status())
                .isEqualTo(409);
        assertThat(site.get(DRAFT, Role.OPERATOR).json().path("rulesets").asText())
                .isEqualTo("of the other tab");
    }

    @Test
    void whoMayNotWriteRulebooksKeepsNoDraft() {
        assertThat(put(Role.VIEWER, "mine", "").status()).isEqualTo(403);
        assertThat(site.get(DRAFT, Role.VIEWER).json().path("exists").asBoolean())
                .isFalse();
    }

    @Test
    void theListSaysWhatIsInARulebookAndWhetherThereIsADraft() {
        put(Role.OPERATOR, "mine", "");

        JsonNode row = site.get(V1 + "rulebooks/summaries/", Role.OPERATOR)
                .json()
                .path("results")
                .path(0);

        assertThat(row.path("rulesets").asInt()).isEqualTo(1);
        assertThat(row.path("errors").asInt()).isPositive();
        assertThat(row.path("draft").asBoolean()).isTrue();
    }

    @Test
    void aTestPlaysGivenEventsAndSaysWhatEachRuleSays() {
        Answer answer = rehearse("\"events\":[{\"payload\":{}},{\"payload\":{}}]");

        assertThat(answer.json().path("events")).hasSize(2);
        assertThat(answer.json()
                        .path("events")
                        .path(1)
                        .path("rules")
                        .path(0)
                        .path("outcome")
                        .asText())
                .isEqualTo("not_fulfilled");
    }

    @Test
    void aTestWithoutEventsWithWrongOnesOrWithUnknownOnesSaysSo() {
        assertThat(rehearse("\"events\":[]").status()).isEqualTo(422);
        assertThat(rehearse("\"events\":[7]")
                        .json()
                        .path("errors")
                        .path(0)
                        .path("pointer")
                        .asText())
                .isEqualTo("events/0");
        assertThat(rehearse("\"event_ids\":[\"gone\"]").status()).isEqualTo(404);
        assertThat(rehearse("\"events\":[" + "{},".repeat(50) + "{}]").status()).isEqualTo(422);
    }

    @Test
    void theSchemaNamesActionsAndTheirArguments() {
        JsonNode schema = site.get(V1 + "schemas/rulebook/", Role.VIEWER).json();

        assertThat(schema.path("$defs").path("action").toString()).contains("run_playbook", "extra_vars", "Prints");
    }

    @Test
    void matchesAreCountedByRule() {
        JsonNode rule = site.get(V1 + "rulebooks/1/matches/", Role.VIEWER)
                .json()
                .path("rules")
                .path(0);

        assertThat(rule.path("matches").asInt()).isEqualTo(3);
        assertThat(rule.path("failed").asInt()).isEqualTo(1);
    }

    private Answer rehearse(String events) {
        return site.post(V1 + "rulebooks/test/", Role.VIEWER, "{\"rulesets\":\"- name: a\"," + events + "}");
    }

    private Answer put(Role role, String text, String revision) {
        String body = "{\"rulesets\":\"" + text + "\",\"base_version\":1" + revision + "}";
        return site.send(site.request(DRAFT, role)
                .header("Content-Type", "application/json")
                .method("PUT", HttpRequest.BodyPublishers.ofString(body)));
    }
}
