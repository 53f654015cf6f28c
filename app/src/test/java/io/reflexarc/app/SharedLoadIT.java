// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app;

import static io.reflexarc.app.Client.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.reflexarc.app.embedded.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes join, leave and die under load: each receives events, runs activations and works on tasks. Every event that was
 * acknowledged is decided exactly once by every activation.
 */
@SuppressWarnings("NullAway.Init")
final class SharedLoadIT {
    private static final String EVERYTHING = "event-stream,activation,worker";
    private static final int ACTIVATIONS = 4;

    @TempDir
    Path folder;

    private final Map<String, Set<String>> keys = new ConcurrentHashMap<>();
    private final List<Integer> ports = new CopyOnWriteArrayList<>();
    private Elsewhere site;
    private HttpServer target;
    private Client client;
    private String path;
    private String token;

    @BeforeEach
    void start() throws Exception {
        site = new Elsewhere(folder);
        target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        target.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        target.createContext("/", exchange -> {
            keys.computeIfAbsent(exchange.getRequestURI().getPath(), unused -> ConcurrentHashMap.newKeySet())
                    .add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        target.start();
    }

    @AfterEach
    void stop() throws Exception {
        target.stop(0);
        site.close();
    }

    private Program join() throws Exception {
        int port = Ports.free();
        Program program = site.serve(EVERYTHING, port);
        program.facts();
        ports.add(port);
        return program;
    }

    @Test
    void whoJoinsTakesItsShareAndWhoLeavesOrDiesLosesAndRepeatsNothing() throws Exception {
        site.serve("api,live,scheduler").facts();
        client = Client.login(site.url(), "admin", site.createAdmin());
        Program first = join();
        prepare();
        try (Sender sender = new Sender()) {
            sender.acknowledged(20);
            Program second = join();
            eventually("the share", site::activationsByProcess, Map.of(first.pid(), 2, second.pid(), 2)::equals);
            sender.acknowledged(20);

            ports.removeFirst();
            first.stop();
            assertThat(first.errors()).doesNotContain("did not stop cleanly");
            eventually("the hand-over", site::activationsByProcess, Map.of(second.pid(), ACTIVATIONS)::equals);
            sender.acknowledged(20);
            everythingIsDone(sender.pause());
            sender.resume();

            Program third = join();
            eventually("the share", site::activationsByProcess, Map.of(second.pid(), 2, third.pid(), 2)::equals);
            second.kill();
            ports.removeFirst();
            eventually("the take-over", site::activationsByProcess, Map.of(third.pid(), ACTIVATIONS)::equals);
            sender.acknowledged(20);
            everythingIsDone(sender.pause());
        }
    }

    /** Each activation has decided each event once, and the target has heard of each with one key. */
    private void everythingIsDone(int events) throws Exception {
        eventually("every call", keys::size, size -> size >= events * ACTIVATIONS);
        assertThat(keys).hasSize(events * ACTIVATIONS);
        assertThat(keys.values()).allMatch(each -> each.size() == 1);
        for (JsonNode activation : client.get("/api/eda/v1/activations/").get("results")) {
            assertThat(activation.get("events_seen_count").asInt()).isEqualTo(events);
            assertThat(activation.get("rules_fired_count").asInt()).isEqualTo(events);
        }
    }

    private void prepare() throws Exception {
        JsonNode stream = client.post(
                "/api/eda/v1/event-streams/",
                Map.of("name", "calls", "event_stream_type", "generic", "credential", Map.of("kind", "token")));
        path = URI.create(stream.get("url").asText()).getPath();
        token = stream.get("generated_secret").asText();
        String text = """
                - name: Calls
                  hosts: all
                  execution_strategy: parallel
                  sources:
                    - name: calls
                      ansible.eda.webhook: {port: 5000}
                  rules:
                    - name: Call
                      condition: event.payload.n is defined
                      action:
                        http_request:
                          url: "http://127.0.0.1:%d/{{ name }}/{{ event.payload.n }}"
                          expected_status: [204]
                          retries: 5
                """.formatted(target.getAddress().getPort());
        JsonNode rulebook = client.post("/api/eda/v1/rulebooks/", Map.of("name", "calls", "rulesets", text));
        for (int i = 0; i < ACTIVATIONS; i++) {
            client.post(
                    "/api/eda/v1/activations/",
                    Map.of(
                            "name",
                            "calls " + i,
                            "rulebook_id",
                            rulebook.get("id").asLong(),
                            "extra_var",
                            Map.of("name", "calls" + i),
                            "source_mappings",
                            List.of(Map.of(
                                    "source_name",
                                    "calls",
                                    "event_stream_id",
                                    stream.get("id").asLong()))));
        }
        eventually(
                "the activations' start",
                () -> client.get("/api/eda/v1/activations/?status=running")
                        .get("count")
                        .asInt(),
                count -> count == ACTIVATIONS);
    }

    /** Sends numbers, each until somebody has acknowledged it. */
    private final class Sender implements AutoCloseable {
        private final HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
        private final AtomicInteger acknowledged = new AtomicInteger();
        private final Thread thread = Thread.ofPlatform().name("sender").unstarted(this::run);
        private volatile boolean paused;
        private volatile boolean resting;
        private volatile boolean over;

        Sender() {
            thread.start();
        }

        void acknowledged(int more) throws Exception {
            int until = acknowledged.get() + more;
            eventually("events acknowledged", acknowledged::get, count -> count >= until);
        }

        /** Sends no more for now; answers how many were acknowledged. */
        int pause() throws Exception {
            resting = false;
            paused = true;
            eventually("a pause", () -> resting, Boolean.TRUE::equals);
            return acknowledged.get();
        }

        void resume() {
            paused = false;
        }

        private void run() {
            int n = 0;
            boolean open = false; // whether one was sent and nobody has said yet that it has it
            try {
                while (!over) {
                    if (paused && !open) {
                        resting = true;
                    } else {
                        open = !send(n);
                        if (!open) {
                            n++;
                            acknowledged.incrementAndGet();
                        }
                    }
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private boolean send(int n) throws InterruptedException {
            for (int port : new ArrayList<>(ports)) {
                HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(10))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", "n" + n)
                        .POST(HttpRequest.BodyPublishers.ofString("{\"n\": " + n + "}"))
                        .build();
                try {
                    if (http.send(request, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 202) {
                        return true;
                    }
                } catch (IOException e) {
                    // It left or died: the next one, with the same key.
                }
            }
            return false;
        }

        @Override
        public void close() {
            over = true;
            http.close(); // after what is under way
        }
    }
}
