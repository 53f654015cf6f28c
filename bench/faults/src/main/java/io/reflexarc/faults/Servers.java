// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import redis.embedded.core.ExecutableProvider;

/**
 * Redis and PostgreSQL as processes of their own on fixed loopback ports, so that they can be killed and come back where they
 * were; both sync to disk before they answer. An S3 store in this process.
 */
final class Servers {
    static final String S3_KEY = "faults";
    static final String USER = "postgres";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path folder;
    private final int redisPort = freePort();
    private final int postgresPort = freePort();
    private final int s3Port = freePort();
    private S3Proxy s3;
    private final List<String> redisCommand;
    private final List<String> postgresCommand;
    private Program redis;
    private Program postgres;

    private Servers(Path folder, Path redisProgram, Path postgresProgram) throws Exception {
        this.folder = folder;
        s3 = s3();
        Path configuration = Files.writeString(folder.resolve("redis.conf"), """
                bind 127.0.0.1
                port %d
                dir %s
                appendonly yes
                appendfsync always
                save ""
                maxmemory-policy noeviction
                """.formatted(
                        redisPort, Files.createDirectories(folder.resolve("redis"))));
        redisCommand = List.of(redisProgram.toString(), configuration.toString());
        postgresCommand = postgresCommand(postgresProgram);
        redis = startRedis();
        postgres = startPostgres();
    }

    static Servers start(Path folder) throws Exception {
        Path programs = Files.createDirectories(folder.resolve("programs"));
        Path redis = ExecutableProvider.newJarResourceProvider(programs.toFile())
                .get()
                .toPath();
        // The library unpacks PostgreSQL and makes the cluster; after that the server is started by ourselves
        EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(programs.toFile())
                .setDataDirectory(folder.resolve("postgres"))
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(PATIENCE)
                .setLocaleConfig("locale", "C")
                .start()
                .close();
        try (var files = Files.walk(programs, 4)) {
            Path postgres = files.filter(file -> file.endsWith("bin/postgres"))
                    .findFirst()
                    .orElseThrow();
            return new Servers(folder, redis, postgres);
        }
    }

    private S3Proxy s3() throws Exception {
        S3Proxy made = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(
                        Files.createDirectories(folder.resolve("s3")).toString()))
                .endpoint(URI.create("http://127.0.0.1:" + s3Port))
                .awsAuthentication(AuthenticationType.AWS_V4, S3_KEY, S3_KEY)
                .jettyMaxThreads(16)
                .build();
        made.start();
        return made;
    }

    void startS3() {
        try {
            s3 = s3();
        } catch (Exception e) {
            throw new IllegalStateException("the S3 store did not start", e);
        }
    }

    void stopS3() {
        try {
            s3.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the S3 store did not stop", e);
        }
    }

    private List<String> postgresCommand(Path program) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U")); // PostgreSQL does not run as root
        }
        command.addAll(
                List.of(program.toString(), "-D", folder.resolve("postgres").toString()));
        Map<String, String> settings = Map.of(
                "port", Integer.toString(postgresPort),
                "listen_addresses", "127.0.0.1",
                "unix_socket_directories", "",
                "fsync", "on",
                "synchronous_commit", "on",
                "full_page_writes", "on",
                "shared_buffers", "48MB",
                "max_connections", "100",
                "max_wal_size", "512MB");
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return command;
    }

    private Program startRedis() {
        Program program = Program.start(redisCommand, Map.of(), folder, folder.resolve("redis.log"));
        require(
                "Redis",
                Stopwatch.until(
                        PATIENCE, () -> Stopwatch.holds(() -> redis("PING").contains("PONG"))));
        return program;
    }

    private Program startPostgres() {
        Program program = Program.start(postgresCommand, Map.of(), folder, folder.resolve("postgres.log"));
        require(
                "PostgreSQL",
                Stopwatch.until(
                        PATIENCE,
                        () -> Stopwatch.holds(() -> {
                            try (Connection connection = sql()) {
                                return connection.isValid(5);
                            }
                        })));
        return program;
    }

    private static void require(String name, boolean up) {
        if (!up) {
            throw new IllegalStateException(name + " did not start");
        }
    }

    Program redisProgram() {
        return redis;
    }

    Program postgresProgram() {
        return postgres;
    }

    void restartRedis() {
        redis = startRedis();
    }

    void restartPostgres() {
        postgres = startPostgres();
    }

    int redisPort() {
        return redisPort;
    }

    int postgresPort() {
        return postgresPort;
    }

    String s3Endpoint() {
        return "http://127.0.0.1:" + s3Port;
    }

    /** A connection of the checker's own. */
    Connection sql() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + postgresPort + "/postgres?connectTimeout=5&socketTimeout=120",
                USER,
                USER);
    }

    /** One command of Redis (inline form of its protocol), and what came back within a moment. */
    String redis(String command) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), redisPort), 2_000);
            socket.setSoTimeout(5_000);
            OutputStream out = socket.getOutputStream();
            out.write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    void stop() {
        redis.stop(Duration.ofSeconds(10));
        postgres.stop(Duration.ofSeconds(20));
        stopS3();
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }
}
