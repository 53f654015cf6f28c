// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app;

import static io.reflexarc.app.Client.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.reflexarc.core.json.Json;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The arc with every role as a process of its own against servers that run elsewhere. */
@SuppressWarnings("NullAway.Init")
final class SeparateProcessesIT {
    @TempDir
    Path folder;

    private Elsewhere site;

    @BeforeEach
    void startServers() throws Exception {
        site = new Elsewhere(folder);
    }

    @AfterEach
    void stopAll() throws Exception {
        site.close();
    }

    private Program serve(String roles) throws Exception {
        return site.serve(roles);
    }

    @Test
    void anEventGoesThroughFourProcessesAndAKilledWorkersTaskIsTakenOver() throws Exception {
        Semaphore release = new Semaphore(0);
        List<String> keys = new CopyOnWriteArrayList<>();
        HttpServer target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        target.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        target.createContext("/", exchange -> {
            keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            release.acquireUninterruptibly();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        target.start();
        try {
            Program api = serve("api,live");
            api.facts();
            String password = site.createAdmin();
            serve("event-stream").facts();
            serve("activation").facts();
            Program doomed = serve("worker");
            doomed.facts();
            serve("scheduler").facts();
            Client client = Client.login(site.url(), "admin", password);
            JsonNode stream = prepare(client, target.getAddress().getPort());

            var answer = Client.send(
                    stream.get("url").asText(), stream.get("generated_secret").asText(), "{\"kind\": \"call\"}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            eventually("the first call", () -> keys.size(), count -> count == 1);
            doomed.kill();
            serve("worker").facts();
            eventually("the take-over", () -> keys.size(), count -> count == 2);
            release.release(2);

            String eventId =
                    Json.mapper().readTree(answer.body()).get("event_id").asText();
            JsonNode decision = eventually(
                    "the outcome",
                    () -> client.get("/api/eda/v1/decisions/"
                            + client.get("/api/eda/v1/events/" + eventId + "/")
                                    .at("/decisions/0/id")
                                    .asText() + "/"),
                    found -> found.at("/actions/0/state").asText().equals("succeeded"));
            assertThat(decision.at("/actions/0/attempts")).hasSize(2);
            assertThat(keys)
                    .as("one idempotency key over both attempts")
                    .hasSize(2)
                    .allMatch(keys.getFirst()::equals);
            assertThat(Client.status(site.url() + "/health/ready")).isEqualTo(200);

            try (Program taking =
                    site.command("backup", folder.resolve("backup").toString(), "--output", "json")) {
                JsonNode backup = taking.facts();
                assertThat(backup.get("entries").asLong()).as("%s", backup).isPositive();
                assertThat(backup.get("inboxes")).as("%s", backup).hasSize(1);
            }
            assertThat(folder.resolve("backup/manifest.json")).isNotEmptyFile();
        } finally {
            target.stop(0);
        }
    }

    private JsonNode prepare(Client client, int targetPort) throws Exception {
        JsonNode stream = client.post(
                "/api/eda/v1/event-streams/",
                Map.of("name", "calls", "event_stream_type", "generic", "credential", Map.of("kind", "token")));
        String text = """
                - name: Calls
                  hosts: all
                  sources:
                    - name: calls
                      ansible.eda.webhook: {port: 5000}
                  rules:
                    - name: Call
                      condition: event.payload.kind == "call"
                      action:
                        http_request:
                          url: http://127.0.0.1:%d/
                          expected_status: [204]
                          retries: 3
                """.formatted(targetPort);
        client.activate("calls", text, stream);
        return stream;
    }
}
