// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What the actions call. Each call is on the disk before it is answered. How it answers can be changed while it runs, for
 * all paths but one at a time: what the tests of slow and broken targets need.
 */
final class Target implements AutoCloseable {
    private final Vertx vertx;
    private final Stopwatch watch;
    private final Ledger ledger;
    private final HttpServer server;
    private final AtomicInteger calls = new AtomicInteger();
    private final Set<String> acted = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Mode> mode = new AtomicReference<>(Mode.OK);

    private Target(Vertx vertx, Stopwatch watch, Path file) throws Exception {
        this.vertx = vertx;
        this.watch = watch;
        this.ledger = new Ledger(file);
        this.server = vertx.createHttpServer()
                .requestHandler(this::serve)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    static Target start(Vertx vertx, Stopwatch watch, Path file) throws Exception {
        return new Target(vertx, watch, file);
    }

    private void serve(HttpServerRequest request) {
        String key = Objects.requireNonNullElse(request.getHeader("Idempotency-Key"), "");
        String attempt = Objects.requireNonNullElse(request.getHeader("Reflexarc-Attempt"), "0");
        Mode now = "/moody".equals(request.path()) ? mode.get() : Mode.OK;
        request.body().onSuccess(body -> {
            JsonNode call = Rest.tree(body.toString());
            ledger.append(
                            watch.micros(),
                            key,
                            attempt,
                            call.path("id").asText(),
                            call.path("rule").asText())
                    .onSuccess(written -> {
                        calls.incrementAndGet();
                        acted.add(call.path("id").asText());
                        answer(request, now);
                    });
        });
    }

    private void answer(HttpServerRequest request, Mode now) {
        switch (now) {
            case OK -> request.response().setStatusCode(204).end();
            case BROKEN -> request.response().setStatusCode(500).end("broken");
            case BUSY ->
                request.response()
                        .setStatusCode(429)
                        .putHeader("Retry-After", "7")
                        .end();
            case SLOW ->
                vertx.setTimer(
                        Duration.ofSeconds(30).toMillis(),
                        late -> request.response().setStatusCode(204).end());
            case HALF ->
                request.response()
                        .setStatusCode(200)
                        .putHeader("Content-Length", "100")
                        .write("half")
                        .onComplete(sent -> request.connection().close());
            case MUTE -> request.connection().close();
        }
    }

    void mode(Mode next) {
        mode.set(next);
    }

    int port() {
        return server.actualPort();
    }

    /** Whether there was a call for this event, and it is on the disk. */
    boolean acted(String id) {
        return acted.contains(id);
    }

    /** Calls answered so far. */
    int calls() {
        return calls.get();
    }

    /** What the disk holds. */
    List<Effect> effects() {
        return ledger.read().stream()
                .map(row -> new Effect(Long.parseLong(row[0]), row[1], Integer.parseInt(row[2]), row[3], row[4]))
                .toList();
    }

    @Override
    public void close() {
        server.close();
        ledger.close();
    }

    /** How it answers. */
    enum Mode {
        OK,
        SLOW,
        BROKEN,
        BUSY,
        HALF,
        MUTE
    }

    /**
     * One call of an action.
     *
     * @param at microseconds since the run began
     * @param key idempotency key
     * @param attempt as the header says
     * @param id of the event
     * @param rule that fired
     */
    record Effect(long at, String key, int attempt, String id, String rule) {}
}
