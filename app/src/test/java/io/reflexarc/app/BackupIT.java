// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app;

import static io.reflexarc.app.Client.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.reflexarc.core.json.Json;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The drill: a backup under load, the site goes on and is lost, and a new one is made of the backup. */
final class BackupIT {
    private static final String RULES = """
            - name: Calls
              hosts: all
              sources:
                - name: calls
                  ansible.eda.webhook: {port: 5000}
              rules:
                - name: Call
                  condition: event.payload.n is defined
                  action:
                    http_request:
                      url: http://127.0.0.1:%1$d/{{ event.payload.n }}
                      expected_status: [204]
                      retries: 9
                - name: Pair
                  condition:
                    all:
                      - events.a << event.payload.half == "first"
                      - events.b << event.payload.half == "second"
                  action:
                    http_request:
                      url: http://127.0.0.1:%1$d/pair
                      expected_status: [204]
              execution_strategy: parallel
            """;

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ConcurrentMap<String, Set<String>> keys = new ConcurrentHashMap<>();
    private final ConcurrentMap<Integer, String> accepted = new ConcurrentHashMap<>();
    private HttpServer target;
    private String url = "";
    private String token = "";

    @BeforeEach
    void startTarget() throws Exception {
        target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        target.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        target.createContext("/", exchange -> {
            keys.computeIfAbsent(exchange.getRequestURI().getPath(), path -> ConcurrentHashMap.newKeySet())
                    .add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        target.start();
    }

    @AfterEach
    void stopTarget() {
        target.stop(0);
        http.close();
    }

    @Test
    void whatABackupUnderLoadHoldsIsDecidedOnceByTheSiteThatIsMadeOfIt() throws Exception {
        Path data = folder.resolve("site");
        Path backup = folder.resolve("backup");
        int before;
        try (Program program = up(data)) {
            prepare(program.facts());
            post("half-1", "{\"half\": \"first\"}");
            AtomicBoolean enough = new AtomicBoolean();
            AtomicInteger sent = new AtomicInteger();
            CountDownLatch warm = new CountDownLatch(50);
            Thread load = Thread.ofVirtual().start(() -> {
                while (!enough.get()) {
                    int n = sent.getAndIncrement();
                    accepted.put(n, post("n-" + n, "{\"n\": " + n + "}"));
                    warm.countDown();
                }
            });
            assertThat(warm.await(60, TimeUnit.SECONDS)).isTrue();
            before = accepted.size();
            JsonNode taken = run("backup", backup.toString(), "--data-dir", data.toString(), "--output", "json");
            assertThat(taken.get("entries").asLong()).isPositive();
            int after = accepted.size() + 20;
            eventually("more events", accepted::size, size -> size > after);
            enough.set(true);
            load.join();
            program.kill();
        }

        Path restored = folder.resolve("restored");
        run("restore", backup.toString(), "--data-dir", restored.toString(), "--output", "json");
        try (Program program = up(restored)) {
            JsonNode facts = program.facts();
            Client client = Client.login(facts);
            url = facts.get("event_stream_url").asText() + path(url);
            for (int n = 0; n < before; n++) {
                assertDecidedOnce(client, n);
            }
            assertThat(post("n-0", "{\"n\": 0}")).as("a repeat is known").isEqualTo(accepted.get(0));
            post("half-2", "{\"half\": \"second\"}");
            eventually("the match whose first half is in the backup", () -> keys.containsKey("/pair"), there -> there);
            int last = accepted.size() - 1;
            assertThat(post("n-" + last, "{\"n\": " + last + "}"))
                    .as("what came after the backup is no repeat")
                    .isNotEqualTo(accepted.get(last));
        }
    }

    @Test
    void whatCannotBeRestoredIsRefusedInOneSentence() throws Exception {
        Path data = folder.resolve("site");
        Path backup = folder.resolve("backup");
        try (Program program = Program.up(data)) {
            program.facts();
            program.stop();
        }
        run("backup", backup.toString(), "--data-dir", data.toString(), "--output", "json");

        refused("is not empty", "backup", backup.toString(), "--data-dir", data.toString());
        refused("is not empty", "restore", backup.toString(), "--data-dir", data.toString());
        Path entries = backup.resolve("log/entries.ndjson.gz");
        byte[] right = Files.readAllBytes(entries);
        Files.write(entries, new byte[] {1}, StandardOpenOption.APPEND);
        refused("entries.ndjson.gz is not what was written", "restore", backup.toString());
        Files.write(entries, right);
        Path manifest = backup.resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"format\":1", "\"format\":9"));
        refused("manifest.json was altered", "restore", backup.toString());
        Files.delete(manifest);
        refused("no complete backup", "restore", backup.toString());
    }

    private void refused(String sentence, String... arguments) throws Exception {
        try (Program program = Program.start(Map.of(), arguments)) {
            assertThat(program.exitCode()).as(program.errors()).isEqualTo(1);
            assertThat(program.errors()).contains(sentence);
        }
    }

    private static Program up(Path data) throws Exception {
        return Program.up(data, "--no-demo", "--allow-outbound", "127.0.0.0/8");
    }

    private static JsonNode run(String... arguments) throws Exception {
        try (Program program = Program.start(Map.of(), arguments)) {
            JsonNode said = program.facts();
            assertThat(program.exitCode()).as(program.errors()).isZero();
            return said;
        }
    }

    private void assertDecidedOnce(Client client, int n) throws Exception {
        String id = accepted.get(n);
        JsonNode decisions = eventually(
                "the decision of event " + n,
                () -> client.get("/api/eda/v1/events/" + id + "/").get("decisions"),
                found -> !found.isEmpty());
        assertThat(decisions).as("decisions of event " + n).hasSize(1);
        String decision = "/api/eda/v1/decisions/" + decisions.get(0).get("id").asText() + "/";
        eventually(
                "the action of event " + n,
                () -> client.get(decision).at("/actions/0/state").asText(),
                "succeeded"::equals);
        assertThat(keys.get("/" + n)).as("idempotency keys of event " + n).hasSize(1);
    }

    private String post(String key, String body) {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/json")
                            .header("Idempotency-Key", key)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            return Json.mapper().readTree(answer.body()).get("event_id").asText();
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String path(String streamUrl) {
        return streamUrl.substring(streamUrl.lastIndexOf('/') + 1);
    }

    private void prepare(JsonNode facts) throws Exception {
        Client client = Client.login(facts);
        JsonNode stream = client.post(
                "/api/eda/v1/event-streams/",
                Map.of("name", "calls", "event_stream_type", "generic", "credential", Map.of("kind", "token")));
        String rules = RULES.formatted(target.getAddress().getPort());
        client.activate("calls", rules, stream);
        url = stream.get("url").asText();
        token = stream.get("generated_secret").asText();
    }
}
