// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reflexarc.core.event.EventStream;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.live.LiveFeed;
import io.reflexarc.core.live.LiveUpdate;
import io.reflexarc.core.log.EventLog;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.core.telemetry.Meters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** An ingress over HTTP with a clock that stands still, and what a sender needs. */
final class IngressRig implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123456Z");
    static final Duration PATIENCE = Duration.ofSeconds(30);

    final FixedStreams streams = new FixedStreams();
    final Queue<LiveUpdate> updates = new ConcurrentLinkedQueue<>();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    final EventLog log;
    final Ingress ingress;
    final int port;
    private final HttpClient client = HttpClient.newHttpClient();

    IngressRig(Vertx vertx, EventLog log, IngressConfig config) {
        this.log = log;
        InstantSource clock = now::get;
        ingress = new Ingress(
                vertx, config, "rig", streams, log, new Updates(), new Meters(meters), clock, new Random(7));
        port = await(ingress.start());
    }

    static IngressConfig config() {
        return IngressConfig.of("127.0.0.1", 0);
    }

    /** A request to a stream, to be completed. */
    HttpRequest.Builder to(EventStream stream) {
        return to("/event-streams/" + stream.uuid());
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60));
    }

    HttpResponse<String> post(EventStream stream, String body, String... headers) {
        HttpRequest.Builder request = to(stream).POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Future<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
        return Future.fromCompletionStage(client.sendAsync(request.build(), BodyHandlers.ofString()));
    }

    InboxId bind(long activation, EventStream... to) {
        InboxId inbox = InboxId.of(new ActivationId(activation));
        await(log.bind(
                inbox, Set.copyOf(List.of(to).stream().map(EventStream::uuid).toList())));
        return inbox;
    }

    /** Events of an inbox as trees. */
    List<JsonNode> events(InboxId inbox) {
        return await(log.read(inbox, Position.START, 1_000, Duration.ZERO)).stream()
                .map(entry -> ((LogEntry.Arrived) entry).body().tree())
                .toList();
    }

    static JsonNode json(HttpResponse<String> response) {
        return JsonText.ofString(response.body()).tree();
    }

    static List<String> ids(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        return JsonText.ofString(response.body())
                .tree()
                .path("event_ids")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }

    static void assertProblem(HttpResponse<String> response, int status, String slug) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(json(response).path("type").asText()).endsWith("/" + slug);
        assertThat(json(response).path("status").asInt()).isEqualTo(status);
        assertThat(json(response).path("detail").asText()).isNotEmpty();
    }

    @Override
    public void close() {
        await(ingress.stop());
        client.close();
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(1, TimeUnit.MINUTES);
        } catch (TimeoutException e) {
            throw new AssertionError("no answer within a minute", e);
        }
    }

    private final class Updates implements LiveFeed {
        @Override
        public void publish(LiveUpdate update) {
            updates.add(update);
        }

        @Override
        public Future<Subscription> subscribe(Consumer<LiveUpdate> listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void ring(String bell) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<Subscription> onRing(String bell, Runnable listener) {
            throw new UnsupportedOperationException();
        }
    }
}
