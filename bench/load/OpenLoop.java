// SPDX-License-Identifier: Apache-2.0
package load;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Webhooks of 1 kB at fixed times, whatever the answers do. Everything of it happens on one event loop. A request that finds
 * no free connection waits for one; its latency counts from when it was due.
 */
final class OpenLoop implements Wire.Owner {
    private static final int KEYS = 64;
    private static final int FEWEST_CONNECTIONS = 64;
    private static final int MOST_CONNECTIONS = 1_024;
    /** So many requests a second of one connection: more connections leave room for a stall. */
    private static final int RATE_EACH = 20;

    private static final long SECOND = 1_000_000_000;
    private static final int NUMBER_WIDTH = 9;
    private static final int KEY_WIDTH = 6;
    private static final String BEFORE_NUMBER = "{\"kind\":\"load\",\"n\":";
    private static final String BEFORE_KEY = ",\"key\":\"k";
    private static final String AFTER_KEY = "\",\"filler\":\"" + "x".repeat(806) + "\"}";
    private static final int BODY =
            BEFORE_NUMBER.length() + NUMBER_WIDTH + BEFORE_KEY.length() + KEY_WIDTH + AFTER_KEY.length();
    /** The answer of an ingress is {@code {"event_id":"…",…}}. */
    private static final int ID_BEGINS = 13;

    private static final int ACCEPTED = 202;

    private final Vertx vertx;
    private final NetClient client;
    private final int rate;
    private final int total;
    private final int keys;
    private final int first;
    private final ArrayDeque<Wire> free = new ArrayDeque<>();
    private final Promise<Void> sent = Promise.promise();
    private byte[] request = new byte[0];
    private int numberAt;
    private int next;
    private volatile boolean ended;
    final AtomicLongArray due;
    final Latencies acknowledged;
    /** What the acknowledgement called the event; nothing where there was none. */
    final AtomicReferenceArray<String> ids;

    final AtomicInteger refused = new AtomicInteger();
    /** Of the refused those that were told so, by 429 or 503. */
    final AtomicInteger told = new AtomicInteger();

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
        this.client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
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

    /** Sends all of them; returns when the last has been due. */
    void send(URI url, String token) throws Exception {
        String head = "POST " + url.getPath() + " HTTP/1.1\r\nHost: " + url.getAuthority()
                + "\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\nContent-Length: " + BODY + "\r\n\r\n";
        String body = BEFORE_NUMBER + " ".repeat(NUMBER_WIDTH) + BEFORE_KEY + "0".repeat(KEY_WIDTH) + AFTER_KEY;
        request = (head + body).getBytes(StandardCharsets.US_ASCII);
        numberAt = head.length() + BEFORE_NUMBER.length();
        vertx.getOrCreateContext().runOnContext(go -> {
            int wires = Math.clamp(rate / RATE_EACH, FEWEST_CONNECTIONS, MOST_CONNECTIONS);
            for (int i = 0; i < wires; i++) {
                new Wire(client, url.getPort(), url.getHost(), this).connect();
            }
            long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
            for (int n = 0; n < total; n++) {
                due.set(n, start + n * (SECOND / rate));
            }
            vertx.setPeriodic(1, tick -> {
                sendDue();
                if (total == 0 || System.nanoTime() >= due.get(total - 1)) {
                    sent.tryComplete();
                }
                if (next == total) {
                    vertx.cancelTimer(tick);
                }
            });
        });
        sent.future().toCompletionStage().toCompletableFuture().get();
    }

    private void sendDue() {
        long now = System.nanoTime();
        while (next < total && due.get(next) <= now && !free.isEmpty()) {
            free.poll().send(next, request(next));
            next++;
        }
    }

    private Buffer request(int n) {
        byte[] made = request.clone();
        write(made, numberAt, NUMBER_WIDTH, first + n, (byte) ' ');
        write(made, numberAt + NUMBER_WIDTH + BEFORE_KEY.length(), KEY_WIDTH, n % keys, (byte) '0');
        return Buffer.buffer(made);
    }

    private static void write(byte[] into, int at, int width, int number, byte filler) {
        int left = number;
        for (int i = at + width - 1; i >= at; i--) {
            into[i] = left > 0 || i == at + width - 1 ? (byte) ('0' + left % 10) : filler;
            left /= 10;
        }
    }

    @Override
    public void free(Wire wire) {
        free.push(wire);
        sendDue();
    }

    @Override
    public void gone(Wire wire) {
        free.remove(wire);
    }

    @Override
    public void answered(int n, int status, String answer) {
        if (status != ACCEPTED) {
            refused.incrementAndGet();
            if (status == 429 || status == 503) {
                told.incrementAndGet();
            }
        } else if (acknowledged.done(n)) {
            ids.set(n, answer.substring(ID_BEGINS, answer.indexOf('"', ID_BEGINS)));
        }
        if (acknowledged.count() + refused.get() == total) {
            end();
        }
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public void failed(Throwable cause) {
        sent.tryFail(cause);
    }

    /** Waits for what is under way, at most so long, and ends the connections. */
    void drain(int seconds) throws InterruptedException {
        long since = System.nanoTime();
        while (acknowledged.count() + refused.get() < total
                && System.nanoTime() - since < TimeUnit.SECONDS.toNanos(seconds)) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        end();
    }

    private void end() {
        ended = true;
        client.close();
    }
}
