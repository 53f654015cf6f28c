// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A real PostgreSQL on a free loopback port, durable ({@code fsync} and {@code synchronous_commit} on: the library turns
 * them off) and with a random password.
 */
final class EmbeddedPostgresql implements AutoCloseable {
    static final String USER = "postgres";
    static final String DATABASE = "postgres";

    private final EmbeddedPostgres server;

    private EmbeddedPostgresql(EmbeddedPostgres server) {
        this.server = server;
    }

    static EmbeddedPostgresql start(DataDirectory data, ChildProcesses children) throws IOException {
        String password = data.secret("postgres");
        Path files = data.directory("postgres");
        boolean fresh = Files.notExists(files.resolve("PG_VERSION"));
        EmbeddedPostgres server = launch(data, files, password);
        if (fresh) {
            protect(server, files, password);
        }
        long pid = Long.parseLong(
                Files.readAllLines(files.resolve("postmaster.pid")).getFirst().strip());
        ProcessHandle.of(pid).ifPresent(process -> children.remember("postgres", process));
        return new EmbeddedPostgresql(server);
    }

    private static EmbeddedPostgres launch(DataDirectory data, Path files, String password) throws IOException {
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(data.directory("programs").toFile())
                .setDataDirectory(files)
                .setPort(Ports.free())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setConnectConfig("password", password)
                .setLocaleConfig("locale", "C")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "48MB")
                .setServerConfig("max_connections", "60")
                .setServerConfig("max_wal_size", "512MB")
                .setErrorRedirector(ProcessBuilder.Redirect.appendTo(
                        data.file("postgres.log").toFile()))
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(
                        data.file("postgres.log").toFile()))
                .start();
    }

    /** A new cluster trusts everybody on this machine: from here on it asks for the password. */
    private static void protect(EmbeddedPostgres server, Path files, String password) throws IOException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("alter user postgres password '" + password + "'"); // URL-safe base64: nothing to escape
            Files.writeString(files.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
            statement.execute("select pg_reload_conf()");
        } catch (java.sql.SQLException e) {
            throw new IOException("PostgreSQL could not be given a password", e);
        }
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
