// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.embedded;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers of {@code reflexarc up}, started side by side. Kafka follows when it is told to, in the background: its start
 * takes a core for seconds, and nothing waits for it.
 */
public final class EmbeddedServers {
    private static final Logger LOGGER = LoggerFactory.getLogger(EmbeddedServers.class);

    private final ChildProcesses children;
    private final EmbeddedPostgresql postgres;
    private final EmbeddedRedis redis;
    private final EmbeddedS3 s3;
    private volatile Future<EmbeddedKafka> kafka = Future.failedFuture("Kafka was not started");

    private EmbeddedServers(ChildProcesses children, EmbeddedPostgresql postgres, EmbeddedRedis redis, EmbeddedS3 s3) {
        this.children = children;
        this.postgres = postgres;
        this.redis = redis;
        this.s3 = s3;
    }

    /** Ends the orphans of a killed process, then starts everything on this data directory. */
    public static Future<EmbeddedServers> start(Vertx vertx, DataDirectory data) {
        ChildProcesses children = new ChildProcesses(data);
        return vertx.executeBlocking(
                        () -> {
                            children.endOrphans();
                            return children;
                        },
                        false)
                .compose(ready -> startAll(vertx, data, children));
    }

    private static Future<EmbeddedServers> startAll(Vertx vertx, DataDirectory data, ChildProcesses children) {
        var postgres = server(vertx, "PostgreSQL", () -> EmbeddedPostgresql.start(data, children));
        var redis = server(vertx, "Redis", () -> EmbeddedRedis.start(data, children));
        var s3 = server(vertx, "S3 store", () -> EmbeddedS3.start(data));
        return Future.join(postgres, redis, s3)
                .map(all -> new EmbeddedServers(children, postgres.result(), redis.result(), s3.result()))
                .onSuccess(servers -> Endpoints.of(servers).write(data));
    }

    /** Starts Kafka in the background. */
    public void startKafka(Vertx vertx, DataDirectory data) {
        kafka = server(vertx, "Kafka", () -> EmbeddedKafka.start(data, Ports.free(), Ports.free()))
                .onFailure(failure -> LOGGER.atError().setCause(failure).log("Kafka did not start: no training runs"));
    }

    private static <T> Future<T> server(Vertx vertx, String name, Callable<T> start) {
        return vertx.executeBlocking(start, false)
                .map(Objects::requireNonNull)
                .recover(cause -> Future.failedFuture(new ProblemException(
                        ProblemType.DEPENDENCY_DOWN,
                        "The embedded " + name + " did not start: " + cause.getMessage() + ".",
                        cause)))
                .onSuccess(
                        started -> LOGGER.atDebug().addKeyValue("server", name).log("embedded server started"));
    }

    /** Port of PostgreSQL on 127.0.0.1. */
    public int postgresPort() {
        return postgres.port();
    }

    /** User and database of PostgreSQL. */
    public String postgresUser() {
        return EmbeddedPostgresql.USER;
    }

    /** Port of Redis on 127.0.0.1. */
    public int redisPort() {
        return redis.port();
    }

    /** Endpoint of the S3 store. */
    public URI s3Endpoint() {
        return s3.endpoint();
    }

    /** Access key of the S3 store. */
    public String s3AccessKey() {
        return EmbeddedS3.ACCESS_KEY;
    }

    /** Kafka's bootstrap servers, once it is up. */
    public Future<String> kafkaBootstrap() {
        return kafka.map(EmbeddedKafka::bootstrapServers);
    }

    /** Stops them all, in the order in which nothing is lost. */
    public Future<Void> stop(Vertx vertx) {
        return vertx.executeBlocking(
                        () -> {
                            closeQuietly("S3 store", s3::stop);
                            if (kafka.succeeded()) {
                                closeQuietly("Kafka", kafka.result());
                            }
                            closeQuietly("Redis", redis);
                            closeQuietly("PostgreSQL", postgres);
                            children.forget();
                            return null;
                        },
                        false)
                .mapEmpty();
    }

    private static void closeQuietly(String name, AutoCloseable server) {
        try {
            server.close();
        } catch (Exception e) {
            LOGGER.atWarn().addKeyValue("server", name).setCause(e).log("embedded server did not stop cleanly");
        }
    }
}
