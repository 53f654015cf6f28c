// SPDX-License-Identifier: Apache-2.0
package load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.redis.client.ProtocolVersion;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The site under load: its REST API, and the CPU time of its processes. */
final class Site {
    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient rest = HttpClient.newHttpClient();
    private final JsonNode facts;
    private final Path data;
    private final long server;
    private String token = "";

    /**
     * A site that runs.
     *
     * @param facts file with what it printed when it was ready
     * @param data its data directory
     * @param server its process
     */
    Site(Path facts, Path data, long server) throws Exception {
        this.facts = JSON.readTree(facts.toFile());
        this.data = data;
        this.server = server;
        login();
    }

    void login() throws Exception {
        JsonNode who = JSON.readTree(Path.of(facts.get("admin_credentials_file").asText()).toFile());
        token = "";
        token = post("/api/auth/login", JSON.createObjectNode()
                        .put("username", who.get("username").asText())
                        .put("password", who.get("password").asText()))
                .get("access_token")
                .asText();
    }

    /** An event stream with a token; answers {@code url} and {@code generated_secret}. */
    JsonNode stream(String name) throws Exception {
        ObjectNode stream = JSON.createObjectNode().put("name", name).put("event_stream_type", "generic");
        stream.putObject("credential").put("kind", "token");
        return post("/api/eda/v1/event-streams/", stream);
    }

    /** Runs a rulebook whose source is called as the stream is, and waits until it does. */
    void activate(String name, String rulebook, JsonNode stream) throws Exception {
        JsonNode book = post("/api/eda/v1/rulebooks/", JSON.createObjectNode().put("name", name).put("rulesets", rulebook));
        ObjectNode activation = JSON.createObjectNode()
                .put("name", name)
                .put("rulebook_id", book.get("id").asLong())
                .put("is_enabled", true);
        activation.putArray("source_mappings")
                .addObject()
                .put("source_name", stream.get("name").asText())
                .put("event_stream_id", stream.get("id").asLong());
        long id = post("/api/eda/v1/activations/", activation).get("id").asLong();
        for (int i = 0; i < 200; i++) {
            if ("running".equals(get("/api/eda/v1/activations/" + id + "/").get("status").asText())) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new IllegalStateException("the activation did not start");
    }

    long decisions() throws Exception {
        login(); // a long run outlives the token
        return get("/api/eda/v1/audit-rules/?page_size=1").get("count").asLong();
    }

    JsonNode post(String path, ObjectNode body) throws Exception {
        return call(HttpRequest.newBuilder(URI.create(facts.get("url").asText() + path))
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    JsonNode get(String path) throws Exception {
        return call(HttpRequest.newBuilder(URI.create(facts.get("url").asText() + path)));
    }

    private JsonNode call(HttpRequest.Builder request) throws Exception {
        request.header("Content-Type", "application/json");
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> answer = rest.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(answer.uri() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    /** Its directory, with the files of its servers. */
    Path data() {
        return data;
    }

    String secret(String name) throws Exception {
        return Files.readAllLines(data.resolve("secrets").resolve(name)).getFirst();
    }

    /** A connection to its log, past the product. */
    Redis redis(Vertx vertx) throws Exception {
        String port = Files.readAllLines(data.resolve("redis.conf")).stream()
                .filter(line -> line.startsWith("port "))
                .findFirst()
                .orElseThrow()
                .substring(5);
        return Redis.createClient(
                vertx,
                new RedisOptions()
                        .setConnectionString("redis://127.0.0.1:" + port)
                        .setPreferredProtocolVersion(ProtocolVersion.RESP2)
                        .setPassword(secret("redis")));
    }

    /** CPU seconds of the JVM, of Redis, of PostgreSQL: in this order. */
    List<Double> cpu() throws Exception {
        double redis = 0;
        double postgres = 0;
        for (JsonNode child : JSON.readTree(data.resolve("servers.json").toFile())) {
            long pid = child.get("pid").asLong();
            double spent = Cpu.ofTree(pid);
            if (Cpu.command(pid).contains("redis")) {
                redis += spent;
            } else if (Cpu.command(pid).contains("postgres")) {
                postgres += spent;
            }
        }
        return List.of(Cpu.of(server), redis, postgres);
    }

    /** What was spent between two answers of {@link #cpu}, per thousand. */
    static ObjectNode spent(List<Double> before, List<Double> after, int count) {
        List<String> names = List.of("jvm", "redis", "postgresql");
        ObjectNode node = JSON.createObjectNode();
        double total = 0;
        for (int i = 0; i < names.size(); i++) {
            double spent = (after.get(i) - before.get(i)) * 1000 / count;
            total += spent;
            node.put(names.get(i), Latencies.round(spent));
        }
        return node.put("all", Latencies.round(total));
    }

    /** CPU seconds of the JVM by what its threads are for. */
    Map<String, Double> threads() throws Exception {
        Map<String, Double> seconds = new TreeMap<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + server + "/task"))) {
            for (Path task : tasks.toList()) {
                if (Files.exists(task.resolve("stat"))) {
                    String stat = Files.readString(task.resolve("stat"));
                    String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
                    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                    double spent = (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / Cpu.TICKS;
                    seconds.merge(kind(name), spent, Double::sum);
                }
            }
        }
        return seconds;
    }

    private static String kind(String thread) {
        if (thread.startsWith("vert.x-eventloo")) {
            return "event_loops";
        }
        if (thread.startsWith("ForkJoinPool")) {
            return "virtual_threads";
        }
        if (thread.startsWith("VM Thread") || thread.startsWith("GC ")) {
            return "collector";
        }
        return thread.startsWith("C1 ") || thread.startsWith("C2 ") ? "compiler" : "rest";
    }

    /** What threads spent between two answers of {@link #threads}, per thousand. */
    static ObjectNode spent(Map<String, Double> before, Map<String, Double> after, int count) {
        ObjectNode node = JSON.createObjectNode();
        after.forEach((kind, spent) ->
                node.put(kind, Latencies.round((spent - before.getOrDefault(kind, 0.0)) * 1000 / count)));
        return node;
    }

    /** CPU seconds of processes. */
    static final class Cpu {
        private static final double TICKS = 100;

        private Cpu() {}

        static double own() throws Exception {
            return of(ProcessHandle.current().pid());
        }

        /** With its children that have ended. */
        static double of(long pid) throws Exception {
            Path stat = Path.of("/proc/" + pid + "/stat");
            if (!Files.exists(stat)) {
                return 0;
            }
            String[] fields = Files.readString(stat).replaceFirst("^.*\\) ", "").split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12]) + Long.parseLong(fields[13])
                            + Long.parseLong(fields[14]))
                    / TICKS;
        }

        static double ofTree(long pid) throws Exception {
            List<Long> tree = new ArrayList<>(List.of(pid));
            ProcessHandle.of(pid).ifPresent(process -> process.descendants().forEach(child -> tree.add(child.pid())));
            double sum = 0;
            for (long member : tree) {
                sum += of(member);
            }
            return sum;
        }

        static String command(long pid) throws Exception {
            Path command = Path.of("/proc/" + pid + "/cmdline");
            return Files.exists(command) ? Files.readString(command).split("\0")[0].toLowerCase(Locale.ROOT) : "";
        }
    }
}
