// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A real PostgreSQL for tests: one server per JVM, as durable as in production, and a new database for whoever asks.
 * Embedded binaries are tried first; where they cannot start and Docker answers, a container takes their place.
 */
public final class PostgresServer {
    private static final String CONTAINER_IMAGE = "postgres:18";

    /** Files in memory: syncing them is quick, and what a killed process leaves behind is the same as on a disk. */
    private static final Path MEMORY = Path.of("/dev/shm");

    private static final long ENOUGH_BYTES = 2L << 30;

    private final Database maintenance;
    private final AtomicInteger databases = new AtomicInteger();

    private PostgresServer(Database maintenance) {
        this.maintenance = maintenance;
    }

    /** The server of this JVM, started on first use; it ends with the JVM. */
    public static PostgresServer shared() {
        return Holder.SERVER;
    }

    /** An empty database that nobody else uses. */
    public Database newDatabase() {
        return create("template1");
    }

    /** A database with all that another one holds; nobody may be connected to that one. */
    public Database copyOf(Database template) {
        return create(template.name());
    }

    /** Removes a database, so that the server need not write it to disk when it stops. */
    public void drop(Database database) {
        maintenance.execute("drop database " + database.name() + " with (force)");
    }

    private Database create(String template) {
        String name = "test_" + databases.incrementAndGet();
        maintenance.execute("create database " + name + " template " + template);
        return new Database(maintenance.host, maintenance.port, name, maintenance.user, maintenance.password);
    }

    private static PostgresServer start() {
        try {
            return embedded();
        } catch (IOException | RuntimeException e) {
            if (!DockerClientFactory.instance().isDockerAvailable()) {
                throw new IllegalStateException("embedded PostgreSQL did not start, and Docker does not answer", e);
            }
            return container();
        }
    }

    private static PostgresServer embedded() throws IOException {
        // By default the embedded server forgoes durability; our tests are about it.
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(dataDirectory())
                .setPGStartupWait(Duration.ofMinutes(2))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .start();
        return new PostgresServer(new Database("127.0.0.1", server.getPort(), "postgres", "postgres", ""));
    }

    private static Path dataDirectory() throws IOException {
        boolean memory = Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > ENOUGH_BYTES;
        String prefix = "reflexarc-postgres-";
        return memory ? Files.createTempDirectory(MEMORY, prefix) : Files.createTempDirectory(prefix);
    }

    // Its life ends with the JVM: Testcontainers removes it then.
    @SuppressWarnings("resource")
    private static PostgresServer container() {
        PostgreSQLContainer server = new PostgreSQLContainer(CONTAINER_IMAGE);
        server.start();
        return new PostgresServer(new Database(
                server.getHost(),
                server.getFirstMappedPort(),
                server.getDatabaseName(),
                server.getUsername(),
                server.getPassword()));
    }

    private static final class Holder {
        static final PostgresServer SERVER = start();
    }

    /**
     * Where a database is.
     *
     * @param host name or address
     * @param port TCP port
     * @param name of the database
     * @param user with every right on it
     * @param password empty when none is asked for
     */
    public record Database(String host, int port, String name, String user, String password) {
        /** A JDBC connection, for what the code under test does not offer. */
        public Connection connect() throws SQLException {
            return DriverManager.getConnection("jdbc:postgresql://" + host + ":" + port + "/" + name, user, password);
        }

        /** Runs one statement, e.g. to let a lease run out. */
        public void execute(String sql) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new UncheckedIOException(new IOException("failed: " + sql, e));
            }
        }
    }
}
