// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.event.Secret;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.source.SourceTime;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a WebSocket server that plays the other end as it was recorded. */
class WorkerProtocolIT {
    private static final RandomGenerator RANDOM = RandomGenerator.of("L64X128MixRandom");

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Waits waits = new Waits();
    private HttpServer server = vertx.createHttpServer();

    @BeforeEach
    void workload() throws Exception {
        listen(socket -> socket.textMessageHandler(text -> {
            received.add(JsonText.ofString(text).tree());
            for (String message : recorded()) {
                socket.writeTextMessage(message);
            }
        }));
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aWorkerSaysWhoItIsAndHearsWhatToRun() throws Exception {
        try (WorkloadFiles files = WorkloadFiles.create()) {
            Workload workload = WorkloadClient.fetch(vertx, link(Optional.empty()), files, waits, RANDOM);

            assertThat(received.poll(60, TimeUnit.SECONDS))
                    .isEqualTo(json(Map.of("type", "Worker", "activation_id", "42", "activation_instance_id", "42")));
            assertThat(workload.rulebook()).startsWith("- name: rs");
            JsonNode variables = workload.variables().tree();
            assertThat(variables.path("n").asInt()).isEqualTo(7);
            assertThat(variables.path("TOKEN").asText()).isEqualTo("{{ n }}");
            Path file = Path.of(variables.at("/eda/filename/cert").asText());
            assertThat(file).hasContent("pem");
            assertThat(Files.getPosixFilePermissions(file)).hasToString("[OWNER_READ]");
            assertThat(workload.controller().path("url").asText()).isEqualTo("https://c");
            assertThat(workload.passwords()).hasSize(1);
        }
    }

    @Test
    void aRefusedTokenIsRenewedOnce() throws Exception {
        server.close().toCompletionStage().toCompletableFuture().join();
        server = vertx.createHttpServer();
        server.requestHandler(this::renew).webSocketHandshakeHandler(handshake -> {
            if ("Bearer fresh".equals(handshake.headers().get("Authorization"))) {
                handshake.accept();
            } else {
                handshake.reject(403);
            }
        });
        listen(socket -> socket.textMessageHandler(text -> recorded().forEach(socket::writeTextMessage)));

        try (WorkloadFiles files = WorkloadFiles.create()) {
            Workload workload =
                    WorkloadClient.fetch(vertx, link(Optional.of(new Secret("stale"))), files, waits, RANDOM);

            assertThat(workload.rulebook()).isNotEmpty();
            assertThat(waits.slept).isEmpty();
        }
    }

    private void renew(HttpServerRequest request) {
        request.body()
                .onSuccess(body ->
                        request.response().end(body.toString().equals("refresh=r") ? "{\"access\": \"fresh\"}" : "{}"));
    }

    @Test
    void reportsGoOnAfterAConnectionThatBroke() throws Exception {
        server.close().toCompletionStage().toCompletableFuture().join();
        server = vertx.createHttpServer();
        listen(socket -> {
            boolean first = connections.incrementAndGet() == 1;
            socket.textMessageHandler(text -> {
                received.add(JsonText.ofString(text).tree());
                if (first) {
                    socket.close((short) 1011, "broken");
                }
            });
        });

        try (ReportLink link = new ReportLink(vertx, link(Optional.empty()), 50, waits, RANDOM)) {
            link.send(JsonText.of(Map.of("n", 1)));
            assertThat(received.poll(60, TimeUnit.SECONDS)).isEqualTo(json(Map.of("n", 1)));
            waits.slept.poll(60, TimeUnit.SECONDS);
            link.send(JsonText.of(Map.of("n", 2)));

            assertThat(received.poll(60, TimeUnit.SECONDS)).isEqualTo(json(Map.of("n", 2)));
            assertThat(link.failed()).isFalse();
        }
        assertThat(connections).hasValue(2);
    }

    @Test
    void aServerThatIsNotThereYetIsTriedAgain() throws Exception {
        int port = server.actualPort();
        server.close().toCompletionStage().toCompletableFuture().join();

        try (ReportLink link = new ReportLink(vertx, link(Optional.empty()), 50, waits, RANDOM)) {
            link.send(JsonText.of(Map.of("n", 1)));
            assertThat(waits.slept.poll(60, TimeUnit.SECONDS)).isLessThanOrEqualTo(Duration.ofSeconds(5));
            server = vertx.createHttpServer();
            server.webSocketHandler(socket -> socket.textMessageHandler(
                            text -> received.add(JsonText.ofString(text).tree())))
                    .listen(port, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();

            assertThat(received.poll(60, TimeUnit.SECONDS)).isEqualTo(json(Map.of("n", 1)));
        }
    }

    @Test
    void aServerThatRefusesUsIsNotAskedForEver() throws Exception {
        server.close().toCompletionStage().toCompletableFuture().join();
        server = vertx.createHttpServer();
        server.webSocketHandshakeHandler(handshake -> handshake.reject(401));
        listen(socket -> {});

        try (ReportLink link = new ReportLink(vertx, link(Optional.empty()), 1, waits, RANDOM)) {
            for (int i = 0; i < 10; i++) {
                link.send(JsonText.of(Map.of("n", i)));
            }
            assertThat(link.failed()).isTrue();
        }
    }

    private void listen(io.vertx.core.Handler<ServerWebSocket> handler) {
        server.webSocketHandler(handler)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private Link link(Optional<Secret> token) {
        return new Link(
                URI.create("ws://127.0.0.1:" + server.actualPort() + "/api/ws2"),
                "yes",
                token,
                Optional.of(new Secret("r")),
                Optional.of(URI.create("http://127.0.0.1:" + server.actualPort() + "/token")),
                "42");
    }

    private static List<String> recorded() {
        return List.of(
                "{\"type\": \"ExtraVars\", \"data\": \"" + base64("n: 7") + "\"}",
                "{\"type\": \"Rulebook\", \"data\": \"" + base64("- name: rs\n") + "\"}",
                "{\"type\": \"ControllerInfo\", \"url\": \"https://c\", \"token\": \"t\", \"ssl_verify\": \"no\"}",
                "{\"type\": \"VaultCollection\", \"data\":"
                        + " [{\"type\": \"VaultPassword\", \"label\": \"a\", \"password\": \"p\"}]}",
                "{\"type\": \"FileContents\", \"template_key\": \"template.cert\", \"data\": \"" + base64("pem")
                        + "\", \"eof\": true}",
                "{\"type\": \"EnvVars\", \"data\": \"" + base64("TOKEN: '{{ n }}'") + "\"}",
                "{\"type\": \"EndOfResponse\"}");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode json(Map<String, ?> value) {
        return JsonText.of(value).tree();
    }

    /** Writes down how long it was asked to wait, and does not. */
    private static final class Waits implements SourceTime {
        private final BlockingQueue<Duration> slept = new LinkedBlockingQueue<>();

        @Override
        public Thread start(String name, Runnable work) {
            return Thread.ofVirtual().start(work);
        }

        @Override
        public void sleep(Duration duration) {
            slept.add(duration);
            Thread.yield();
        }

        @Override
        public void sleepForever() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH;
        }
    }
}
