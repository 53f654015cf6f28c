// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.account.Role;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.live.LiveUpdate;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The socket itself, over the network. */
class LiveSocketIT {
    private final TestSite site = new TestSite();

    private final List<WebSocketClient> clients = new ArrayList<>();

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void aTicketOpensOneSocketThatShowsWhatHappens() {
        String ticket = site.post("/api/eda/v1/live/ticket/", Role.VIEWER, "")
                .json()
                .path("ticket")
                .asText();
        Client client = open("/ws?ticket=" + ticket, Map.of());
        assertThat(client.socket.subProtocol()).isEqualTo("v1.json");

        client.send("{'op':'sub','id':1,'ch':'decisions'}");
        assertThat(client.take().path("k").asText()).isEqualTo("snap");
        site.ports.feed.publish(new LiveUpdate.DecisionMade(Samples.summary(new DecisionId(new UUID(0, 5)), "say so")));

        JsonNode delta = client.take();
        assertThat(delta.path("k").asText()).isEqualTo("delta");
        assertThat(delta.path("d").path(0).path("rule").asText()).isEqualTo("say so");
        assertRefused("/ws?ticket=" + ticket, Map.of(), 401);
    }

    @Test
    void theFirstDecisionsComeFromTheAudit() {
        Samples.decision(site.ports.audit);
        Client client = open("/ws?ticket=" + site.ticket(Role.VIEWER), Map.of());

        client.send("{'op':'sub','id':1,'ch':'decisions'}");

        assertThat(client.take().path("d").path(0).path("id").asText()).isEqualTo(Samples.DECISION.toString());
    }

    @Test
    void aProgramMayUseItsToken() {
        Client client = open("/ws", Map.of("Authorization", "Bearer " + site.token(Role.AUDITOR)));

        client.send("{'op':'sub','id':1,'ch':'tail'}");
        assertThat(client.take().path("k").asText()).isEqualTo("snap");
        site.ports.feed.publish(new LiveUpdate.EventArrived(
                new EventId("e1"), new StreamId(new UUID(0, 1)), "alerts", site.ports.clock.instant(), "x", 3));

        assertThat(client.take().path("d").path(0).path("id").asText()).isEqualTo("e1");
    }

    /** Many times, for what was lost depended on which of two threads came first. */
    @Test
    void whatAClientSendsAtOnceIsHeard() {
        WebSocketClient client = site.vertx.createWebSocketClient(new WebSocketClientOptions());
        clients.add(client);
        for (int round = 0; round < 100; round++) {
            CompletableFuture<String> answer = new CompletableFuture<>();
            WebSocketConnectOptions options = options("/ws?ticket=" + site.ticket(Role.VIEWER), Map.of());
            client.connect(options).onFailure(answer::completeExceptionally).onSuccess(socket -> {
                socket.textMessageHandler(text -> socket.close().onComplete(closed -> answer.complete(text)));
                socket.writeTextMessage("{\"op\":\"sub\",\"id\":1,\"ch\":\"objects\"}");
            });
            assertThat(answer.orTimeout(60, TimeUnit.SECONDS).join()).contains("snap");
        }
    }

    @Test
    void figuresTickEachSecond() {
        Client client = open("/ws?ticket=" + site.ticket(Role.VIEWER), Map.of());

        client.send("{'op':'sub','id':1,'ch':'stats'}");

        client.take();
        assertThat(client.take().path("d").path(0).path("at").asText()).isEqualTo("2026-11-21T12:00:00Z");
    }

    @Test
    void nobodyGetsInWithoutATicketAndFromAnotherSite() {
        assertRefused("/ws", Map.of(), 401);
        assertRefused("/ws?ticket=" + site.token(Role.ADMIN), Map.of(), 401);
        assertRefused("/ws?ticket=x", Map.of(), 401);
        assertRefused("/ws?ticket=" + site.ticket(Role.ADMIN), Map.of("Origin", "https://evil.example"), 403);
        String stale = site.ticket(Role.ADMIN);
        site.ports.clock.pass(Duration.ofSeconds(30));
        assertRefused("/ws?ticket=" + stale, Map.of(), 401);
        assertThat(site.send(site.anonymous("/ws")).status()).isEqualTo(400);
        Client own = open("/ws?ticket=" + site.ticket(Role.ADMIN), Map.of("Origin", "http://127.0.0.1:" + site.port()));
        assertThat(own.socket.isClosed()).isFalse();
    }

    @Test
    void tooLongAMessageEndsTheSocket() {
        Client client = open("/ws?ticket=" + site.ticket(Role.VIEWER), Map.of());

        client.send("x".repeat(70_000));

        assertThat(client.closed.orTimeout(60, TimeUnit.SECONDS).join()).isNotNull();
    }

    @Test
    void aChangedPasswordEndsTheSocketWithinSeconds() {
        Client client = open("/ws?ticket=" + site.ticket(Role.VIEWER), Map.of());
        site.ports.accounts.password(site.user(Role.VIEWER).id(), "pbkdf2$another");
        site.ports.clock.pass(Duration.ofSeconds(3));

        assertThat(client.closed.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo((short) 1008);
    }

    private void assertRefused(String path, Map<String, String> headers, int status) {
        assertThatThrownBy(() -> open(path, headers))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        UpgradeRejectedException.class,
                        refused -> assertThat(refused.getStatus()).isEqualTo(status));
    }

    private Client open(String path, Map<String, String> headers) {
        return open(options(path, headers));
    }

    private WebSocketConnectOptions options(String path, Map<String, String> headers) {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(site.port())
                .setURI(path)
                .setSubProtocols(List.of("v1.json"));
        options.setAllowOriginHeader(headers.containsKey("Origin"));
        headers.forEach(options::addHeader);
        return options;
    }

    private Client open(WebSocketConnectOptions options) {
        BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
        CompletableFuture<Short> closed = new CompletableFuture<>();
        WebSocketClient webSockets = site.vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxMessageSize(1_000_000).setClosingTimeout(1));
        clients.add(webSockets); // one that nobody holds is closed by the garbage collector
        var socket = webSockets.webSocket();
        socket.textMessageHandler(text -> frames.add(JsonText.ofString(text).tree()));
        socket.closeHandler(done -> closed.complete((short) -1));
        WebSocket open = TestSite.wait(socket.connect(options));
        open.closeHandler(done ->
                closed.complete(Optional.ofNullable(open.closeStatusCode()).orElse((short) -1)));
        return new Client(open, frames, closed);
    }

    private record Client(WebSocket socket, BlockingQueue<JsonNode> frames, CompletableFuture<Short> closed) {
        void send(String request) {
            TestSite.wait(socket.writeTextMessage(request.replace('\'', '"')));
        }

        JsonNode take() {
            try {
                JsonNode frame = frames.poll(60, TimeUnit.SECONDS);
                assertThat(frame).as("a frame within a minute").isNotNull();
                return Objects.requireNonNull(frame);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
