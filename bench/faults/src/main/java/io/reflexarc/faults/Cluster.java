// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A site of separate processes, each role one, started with the product's own command against {@link Servers}. */
final class Cluster implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(300);
    private static final Duration STOP = Duration.ofSeconds(60);

    private final Path folder;
    private final Path root;
    private final Servers servers;
    private final Map<String, String> environment = new HashMap<>();
    private final Map<Part, Program> programs = new EnumMap<>(Part.class);
    private final Map<Part, Integer> operations = new EnumMap<>(Part.class);
    private final Map<Part, Map<String, String>> networks = new ConcurrentHashMap<>();
    private final int apiPort = Servers.freePort();
    private final int ingressPort = Servers.freePort();
    private final Rest rest;

    private Cluster(Path folder, Path root, Servers servers) throws IOException {
        this.folder = folder;
        this.root = root;
        this.servers = servers;
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Path jwt =
                Files.writeString(folder.resolve("jwt.key"), Base64.getEncoder().encodeToString(key));
        environment.putAll(Map.of(
                "REFLEXARC_POSTGRES_PORT", Integer.toString(servers.postgresPort()),
                "REFLEXARC_POSTGRES_USER", Servers.USER,
                "REFLEXARC_POSTGRES_DATABASE", Servers.USER,
                "REFLEXARC_POSTGRES_PASSWORD", Servers.USER,
                "REFLEXARC_REDIS_PORT", Integer.toString(servers.redisPort()),
                "REFLEXARC_S3_ENDPOINT", servers.s3Endpoint(),
                "REFLEXARC_S3_ACCESS_KEY", Servers.S3_KEY,
                "REFLEXARC_S3_SECRET_KEY", Servers.S3_KEY));
        environment.put("REFLEXARC_KEYS_STORE", folder.resolve("store.key").toString());
        environment.put("REFLEXARC_KEYS_JWT", jwt.toString());
        environment.put("REFLEXARC_HTTP_PORT", Integer.toString(apiPort));
        environment.put("REFLEXARC_EVENT_STREAM_PORT", Integer.toString(ingressPort));
        environment.put("REFLEXARC_OUTBOUND_ALLOW", "127.0.0.0/8");
        for (Part part : Part.values()) {
            operations.put(part, Servers.freePort());
        }
        start(Part.API);
        rest = new Rest("http://127.0.0.1:" + apiPort, admin());
        List.of(Part.INGRESS, Part.ENGINE, Part.WORKER, Part.SCHEDULER).parallelStream()
                .forEach(this::start);
    }

    /** Starts servers and all roles; {@code root} is where the program {@code reflexarc} is. */
    static Cluster start(Path folder, Path root) throws Exception {
        Servers servers = Servers.start(folder);
        try {
            return new Cluster(folder, root, servers);
        } catch (Exception | Error failure) {
            servers.stop();
            throw failure;
        }
    }

    private String admin() throws IOException {
        Files.writeString(folder.resolve("reflexarc.yml"), "{}");
        String line = command("reset-admin", "--output", "json");
        if (line.isEmpty()) {
            throw failed("reset-admin");
        }
        return Rest.tree(line).get("password").asText();
    }

    /** Runs a command of an operator on this site; answers the first line of what it says. */
    String command(String name, String... options) {
        List<String> command = new ArrayList<>(List.of("./reflexarc", name));
        command.addAll(List.of(options));
        command.addAll(List.of("--config", folder.resolve("reflexarc.yml").toString()));
        return Program.start(command, environment, root, folder.resolve(name + ".log"))
                .firstLine(START)
                .orElse("");
    }

    /** Starts a role and waits until it is ready. */
    void start(Part part) {
        Program program = launch(part);
        if (program.firstLine(START).isEmpty()) {
            throw failed(part.label());
        }
    }

    /** From its next start on a role finds Redis and PostgreSQL there. */
    void behind(Part part, int redisPort, int postgresPort) {
        networks.put(
                part,
                Map.of(
                        "REFLEXARC_REDIS_PORT", Integer.toString(redisPort),
                        "REFLEXARC_POSTGRES_PORT", Integer.toString(postgresPort)));
    }

    /** From its next start on a role finds the servers where they are. */
    void direct(Part part) {
        networks.remove(part);
    }

    /** Starts a role, and does not wait. */
    Program launch(Part part) {
        Map<String, String> own = new HashMap<>(environment);
        own.putAll(networks.getOrDefault(part, Map.of()));
        own.put("REFLEXARC_OPERATIONS_PORT", Integer.toString(operationsPort(part)));
        Program program = Program.start(
                List.of("./reflexarc", "serve", "--roles", part.roles(), "--output", "json"), own, root, log(part));
        synchronized (programs) {
            programs.put(part, program);
        }
        return program;
    }

    /** One more process of a role, ready; it is the caller's to end. */
    Program another(Part part) {
        Map<String, String> own = new HashMap<>(environment);
        own.put("REFLEXARC_OPERATIONS_PORT", Integer.toString(Servers.freePort()));
        Program program = Program.start(
                List.of("./reflexarc", "serve", "--roles", part.roles(), "--output", "json"),
                own,
                root,
                folder.resolve("another-" + part.label() + ".log"));
        if (program.firstLine(START).isEmpty()) {
            throw failed("another-" + part.label());
        }
        return program;
    }

    private IllegalStateException failed(String name) {
        return new IllegalStateException(name + " did not start; see " + folder.resolve(name + ".log"));
    }

    Path log(Part part) {
        return folder.resolve(part.label() + ".log");
    }

    Program program(Part part) {
        synchronized (programs) {
            return Objects.requireNonNull(programs.get(part), part.label());
        }
    }

    Servers servers() {
        return servers;
    }

    Rest rest() {
        return rest;
    }

    Path folder() {
        return folder;
    }

    int ingressPort() {
        return ingressPort;
    }

    /** Port of health and metrics of a role. */
    int operationsPort(Part part) {
        return part == Part.API ? apiPort : operations.getOrDefault(part, 0);
    }

    /** A new event stream with a token. */
    Stream stream(String name) {
        return stream(name, "generic");
    }

    /** The same for a kind of sender. */
    Stream stream(String name, String type) {
        JsonNode stream = rest.post(
                "/api/eda/v1/event-streams/",
                Map.of("name", name, "event_stream_type", type, "credential", Map.of("kind", "token")));
        return new Stream(
                stream.get("id").asLong(),
                stream.get("url").asText(),
                stream.get("generated_secret").asText());
    }

    /** A new activation of this rulebook that listens to the stream; waits until it runs. */
    long activation(String name, String rulebook, Stream stream) {
        JsonNode book = rest.post("/api/eda/v1/rulebooks/", Map.of("name", name, "rulesets", rulebook));
        JsonNode activation = rest.post(
                "/api/eda/v1/activations/",
                Map.of(
                        "name",
                        name,
                        "rulebook_id",
                        book.get("id").asLong(),
                        "is_enabled",
                        true,
                        "source_mappings",
                        List.of(Map.of("source_name", "events", "event_stream_id", stream.id()))));
        long id = activation.get("id").asLong();
        if (!Stopwatch.until(START, () -> status(id).equals("running"))) {
            throw new IllegalStateException("the activation " + name + " is " + status(id) + " and does not run");
        }
        return id;
    }

    String status(long activation) {
        return rest.get("/api/eda/v1/activations/" + activation + "/")
                .get("status")
                .asText();
    }

    /** A number that SQL answers. */
    long count(String sql) {
        try (Connection connection = servers.sql();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Resident memory of each role in kB. */
    Map<Part, Long> resident() {
        Map<Part, Long> sizes = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            program(part).residentKilobytes().ifPresent(size -> sizes.put(part, size));
        }
        return sizes;
    }

    /** Lines that a role has logged at WARN or ERROR so far, with their severity and words. */
    List<String> warnings(Part part) {
        try (var lines = Files.lines(log(part))) {
            return lines.filter(line -> line.matches("^\\d\\d:\\d\\d:\\d\\d\\.\\d{3} +(WARN|ERROR) .*"))
                    .collect(Collectors.toList());
        } catch (IOException e) {
            return List.of();
        }
    }

    @Override
    public void close() {
        synchronized (programs) {
            programs.values().parallelStream().forEach(program -> program.stop(STOP));
        }
        servers.stop();
    }

    /** Where events are sent. */
    record Stream(long id, String url, String token) {}
}
