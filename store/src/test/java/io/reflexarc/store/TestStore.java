// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.ActivationStore.NewActivation;
import io.reflexarc.core.activation.ExecutionStrategy;
import io.reflexarc.core.activation.RestartPolicy;
import io.reflexarc.core.event.Secret;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.rulebook.StoredRulebook;
import io.reflexarc.testkit.PostgresServer;
import io.reflexarc.testkit.S3Server;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A store on a database of its own, for one test class. */
final class TestStore implements AutoCloseable {
    final PostgresServer.Database database;
    final PostgresConfig postgres;
    final Store store;
    private final Vertx vertx;
    private int names;

    TestStore() {
        this(InstantSource.system());
    }

    TestStore(InstantSource clock) {
        database = PostgresServer.shared().copyOf(Migrated.TEMPLATE);
        postgres = config(database);
        vertx = Vertx.vertx();
        store = await(Store.open(vertx, postgres, s3(), key(), clock));
    }

    static PostgresConfig config(PostgresServer.Database database) {
        return new PostgresConfig(
                database.host(),
                database.port(),
                database.name(),
                database.user(),
                new Secret(database.password()),
                PostgresConfig.DEFAULT_CONNECTIONS);
    }

    static S3Config s3() {
        S3Server server = S3Server.shared();
        return new S3Config(
                server.endpoint(), "us-east-1", "artifacts", server.accessKey(), new Secret(server.secretKey()));
    }

    static StoreKey key() {
        try {
            Path folder = Files.createTempDirectory("reflexarc-key-");
            return StoreKey.load(folder.resolve("key"), new SecureRandom());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An activation of a new rulebook, enabled. */
    Activation activation() {
        String name = "test " + ++names;
        StoredRulebook rulebook = await(store.rulebooks().create(1, name, "", "- name: " + name));
        return await(store.activations()
                .create(new NewActivation(
                        1,
                        name,
                        "",
                        true,
                        rulebook.id(),
                        Optional.empty(),
                        JsonText.EMPTY_OBJECT,
                        Optional.of("all:\n"),
                        Map.of(),
                        ExecutionStrategy.SEQUENTIAL,
                        RestartPolicy.ALWAYS)));
    }

    /** What another process would open. */
    Store another() {
        return await(Store.open(vertx, postgres, s3(), key(), InstantSource.system()));
    }

    /** Asks until it is so, for a minute. */
    void until(BooleanSupplier condition) {
        for (int i = 0; i < 3_000 && !condition.getAsBoolean(); i++) {
            await(vertx.timer(20, TimeUnit.MILLISECONDS));
        }
        if (!condition.getAsBoolean()) {
            throw new AssertionError("not so within a minute");
        }
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(60, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new AssertionError("no answer within a minute", e);
        }
    }

    /** Migrated once per JVM, then copied. */
    private static final class Migrated {
        static final PostgresServer.Database TEMPLATE = template();

        private static PostgresServer.Database template() {
            PostgresServer.Database database = PostgresServer.shared().newDatabase();
            Migrations.migrate(config(database));
            return database;
        }
    }

    @Override
    public void close() {
        await(store.close());
        await(vertx.close());
        PostgresServer.shared().drop(database);
    }
}
