// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import io.reflexarc.faults.Workload.Event;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends events at fixed times whatever the answers do; events of one key one after the other, for only then is their order
 * the sender's will. What is not acknowledged is sent again with the same idempotency key until it is. Every reply goes to
 * the ledger after it came.
 */
final class Sender implements AutoCloseable {
    private static final int ACCEPTED = 202;
    private static final long TIMEOUT_MILLIS = 10_000;
    private static final long AGAIN_MILLIS = 300;
    private static final int TICK_MILLIS = 5;

    private final Vertx vertx;
    private final Stopwatch watch;
    private final Workload workload;
    private final Ledger ledger;
    private final HttpClient client;
    private final Context context;
    private final URI url;
    private final String token;
    private final Map<String, Deque<Event>> lanes = new HashMap<>();
    private final AtomicInteger planned = new AtomicInteger();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private volatile double rate;
    private double due;
    private long lastTick;
    private volatile boolean closed;

    Sender(Vertx vertx, Stopwatch watch, Workload workload, Cluster.Stream stream, Path file) {
        this.vertx = vertx;
        this.watch = watch;
        this.workload = workload;
        this.ledger = new Ledger(file);
        this.url = URI.create(stream.url());
        this.token = stream.token();
        this.context = vertx.getOrCreateContext();
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(true).setConnectTimeout(5_000),
                new PoolOptions().setHttp1MaxSize(Workload.KEYS).setMaxWaitQueueSize(-1));
        lastTick = watch.micros();
        vertx.setPeriodic(TICK_MILLIS, timer -> context.runOnContext(run -> tick()));
    }

    /** Events a second from now on; 0 for none. */
    void rate(double perSecond) {
        rate = perSecond;
    }

    private void tick() {
        long now = watch.micros();
        due = rate == 0 ? 0 : due + (now - lastTick) / 1e6 * rate;
        lastTick = now;
        for (; due >= 1; due--) {
            Event event = workload.next();
            planned.incrementAndGet();
            Deque<Event> lane = lanes.computeIfAbsent(event.key(), key -> new ArrayDeque<>());
            lane.add(event);
            if (lane.size() == 1) {
                send(lane, event, watch.micros());
            }
        }
    }

    private void send(Deque<Event> lane, Event event, long first) {
        if (closed) {
            return;
        }
        long begun = watch.micros();
        client.request(HttpMethod.POST, url.getPort(), url.getHost(), url.getPath())
                .compose(request -> request.putHeader("Authorization", "Bearer " + token)
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Idempotency-Key", event.id())
                        .idleTimeout(TIMEOUT_MILLIS)
                        .send(Buffer.buffer(event.json())))
                .compose(response -> response.body().map(body -> reply(response, body)))
                .timeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .otherwise(failure -> new Reply(0, "-", false))
                .onSuccess(reply -> context.runOnContext(run -> answered(lane, event, first, begun, reply)));
    }

    private static Reply reply(HttpClientResponse response, Buffer body) {
        boolean accepted = response.statusCode() == ACCEPTED;
        return new Reply(
                response.statusCode(),
                accepted ? Rest.tree(body.toString()).path("event_id").asText() : "-",
                response.getHeader("Retry-After") != null);
    }

    private void answered(Deque<Event> lane, Event event, long first, long begun, Reply reply) {
        long now = watch.micros();
        ledger.append(event.n(), event.id(), reply.status, reply.eventId, reply.retryAfter, first, begun, now);
        if (reply.status == ACCEPTED) {
            acknowledged.incrementAndGet();
            lane.remove();
            if (!lane.isEmpty()) {
                send(lane, lane.peek(), watch.micros());
            }
        } else {
            vertx.setTimer(AGAIN_MILLIS, timer -> context.runOnContext(run -> send(lane, event, first)));
        }
    }

    int planned() {
        return planned.get();
    }

    int acknowledged() {
        return acknowledged.get();
    }

    /** Waits until everything is acknowledged; answers whether it came to be. */
    boolean settle(Duration bound) {
        rate = 0;
        return Stopwatch.until(bound, () -> planned.get() == acknowledged.get());
    }

    /** Replies as the disk holds them. */
    List<Sent> replies() {
        return ledger.read().stream().map(Sent::of).toList();
    }

    @Override
    public void close() {
        closed = true;
        client.close();
        ledger.close();
    }

    private record Reply(int status, String eventId, boolean retryAfter) {}

    /**
     * One reply, or its absence.
     *
     * @param n place of the event in the run
     * @param id of the event
     * @param status 0 for none
     * @param eventId under which it was taken
     * @param retryAfter whether the header was there
     * @param first when the event was sent first
     * @param begun when this request was sent
     * @param at when the reply came
     */
    record Sent(int n, String id, int status, String eventId, boolean retryAfter, long first, long begun, long at) {
        private static Sent of(String[] row) {
            return new Sent(
                    Integer.parseInt(row[0]),
                    row[1],
                    Integer.parseInt(row[2]),
                    row[3],
                    Boolean.parseBoolean(row[4]),
                    Long.parseLong(row[5]),
                    Long.parseLong(row[6]),
                    Long.parseLong(row[7]));
        }

        boolean accepted() {
            return status == ACCEPTED;
        }
    }
}
