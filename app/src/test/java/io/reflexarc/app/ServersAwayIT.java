// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app;

import static io.reflexarc.app.Client.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.json.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All roles in one process while its servers go away and come back. */
@SuppressWarnings("NullAway.Init")
final class ServersAwayIT {
    private static final long LOOKED_AT_NANOS = 4_000_000_000L;

    /** What some dozen connections need that try again after 50 ms, then 100, and so on; one that spins needs thousands. */
    private static final int MOST_CONNECTS = 400;

    @TempDir
    Path folder;

    private Elsewhere site;
    private Gate redis;
    private Gate postgres;
    private Program program;
    private Client client;
    private JsonNode stream;

    @BeforeEach
    void start() throws Exception {
        site = new Elsewhere(folder);
        redis = site.gateToRedis();
        postgres = site.gateToPostgres();
        program = site.serve("api,live,event-stream,activation,worker,scheduler");
        program.facts();
        client = Client.login(site.url(), "admin", site.createAdmin());
        stream = prepare();
    }

    @AfterEach
    void stop() throws Exception {
        site.close();
    }

    @Test
    void theyComeBackToAProcessThatWaitedQuietlyAndALostLogTakesNothingUntilAnOperatorOpensANewOne() throws Exception {
        decided(accepted());

        int told = warnings().size();
        redis.shut();
        assertRefused(send());
        assertQuiet(redis, told);
        assertRefused(send());
        redis.open();
        decided(accepted());

        told = warnings().size();
        postgres.shut();
        assertThat(send().statusCode()).as("taking events needs the log").isEqualTo(202);
        assertRefused(Client.send(unknown(), "token", "{}"));
        assertQuiet(postgres, told);
        String meanwhile = eventId(send());
        postgres.open();
        decided(meanwhile);
        decided(accepted());

        site.forgetLog();
        for (int i = 0; i < 5; i++) {
            assertRefused(send());
        }
        try (Program command = site.command("log", "--open-new", "--yes")) {
            assertThat(command.exitCode()).as(command.errors()).isZero();
        }
        // Its activation may not be back yet: what is taken waits for it
        decided(accepted());
    }

    /** Watches a while: nobody knocks at the gate without a rest, and nothing is told twice. */
    private void assertQuiet(Gate gate, int told) throws Exception {
        long shut = System.nanoTime();
        eventually(
                "a while with events that are refused or wait",
                () -> {
                    send();
                    return System.nanoTime() - shut;
                },
                passed -> passed > LOOKED_AT_NANOS);
        assertThat(gate.turnedAway()).as("attempts to connect").isBetween(1, MOST_CONNECTS);
        List<String> lines = warnings();
        assertThat(lines.subList(told, lines.size())).isNotEmpty().doesNotHaveDuplicates();
    }

    /** What was logged as a warning or worse, without its time; a machine that is busy says nothing about the outage. */
    private List<String> warnings() throws Exception {
        return program.errors()
                .lines()
                .filter(line -> line.matches("[0-9:.]{12} +(WARN|ERROR) .*") && !line.contains("BlockedThreadChecker"))
                .map(line -> line.substring(13))
                .toList();
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    private HttpResponse<String> send() throws Exception {
        return Client.send(url(), stream.get("generated_secret").asText(), "{\"kind\": \"call\"}");
    }

    private String url() {
        return stream.get("url").asText();
    }

    private String unknown() {
        return url().replaceFirst("[0-9a-f-]{36}", "00000000-0000-0000-0000-000000000001");
    }

    private String accepted() throws Exception {
        return eventId(eventually("an event that is taken", this::send, answer -> answer.statusCode() == 202));
    }

    private static String eventId(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return Json.mapper().readTree(answer.body()).get("event_id").asText();
    }

    private void decided(String event) throws Exception {
        eventually(
                "the decision about " + event,
                () -> Client.succeeds(() -> client.get("/api/eda/v1/events/" + event + "/")
                        .at("/decisions/0/id")
                        .isTextual()),
                found -> found);
    }

    private JsonNode prepare() throws Exception {
        JsonNode made = client.post(
                "/api/eda/v1/event-streams/",
                Map.of("name", "calls", "event_stream_type", "generic", "credential", Map.of("kind", "token")));
        client.activate("calls", """
                - name: Calls
                  hosts: all
                  sources:
                    - name: calls
                      ansible.eda.webhook: {port: 5000}
                  rules:
                    - name: Call
                      condition: event.payload.kind == "call"
                      action:
                        debug:
                """, made);
        return made;
    }
}
