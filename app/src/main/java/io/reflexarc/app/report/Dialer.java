// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.report;

import io.reflexarc.core.event.Secret;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.source.SourceTime;
import io.reflexarc.plugins.outbound.ServerTrust;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects, again and again while nobody answers: the first pause is at most 5 s and by chance, so that a thousand workers do
 * not come back in one moment; then they grow to a minute. A refused token is renewed once for each connection. Blocks.
 */
final class Dialer {
    private static final Logger LOGGER = LoggerFactory.getLogger("reflexarc.run");
    private static final double FIRST_PAUSE = 5;
    private static final double PAUSE = 1.92;
    private static final double GROWTH = 1.618;
    private static final double LONGEST_PAUSE = 60;
    private static final int FORBIDDEN = 403;
    private static final int OK = 200;
    private static final long PATIENCE_SECONDS = 20;
    private static final int LARGEST = 64 << 20;

    private final Vertx vertx;
    private final Link link;
    private final SourceTime time;
    private final RandomGenerator random;
    // Held for as long as a connection is used: a client that nobody refers to closes its connections
    private final WebSocketClient client;
    private Optional<Secret> token;
    private double pause = PAUSE;

    Dialer(Vertx vertx, Link link, SourceTime time, RandomGenerator random) {
        this.vertx = vertx;
        this.link = link;
        this.time = time;
        this.random = random;
        this.token = link.accessToken();
        this.client = vertx.createWebSocketClient(options());
    }

    /**
     * A connection, sooner or later.
     *
     * @throws ProblemException when the other end does not want us
     */
    WebSocket connect(Prepared prepared) throws InterruptedException {
        boolean renewed = false;
        while (true) {
            try {
                WebSocket socket = await(open(prepared));
                pause = PAUSE;
                return socket;
            } catch (UpgradeRejectedException e) {
                if (renewed || e.getStatus() != FORBIDDEN || link.tokenUrl().isEmpty()) {
                    throw refused("the websocket " + link.url() + " refuses us with HTTP " + e.getStatus()
                            + ": check its address and the access token");
                }
                token = Optional.of(renew(link.tokenUrl().get()));
                renewed = true;
            } catch (RuntimeException | TimeoutException e) {
                backOff(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Gives handlers to a socket before its first frame can arrive. */
    interface Prepared {
        void prepare(WebSocket socket);
    }

    private Future<WebSocket> open(Prepared prepared) {
        WebSocketConnectOptions target =
                new WebSocketConnectOptions().setAbsoluteURI(link.url().toString());
        token.ifPresent(bearer -> target.addHeader("Authorization", "Bearer " + bearer.reveal()));
        ClientWebSocket socket = client.webSocket();
        prepared.prepare(socket);
        return socket.connect(target);
    }

    private WebSocketClientOptions options() {
        boolean ssl = "wss".equals(link.url().getScheme());
        WebSocketClientOptions options =
                new WebSocketClientOptions().setMaxMessageSize(LARGEST).setMaxFrameSize(LARGEST);
        return ssl
                ? options.setSsl(true).setVerifyHost(ServerTrust.apply(options, link.sslVerify()))
                : options.setSsl(false);
    }

    /** No connection is used any more. */
    void close() {
        client.close();
    }

    /** Waits before the next try. */
    void backOff(String why) throws InterruptedException {
        boolean first = pause == PAUSE;
        double seconds = first ? random.nextDouble() * FIRST_PAUSE : Math.floor(pause);
        LOGGER.warn(
                "! websocket connect failed{}; {} in {} seconds ({})",
                first ? "" : " again",
                first ? "reconnecting" : "retrying",
                String.format(Locale.ROOT, first ? "%.1f" : "%.0f", seconds),
                why);
        pause = Math.min(pause * GROWTH, LONGEST_PAUSE);
        time.sleep(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    private Secret renew(URI where) throws InterruptedException {
        LOGGER.info("Renew websocket token from {}", where);
        HttpClientOptions options = new HttpClientOptions();
        if ("https".equals(where.getScheme())) {
            options.setVerifyHost(ServerTrust.apply(options, link.sslVerify()));
        }
        var http = vertx.createHttpClient(options);
        String form = "refresh="
                + URLEncoder.encode(link.refreshToken().map(Secret::reveal).orElse(""), StandardCharsets.UTF_8);
        try {
            String answer = await(
                    http.request(new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(where.toString()))
                            .compose(request -> request.putHeader("Content-Type", "application/x-www-form-urlencoded")
                                    .send(form))
                            .compose(response -> response.statusCode() == OK
                                    ? response.body()
                                    : Future.failedFuture("HTTP " + response.statusCode()))
                            .map(body -> body.toString(StandardCharsets.UTF_8)));
            String access = JsonText.ofString(answer).tree().path("access").asText("");
            if (access.isEmpty()) {
                throw refused("the answer of " + where + " holds no access token");
            }
            return new Secret(access);
        } catch (ProblemException e) {
            throw e;
        } catch (RuntimeException | TimeoutException e) {
            throw refused("a new token could not be had from " + where + ": " + e.getMessage());
        } finally {
            http.close();
        }
    }

    /** The result; a failure as itself when it is unchecked, else inside an {@link IllegalStateException}. */
    static <T> T await(Future<T> future) throws InterruptedException, TimeoutException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException(String.valueOf(e.getMessage()), e);
        }
    }

    private static ProblemException refused(String sentence) {
        return new ProblemException(ProblemType.INVALID, sentence);
    }
}
