// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app;

import io.reflexarc.app.embedded.DataDirectory;
import io.reflexarc.app.embedded.EmbeddedServers;
import io.reflexarc.app.embedded.Ports;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Servers that run elsewhere, and the processes of a site that uses them. */
final class Elsewhere implements AutoCloseable {
    private final Path folder;
    private final List<Program> programs = new ArrayList<>();
    private final List<Gate> gates = new ArrayList<>();
    private final Vertx vertx = Vertx.vertx();
    private final DataDirectory data;
    private final EmbeddedServers servers;
    private final Map<String, String> environment;
    private final int apiPort = Ports.free();

    Elsewhere(Path folder) throws Exception {
        this.folder = folder;
        data = DataDirectory.open(folder.resolve("servers"));
        servers = EmbeddedServers.start(vertx, data)
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        data.secret("jwt.key");
        environment = new HashMap<>(Map.of(
                "REFLEXARC_POSTGRES_PORT", Integer.toString(servers.postgresPort()),
                "REFLEXARC_POSTGRES_USER", servers.postgresUser(),
                "REFLEXARC_POSTGRES_DATABASE", servers.postgresUser(),
                "REFLEXARC_POSTGRES_PASSWORD", "file:" + data.file("secrets/postgres"),
                "REFLEXARC_REDIS_PORT", Integer.toString(servers.redisPort()),
                "REFLEXARC_REDIS_PASSWORD", "file:" + data.file("secrets/redis"),
                "REFLEXARC_S3_ENDPOINT", servers.s3Endpoint().toString(),
                "REFLEXARC_S3_ACCESS_KEY", servers.s3AccessKey(),
                "REFLEXARC_S3_SECRET_KEY", "file:" + data.file("secrets/s3")));
        environment.put("REFLEXARC_KEYS_STORE", data.file("secrets/store.key").toString());
        environment.put("REFLEXARC_KEYS_JWT", data.file("secrets/jwt.key").toString());
        environment.put("REFLEXARC_HTTP_PORT", Integer.toString(apiPort));
        environment.put("REFLEXARC_EVENT_STREAM_PORT", Integer.toString(Ports.free()));
        environment.put("REFLEXARC_OUTBOUND_ALLOW", "127.0.0.0/8");
    }

    /** Processes that are started from now on find PostgreSQL behind this. */
    Gate gateToPostgres() throws Exception {
        Gate gate = new Gate(servers.postgresPort());
        environment.put("REFLEXARC_POSTGRES_PORT", Integer.toString(gate.port()));
        gates.add(gate);
        return gate;
    }

    /** Processes that are started from now on find Redis behind this. */
    Gate gateToRedis() throws Exception {
        Gate gate = new Gate(servers.redisPort());
        environment.put("REFLEXARC_REDIS_PORT", Integer.toString(gate.port()));
        gates.add(gate);
        return gate;
    }

    /** Takes everything away that Redis remembers. */
    void forgetLog() throws Exception {
        String password = Files.readString(data.file("secrets/redis")).strip();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), servers.redisPort())) {
            String commands = "AUTH " + password + "\r\nFLUSHALL\r\nQUIT\r\n";
            socket.getOutputStream().write(commands.getBytes(StandardCharsets.UTF_8));
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!answers.equals("+OK\r\n+OK\r\n+OK\r\n")) {
                throw new IllegalStateException(answers);
            }
        }
    }

    String url() {
        return "http://127.0.0.1:" + apiPort;
    }

    /** Where the process listens for events that is started without a port of its own. */
    int ingressPort() {
        return Integer.parseInt(environment.getOrDefault("REFLEXARC_EVENT_STREAM_PORT", "0"));
    }

    Program serve(String roles) throws Exception {
        return serve(roles, ingressPort());
    }

    /** A process that listens there for events. */
    Program serve(String roles, int ingressPort) throws Exception {
        Map<String, String> own = new HashMap<>(environment);
        own.put("REFLEXARC_OPERATIONS_PORT", Integer.toString(Ports.free()));
        own.put("REFLEXARC_EVENT_STREAM_PORT", Integer.toString(ingressPort));
        Program program = Program.start(own, "serve", "--roles", roles, "--output", "json");
        programs.add(program);
        return program;
    }

    /** As an operator does on a new site: nothing of the configuration is in the file, all of it in the environment. */
    String createAdmin() throws Exception {
        try (Program program = command("reset-admin", "--output", "json")) {
            return program.facts().get("password").asText();
        }
    }

    /** A command of an operator on this site. */
    Program command(String... arguments) throws Exception {
        Path empty = Files.writeString(folder.resolve("reflexarc.yml"), "{}");
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", empty.toString()));
        return Program.start(environment, all.toArray(String[]::new));
    }

    /** How many activations each process runs, by its process id. */
    Map<Long, Integer> activationsByProcess() throws Exception {
        String url = "jdbc:postgresql://127.0.0.1:" + servers.postgresPort() + "/" + servers.postgresUser();
        String password = Files.readString(data.file("secrets/postgres")).strip();
        Map<Long, Integer> counts = new HashMap<>();
        try (var connection = DriverManager.getConnection(url, servers.postgresUser(), password);
                var rows = connection
                        .createStatement()
                        .executeQuery("select owner from leases where until > now() and owner <> ''")) {
            while (rows.next()) {
                String owner = rows.getString(1);
                String process = owner.substring(owner.lastIndexOf('/') + 1);
                counts.merge(Long.parseLong(process.substring(0, process.indexOf('-'))), 1, Integer::sum);
            }
        }
        return counts;
    }

    @Override
    public void close() {
        programs.forEach(Program::close);
        gates.forEach(Gate::close);
        servers.stop(vertx).toCompletionStage().toCompletableFuture().join();
        data.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
