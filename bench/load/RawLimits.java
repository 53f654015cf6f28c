// SPDX-License-Identifier: Apache-2.0
package load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What one durable step costs on this machine at this moment: an XADD and a commit, on the site's own servers. */
final class RawLimits {
    private static final int TIMES = 100;
    private static final int CONNECTIONS = 64;
    private static final int APPEND_SECONDS = 3;
    private static final String VALUE = "x".repeat(1000);

    private RawLimits() {}

    /** Median milliseconds of each. */
    static ObjectNode measure(Vertx vertx, Site site) throws Exception {
        Redis redis = site.redis(vertx);
        int port = Integer.parseInt(Files.readAllLines(site.data().resolve("postgres/postmaster.pid")).get(3));
        Pool postgres = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(1))
                .connectingTo(new PgConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setDatabase("postgres")
                        .setUser("postgres")
                        .setPassword(site.secret("postgres")))
                .using(vertx)
                .build();
        wait(postgres.query("create table bench_raw (value text)").execute());
        ObjectNode node = Site.JSON.createObjectNode();
        node.put("xadd", median(() -> redis.send(
                Request.cmd(Command.XADD).arg("bench-raw").arg("*").arg("value").arg(VALUE))));
        node.put("commit", median(() ->
                postgres.preparedQuery("insert into bench_raw values ($1)").execute(Tuple.of(VALUE))));
        wait(postgres.query("drop table bench_raw").execute());
        wait(redis.send(Request.cmd(Command.DEL).arg("bench-raw")));
        return node;
    }

    /** XADDs of 1 kB on many connections at once, each synced before its answer: how many a second, and what Redis spends on them. */
    static ObjectNode appends(Vertx vertx, Site site) throws Exception {
        Redis redis = site.redis(vertx);
        RedisConnection[] connections = new RedisConnection[CONNECTIONS];
        for (int i = 0; i < CONNECTIONS; i++) {
            connections[i] = result(site.redis(vertx).connect());
        }
        AtomicInteger done = new AtomicInteger();
        double before = site.cpu().get(1);
        long begun = System.nanoTime();
        List<Future<?>> chains = new ArrayList<>();
        for (RedisConnection connection : connections) {
            Promise<Void> end = Promise.promise();
            append(connection, done, begun + TimeUnit.SECONDS.toNanos(APPEND_SECONDS), end);
            chains.add(end.future());
        }
        wait(Future.all(chains));
        double seconds = (System.nanoTime() - begun) / 1e9;
        double spent = site.cpu().get(1) - before;
        for (RedisConnection connection : connections) {
            connection.close();
        }
        wait(redis.send(Request.cmd(Command.DEL).arg("bench-raw")));
        return Site.JSON.createObjectNode()
                .put("connections", CONNECTIONS)
                .put("xadd_per_s", Math.round(done.get() / seconds))
                .put("redis_cpu_s_per_1000", Latencies.round(spent * 1000 / done.get()));
    }

    private static void append(RedisConnection connection, AtomicInteger done, long until, Promise<Void> end) {
        if (System.nanoTime() >= until) {
            end.complete();
            return;
        }
        Request request = Request.cmd(Command.XADD).arg("bench-raw").arg("MAXLEN").arg("~").arg(10_000).arg("*");
        connection.send(request.arg("value").arg(VALUE)).onFailure(end::fail).onSuccess(answer -> {
            done.incrementAndGet();
            append(connection, done, until, end);
        });
    }

    private static double median(Supplier<Future<?>> step) throws Exception {
        double[] millis = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            TimeUnit.MILLISECONDS.sleep(20);
            long begun = System.nanoTime();
            wait(step.get());
            millis[i] = (System.nanoTime() - begun) / 1e6;
        }
        Arrays.sort(millis);
        return Latencies.round(millis[TIMES / 2]);
    }

    private static void wait(Future<?> future) throws Exception {
        result(future);
    }

    private static <T> T result(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
