// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app;

import static io.reflexarc.app.Client.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.reflexarc.app.embedded.DataDirectory;
import io.reflexarc.app.embedded.EmbeddedServers;
import io.reflexarc.app.embedded.Ports;
import io.reflexarc.core.json.Json;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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
final class SeparateProcessesIT {
    @TempDir
    Path folder;

    private final List<Program> programs = new ArrayList<>();
    private final Vertx vertx = Vertx.vertx();
    private DataDirectory data;
    private EmbeddedServers servers;
    private Map<String, String> environment;
    private int apiPort;
    private int ingressPort;

    @BeforeEach
    void startServers() throws Exception {
        data = DataDirectory.open(folder.resolve("servers"));
        servers = EmbeddedServers.start(vertx, data)
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        apiPort = Ports.free();
        ingressPort = Ports.free();
        data.secret("jwt.key");
        environment = new HashMap<>(Map.of(
                "REFLEXARC_POSTGRES_PORT", Integer.toString(servers.postgresPort()),
                "REFLEXARC_POSTGRES_USER", servers.postgresUser(),
                "REFLEXARC_POSTGRES_DATABASE", servers.postgresUser(),
                "REFLEXARC_POSTGRES_PASSWORD", "file:" + data.file("secrets/postgres"),
                "REFLEXARC_REDIS_PORT", Integer.toString(servers.redisPort()),
                "REFLEXARC_REDIS_PASSWORD", "file:" + data.file("secrets/redis"),
                "REFLEXARC_S3_ENDPOINT", servers.s3Endpoint().toString(),
                "REFLEXARC_S3_ACCESS_KEY", servers.s3AccessKey(),
                "REFLEXARC_S3_SECRET_KEY", "file:" + data.file("secrets/s3")));
        environment.put("REFLEXARC_KEYS_STORE", data.file("secrets/store.key").toString());
        environment.put("REFLEXARC_KEYS_JWT", data.file("secrets/jwt.key").toString());
        environment.put("REFLEXARC_HTTP_PORT", Integer.toString(apiPort));
        environment.put("REFLEXARC_EVENT_STREAM_PORT", Integer.toString(ingressPort));
        environment.put("REFLEXARC_OUTBOUND_ALLOW", "127.0.0.0/8");
    }

    @AfterEach
    void stopAll() throws Exception {
        for (Program program : programs) {
            program.close();
        }
        servers.stop(vertx).toCompletionStage().toCompletableFuture().get();
        data.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    private Program serve(String roles) throws Exception {
        Map<String, String> own = new HashMap<>(environment);
        own.put("REFLEXARC_OPERATIONS_PORT", Integer.toString(Ports.free()));
        Program program = Program.start(own, "serve", "--roles", roles, "--output", "json");
        programs.add(program);
        return program;
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
            String password = createAdmin();
            serve("event-stream").facts();
            serve("activation").facts();
            Program doomed = serve("worker");
            doomed.facts();
            serve("scheduler").facts();
            Client client = Client.login("http://127.0.0.1:" + apiPort, "admin", password);
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
            assertThat(Client.status("http://127.0.0.1:" + apiPort + "/health/ready"))
                    .isEqualTo(200);
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
        JsonNode rulebook = client.post("/api/eda/v1/rulebooks/", Map.of("name", "calls", "rulesets", text));
        JsonNode activation = client.post(
                "/api/eda/v1/activations/",
                Map.of(
                        "name",
                        "calls",
                        "rulebook_id",
                        rulebook.get("id").asLong(),
                        "is_enabled",
                        true,
                        "source_mappings",
                        List.of(Map.of(
                                "source_name",
                                "calls",
                                "event_stream_id",
                                stream.get("id").asLong()))));
        eventually(
                "the activation's start",
                () -> client.get("/api/eda/v1/activations/"
                                + activation.get("id").asLong() + "/")
                        .get("status")
                        .asText(),
                "running"::equals);
        return stream;
    }

    /** As an operator does on a new site: nothing of the configuration is in the file, all of it in the environment. */
    private String createAdmin() throws Exception {
        Path empty = java.nio.file.Files.writeString(folder.resolve("reflexarc.yml"), "{}");
        try (Program program =
                Program.start(environment, "reset-admin", "--config", empty.toString(), "--output", "json")) {
            return program.facts().get("password").asText();
        }
    }
}
