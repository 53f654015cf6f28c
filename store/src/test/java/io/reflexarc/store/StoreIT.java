// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import static io.reflexarc.store.TestStore.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.artifact.ArtifactStore;
import io.reflexarc.core.event.Secret;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.telemetry.HealthCheck;
import io.reflexarc.testkit.PostgresServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** Opening, migrating, artifacts, health. */
class StoreIT {
    @Test
    void aSchemaThatFitsIsKnownWithoutFlyway() {
        try (TestStore fresh = new TestStore()) {
            assertThat(TestStore.await(fresh.store.isMigrated())).isTrue();

            fresh.database.execute("update flyway_schema_history set checksum = checksum + 1 where version = '002'");
            assertThat(TestStore.await(fresh.store.isMigrated())).isFalse();

            fresh.database.execute("delete from flyway_schema_history where version = '002'");
            assertThat(TestStore.await(fresh.store.isMigrated())).isFalse();

            fresh.database.execute("drop table flyway_schema_history");
            assertThat(TestStore.await(fresh.store.isMigrated())).isFalse();
        }
    }

    @Test
    void aDatabaseIsMigratedOnceAndThenLeftAlone() throws SQLException {
        PostgresServer.Database database = PostgresServer.shared().newDatabase();

        Migrations.migrate(TestStore.config(database));
        Migrations.migrate(TestStore.config(database));

        try (var connection = database.connect();
                var rows =
                        connection.createStatement().executeQuery("select string_agg(name, ',') from organizations")) {
            rows.next();
            assertThat(rows.getString(1)).isEqualTo("Default");
        }
    }

    @Test
    void aSchemaNewerThanTheBuildIsRefusedInOneSentence() {
        PostgresServer.Database database = PostgresServer.shared().newDatabase();
        Migrations.migrate(TestStore.config(database));
        database.execute("""
                insert into flyway_schema_history
                       (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                values (999, '999', 'later', 'SQL', 'V999__later.sql', 1, 'x', 1, true)
                """);

        assertThatThrownBy(() -> Migrations.migrate(TestStore.config(database)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.CONFLICT))
                .hasMessageContaining("has schema version 999, but this build knows only up to ")
                .hasMessageContaining("start the newer build");
    }

    @Test
    void aSchemaThatWasChangedByHandIsRefused() {
        PostgresServer.Database database = PostgresServer.shared().newDatabase();
        Migrations.migrate(TestStore.config(database));
        database.execute("update flyway_schema_history set checksum = 1 where version = '001'");

        assertThatThrownBy(() -> Migrations.migrate(TestStore.config(database)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.CONFLICT));
    }

    @Test
    void aStatementWithoutAnAnswerEndsAsAServerThatIsDown() {
        PostgresServer.Database database = PostgresServer.shared().newDatabase();
        Vertx vertx = Vertx.vertx();
        Database impatient = Store.database(vertx, TestStore.config(database), Duration.ofMillis(200));

        assertThatThrownBy(() -> TestStore.await(impatient.run("select pg_sleep(600)", Tuple.tuple())))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.DEPENDENCY_DOWN));

        // It may begin only now, and its connection cannot be closed while it lasts
        Future<Void> closed = vertx.close();
        while (!closed.isComplete()) {
            database.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where query like '%pg_sleep(600)%' and pid <> pg_backend_pid()");
        }
        TestStore.await(closed);
    }

    @Test
    void aServerThatDoesNotAnswerIsNamed() {
        PostgresConfig nobody = new PostgresConfig("127.0.0.1", 1, "none", "someone", new Secret("hidden"), 1);
        Vertx vertx = Vertx.vertx();

        assertThatThrownBy(() -> Migrations.migrate(nobody))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.DEPENDENCY_DOWN))
                .hasMessageContaining("someone@127.0.0.1:1/none")
                .hasMessageNotContaining("hidden");
        assertThatThrownBy(
                        () -> await(Store.open(vertx, nobody, TestStore.s3(), TestStore.key(), InstantSource.system())))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("127.0.0.1:1/none");
        S3Config noS3 = new S3Config(URI.create("http://127.0.0.1:1"), "us-east-1", "b", "a", new Secret("s"));
        PostgresConfig postgres = TestStore.config(PostgresServer.shared().newDatabase());
        assertThatThrownBy(() -> await(Store.open(vertx, postgres, noS3, TestStore.key(), InstantSource.system())))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("http://127.0.0.1:1");
        await(vertx.close());
    }

    @Test
    void artifactsArePutReadReplacedAndDeleted() {
        try (TestStore server = new TestStore()) {
            ArtifactStore artifacts = server.store.artifacts();
            Buffer large = Buffer.buffer(new byte[300_000]).appendString("end");

            await(artifacts.put("outputs/a b/1", Buffer.buffer("first"), "text/plain"));
            await(artifacts.put("outputs/a b/1", large, "text/plain"));

            assertThat(await(artifacts.get("outputs/a b/1"))).contains(large);
            await(artifacts.delete("outputs/a b/1"));
            await(artifacts.delete("outputs/a b/1"));
            assertThat(await(artifacts.get("outputs/a b/1"))).isEmpty();
        }
    }

    @Test
    void healthNamesWhatAnswersAndPostgresIsFoundAgainAfterItsConnectionsBroke() {
        try (TestStore server = new TestStore()) {
            assertThat(server.store.healthChecks())
                    .extracting(HealthCheck::name)
                    .containsExactly("postgres", "s3");
            server.store.healthChecks().forEach(check -> await(check.check().get()));

            server.database.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where application_name = 'reflexarc' and datname = current_database()");

            assertThat(answersAfterAtMost(PostgresConfig.DEFAULT_CONNECTIONS, server.store))
                    .as("one request may notice each broken connection")
                    .isTrue();
        }
    }

    private static boolean answersAfterAtMost(int failures, Store store) {
        for (int i = 0; i <= failures; i++) {
            if (await(store.activations().enabled().map(true).otherwise(false))) {
                return true;
            }
        }
        return false;
    }
}
