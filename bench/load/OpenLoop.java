// SPDX-License-Identifier: Apache-2.0
package load;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/** Webhooks of 1 kB at fixed times, whatever the answers do. */
final class OpenLoop {
    static final int KEYS = 64;
    private static final String FILLER = "x".repeat(820);

    private final HttpClient client;
    private final int rate;
    private final int total;
    final AtomicLongArray due;
    final Latencies acknowledged;
    final AtomicInteger refused = new AtomicInteger();

    OpenLoop(Vertx vertx, int rate, int seconds) {
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setPipelining(false).setKeepAlive(true),
                new PoolOptions().setHttp1MaxSize(64).setMaxWaitQueueSize(1_000_000));
        this.rate = rate;
        this.total = rate * seconds;
        this.due = new AtomicLongArray(total);
        this.acknowledged = new Latencies(due);
    }

    int total() {
        return total;
    }

    /** Sends all of them. */
    void send(URI url, String token) throws InterruptedException {
        long start = System.nanoTime();
        long step = 1_000_000_000L / rate;
        for (int i = 0; i < total; i++) {
            long at = start + i * step;
            long now = System.nanoTime();
            if (at - now > 1_000_000) {
                TimeUnit.NANOSECONDS.sleep(at - now);
            }
            due.set(i, at);
            send(url, token, i);
        }
    }

    private void send(URI url, String token, int n) {
        Buffer body = Buffer.buffer(
                "{\"kind\":\"load\",\"n\":" + n + ",\"key\":\"k" + n % KEYS + "\",\"filler\":\"" + FILLER + "\"}");
        client.request(HttpMethod.POST, url.getPort(), url.getHost(), url.getPath())
                .compose(request -> request.putHeader("Authorization", "Bearer " + token)
                        .putHeader("Content-Type", "application/json")
                        .send(body))
                .onComplete(result -> {
                    if (result.succeeded() && result.result().statusCode() == 202) {
                        acknowledged.done(n);
                    } else {
                        refused.incrementAndGet();
                    }
                });
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
