// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection that many callers share: what they send in the same moment travels together and shares an fsync. Comes
 * back by itself after a failure. A caller never waits for a connection: without one its request fails at once. State is
 * confined to one context; {@link #send} may be called from anywhere.
 */
final class RedisLink {
    private static final int FIRST_BACKOFF_MILLIS = 50;
    private static final int LAST_BACKOFF_MILLIS = 2_000;
    private static final int TICK_MILLIS = 1_000;
    private static final int SILENT_TICKS = 10;

    private final Vertx vertx;
    private final RedisConfig config;
    private final int maxPending;
    private final ServerState state;
    private final RedisFailures failures;
    private final Function<RedisConnection, Future<?>> greet;
    private final Context context;
    private final Promise<Void> firstConnect = Promise.promise();
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile @Nullable RedisConnection connection;
    private volatile boolean closed;
    private @Nullable Redis client;
    private long ticker = -1;
    private int backoffMillis = FIRST_BACKOFF_MILLIS;
    private int answeredAtLastTick;
    private int silentTicks;
    /** Tells late news of an earlier connection from news of this one. */
    private int attempts;

    /**
     * A link that is not connected yet.
     *
     * @param maxPending requests without an answer, beyond which more are refused
     * @param greet runs on every new connection before it is used
     */
    RedisLink(
            Vertx vertx,
            RedisConfig config,
            int maxPending,
            ServerState state,
            Function<RedisConnection, Future<?>> greet) {
        this.vertx = vertx;
        this.config = config;
        this.maxPending = maxPending;
        this.state = state;
        this.failures = new RedisFailures(config.address());
        this.greet = greet;
        this.context = vertx.getOrCreateContext();
    }

    /** Begins to connect; completes with the first connection, however long that takes. */
    Future<Void> start() {
        context.runOnContext(unused -> {
            ticker = vertx.setPeriodic(TICK_MILLIS, id -> dropWhenSilent());
            connect();
        });
        return firstConnect.future();
    }

    /** Sends one request; fails with a {@code ProblemException} at once when there is no connection. */
    Future<@Nullable Response> send(Request request) {
        RedisConnection current = connection;
        if (current == null) {
            return Future.failedFuture(failures.down(new IllegalStateException("not connected")));
        }
        if (pending.incrementAndGet() > maxPending) {
            pending.decrementAndGet();
            return Future.failedFuture(failures.busy());
        }
        return current.send(request).onComplete(answer -> {
            pending.decrementAndGet();
            answered.incrementAndGet();
        });
    }

    /** Where its answers come in. */
    Context context() {
        return context;
    }

    /** Requests that wait for their answer. */
    int pending() {
        return pending.get();
    }

    /** Whether requests can be sent now. */
    boolean connected() {
        return connection != null;
    }

    /** Gives the connection up and makes a new one. */
    void reset(String reason) {
        context.runOnContext(unused -> {
            if (connection != null) {
                fail(attempts, new IllegalStateException(reason));
            }
        });
    }

    /** Ends the connection; what waits for an answer fails. */
    Future<Void> close() {
        closed = true;
        Promise<Void> done = Promise.promise();
        context.runOnContext(unused -> {
            vertx.cancelTimer(ticker);
            discard();
            firstConnect.tryFail(failures.down(new IllegalStateException("closed")));
            done.complete();
        });
        return done.future();
    }

    private void connect() {
        if (closed) {
            return;
        }
        Redis made = Redis.createClient(vertx, config.options(1, maxPending + 16));
        client = made;
        int attempt = ++attempts;
        made.connect()
                .compose(connected -> greet.apply(connected).map(connected))
                .onComplete(result -> context.runOnContext(unused -> {
                    if (attempts != attempt || closed) {
                        made.close();
                    } else if (result.failed()) {
                        fail(attempt, result.cause());
                    } else {
                        use(attempt, result.result());
                    }
                }));
    }

    private void use(int attempt, RedisConnection made) {
        made.exceptionHandler(cause -> context.runOnContext(unused -> fail(attempt, cause)));
        made.endHandler(
                end -> context.runOnContext(unused -> fail(attempt, new IllegalStateException("connection closed"))));
        backoffMillis = FIRST_BACKOFF_MILLIS;
        silentTicks = 0;
        connection = made;
        state.answers();
        firstConnect.tryComplete();
    }

    private void fail(int attempt, Throwable cause) {
        if (attempts != attempt || closed) {
            return;
        }
        attempts++;
        discard();
        state.fails(cause);
        vertx.setTimer(backoffMillis, id -> context.runOnContext(unused -> connect()));
        backoffMillis = Math.min(2 * backoffMillis, LAST_BACKOFF_MILLIS);
    }

    private void discard() {
        connection = null;
        Redis old = client;
        client = null;
        if (old != null) {
            old.close();
        }
    }

    /** A peer that vanished without a word, or a stopped server: after ten silent seconds the senders are told. */
    private void dropWhenSilent() {
        boolean silent = pending.get() > 0 && answered.get() == answeredAtLastTick;
        answeredAtLastTick = answered.get();
        silentTicks = silent ? silentTicks + 1 : 0;
        if (silentTicks >= SILENT_TICKS && connection != null) {
            fail(attempts, new IllegalStateException("no answer for " + SILENT_TICKS + " seconds"));
        }
    }
}
