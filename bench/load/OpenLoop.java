// SPDX-License-Identifier: Apache-2.0
package load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Webhooks of 1 kB at fixed times, whatever the answers do. Everything of it happens on one event loop. */
final class OpenLoop {
    private static final int KEYS = 64;
    private static final String FILLER = "x".repeat(820);
    private static final JsonFactory JSON = new JsonFactory();

    private final Vertx vertx;
    private final HttpClient client;
    private final int rate;
    private final int total;
    private final int keys;
    private final int first;
    final AtomicLongArray due;
    final Latencies acknowledged;
    /** What the acknowledgement called the event. */
    final AtomicReferenceArray<String> ids;

    final AtomicInteger refused = new AtomicInteger();

    OpenLoop(Vertx vertx, int rate, int seconds) {
        this(vertx, rate, seconds, KEYS, 0);
    }

    /**
     * A load that follows another.
     *
     * @param keys how many different ones the events have, in turn
     * @param first number of its first event, of those that events say
     */
    OpenLoop(Vertx vertx, int rate, int seconds, int keys, int first) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setPipelining(false).setKeepAlive(true),
                new PoolOptions().setHttp1MaxSize(64).setMaxWaitQueueSize(1_000_000));
        this.rate = rate;
        this.total = rate * seconds;
        this.keys = keys;
        this.first = first;
        this.due = new AtomicLongArray(total);
        this.acknowledged = new Latencies(due);
        this.ids = new AtomicReferenceArray<>(total);
    }

    int first() {
        return first;
    }

    int total() {
        return total;
    }

    /** Sends all of them; returns when the last has been sent. */
    void send(URI url, String token) throws Exception {
        Promise<Void> sent = Promise.promise();
        vertx.getOrCreateContext().runOnContext(go -> {
            long start = System.nanoTime();
            long step = 1_000_000_000L / rate;
            RequestOptions options = new RequestOptions()
                    .setMethod(HttpMethod.POST)
                    .setHost(url.getHost())
                    .setPort(url.getPort())
                    .setURI(url.getPath())
                    .putHeader("Authorization", "Bearer " + token)
                    .putHeader("Content-Type", "application/json");
            int[] next = {0};
            vertx.setPeriodic(1, tick -> {
                long now = System.nanoTime();
                for (; next[0] < total && start + next[0] * step <= now; next[0]++) {
                    due.set(next[0], start + next[0] * step);
                    send(options, next[0]);
                }
                if (next[0] == total) {
                    vertx.cancelTimer(tick);
                    sent.complete();
                }
            });
        });
        sent.future().toCompletionStage().toCompletableFuture().get();
    }

    private void send(RequestOptions options, int n) {
        Buffer body = Buffer.buffer(
                "{\"kind\":\"load\",\"n\":" + (first + n) + ",\"key\":\"k" + n % keys + "\",\"filler\":\"" + FILLER + "\"}");
        client.request(options)
                .compose(request -> request.send(body))
                .compose(response -> response.body().onSuccess(answer -> answered(n, response, answer)))
                .onFailure(cause -> refused.incrementAndGet());
    }

    private void answered(int n, HttpClientResponse response, Buffer answer) {
        if (response.statusCode() != 202) {
            refused.incrementAndGet();
        } else if (acknowledged.done(n)) {
            ids.set(n, answer.toString());
        }
    }

    /** The id of an event that was acknowledged: the first text of the answer that is no name. */
    String id(int n) throws Exception {
        try (JsonParser parser = JSON.createParser(ids.get(n))) {
            parser.nextToken();
            parser.nextToken();
            return parser.nextTextValue();
        }
    }

    /** Waits for what is under way, at most so long. */
    void drain(int seconds) throws InterruptedException {
        long since = System.nanoTime();
        while (acknowledged.count() + refused.get() < total
                && System.nanoTime() - since < TimeUnit.SECONDS.toNanos(seconds)) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
