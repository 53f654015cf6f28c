// SPDX-License-Identifier: Apache-2.0
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.PoolOptions;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Open-loop load on the whole arc: webhook → decision → HTTP action → audit. Sends at fixed times whatever the answers do,
 * and measures every latency from the intended time of sending, so that a stall is not hidden by waiting for it. Its own
 * CPU time (driver and target in one process) is counted apart from the server's.
 *
 * <p>Arguments: facts.json data-dir server-pid rate seconds strategy. Started by bench/arc.
 */
public class ArcLoad {
    static final ObjectMapper JSON = new ObjectMapper();
    static final java.net.http.HttpClient REST = java.net.http.HttpClient.newHttpClient();
    static final int KEYS = 64;
    static final int DRAIN_SECONDS = 60;

    public static void main(String[] arguments) throws Exception {
        JsonNode facts = JSON.readTree(Path.of(arguments[0]).toFile());
        Path data = Path.of(arguments[1]);
        long server = Long.parseLong(arguments[2]);
        int rate = Integer.parseInt(arguments[3]);
        int seconds = Integer.parseInt(arguments[4]);
        String strategy = arguments[5];
        new ArcLoad(facts, data, server, rate, seconds, strategy).run();
        System.exit(0);
    }

    final JsonNode facts;
    final Path data;
    final long server;
    final int rate;
    final int total;
    final String strategy;
    final Vertx vertx = Vertx.vertx();
    final AtomicLongArray intended;
    final AtomicLongArray acknowledged;
    final AtomicLongArray acted;
    final AtomicInteger refused = new AtomicInteger();
    final AtomicInteger repeats = new AtomicInteger();
    volatile String token = "";

    ArcLoad(JsonNode facts, Path data, long server, int rate, int seconds, String strategy) {
        this.facts = facts;
        this.data = data;
        this.server = server;
        this.rate = rate;
        this.total = rate * seconds;
        this.strategy = strategy;
        intended = new AtomicLongArray(total);
        acknowledged = new AtomicLongArray(total);
        acted = new AtomicLongArray(total);
    }

    void run() throws Exception {
        HttpServer target = vertx.createHttpServer()
                .requestHandler(request -> {
                    int n = Integer.parseInt(request.path().substring(1));
                    if (!acted.compareAndSet(n, 0, System.nanoTime())) {
                        repeats.incrementAndGet();
                    }
                    request.response().setStatusCode(204).end();
                })
                .listen(Integer.parseInt(System.getProperty("target.port", "0")), "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        login();
        JsonNode stream = prepare(target.actualPort());
        double serverBefore = cpu(serverPids());
        double driverBefore = cpu(List.of(ProcessHandle.current().pid()));
        long start = System.nanoTime();
        send(URI.create(stream.get("url").asText()), stream.get("generated_secret").asText(), start);
        double sent = (System.nanoTime() - start) / 1e9;
        long waited = System.nanoTime();
        while (done(acted) < total - refused.get() && System.nanoTime() - waited < DRAIN_SECONDS * 1_000_000_000L) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        double wall = (System.nanoTime() - start) / 1e9;
        double serverCpu = cpu(serverPids()) - serverBefore;
        double driverCpu = cpu(List.of(ProcessHandle.current().pid())) - driverBefore;
        TimeUnit.SECONDS.sleep(1);
        login();
        long decisions = get("/api/eda/v1/decisions/?page_size=1").get("count").asLong();
        report(sent, wall, serverCpu, driverCpu, decisions);
    }

    void login() throws Exception {
        JsonNode who = JSON.readTree(Path.of(facts.get("admin_credentials_file").asText()).toFile());
        token = post("/api/auth/login", JSON.createObjectNode()
                        .put("username", who.get("username").asText())
                        .put("password", who.get("password").asText()))
                .get("access_token")
                .asText();
    }

    JsonNode prepare(int targetPort) throws Exception {
        JsonNode stream = post("/api/eda/v1/event-streams/", (ObjectNode) JSON.readTree(
                "{\"name\":\"load\",\"event_stream_type\":\"generic\",\"credential\":{\"kind\":\"token\"}}"));
        String rulebook = """
                - name: Load
                  hosts: all
                  execution_strategy: %s
                  sources:
                    - name: load
                      ansible.eda.webhook: {port: 5000}
                  rules:
                    - name: Call
                      condition: event.payload.kind == "load" and event.payload.n >= 0
                      action:
                        http_request:
                          url: "http://127.0.0.1:%d/{{ event.payload.n }}"
                          method: POST
                          expected_status: [204]
                          lock: "{{ event.payload.key }}"
                """.formatted(strategy, targetPort);
        JsonNode book = post("/api/eda/v1/rulebooks/", JSON.createObjectNode().put("name", "load").put("rulesets", rulebook));
        ObjectNode activation = JSON.createObjectNode().put("name", "load").put("rulebook_id", book.get("id").asLong()).put("is_enabled", true);
        activation.putArray("source_mappings").addObject().put("source_name", "load").put("event_stream_id", stream.get("id").asLong());
        long id = post("/api/eda/v1/activations/", activation).get("id").asLong();
        for (int i = 0; i < 200; i++) {
            if ("running".equals(get("/api/eda/v1/activations/" + id + "/").get("status").asText())) {
                return stream;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new IllegalStateException("the activation did not start");
    }

    void send(URI url, String streamToken, long start) throws Exception {
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setPipelining(false).setKeepAlive(true),
                new PoolOptions().setHttp1MaxSize(64).setMaxWaitQueueSize(100_000));
        String filler = "x".repeat(820);
        long step = 1_000_000_000L / rate;
        for (int i = 0; i < total; i++) {
            long at = start + i * step;
            long now = System.nanoTime();
            if (at - now > 1_000_000) {
                TimeUnit.NANOSECONDS.sleep(at - now);
            }
            intended.set(i, at);
            int n = i;
            Buffer body = Buffer.buffer("{\"kind\":\"load\",\"n\":" + n + ",\"key\":\"k" + n % KEYS + "\",\"filler\":\"" + filler + "\"}");
            client.request(HttpMethod.POST, url.getPort(), url.getHost(), url.getPath())
                    .compose(request -> request.putHeader("Authorization", "Bearer " + streamToken)
                            .putHeader("Content-Type", "application/json")
                            .send(body))
                    .onComplete(result -> {
                        if (result.succeeded() && result.result().statusCode() == 202) {
                            acknowledged.set(n, System.nanoTime());
                        } else {
                            refused.incrementAndGet();
                        }
                    });
        }
    }

    static int done(AtomicLongArray times) {
        int count = 0;
        for (int i = 0; i < times.length(); i++) {
            count += times.get(i) == 0 ? 0 : 1;
        }
        return count;
    }

    void report(double sent, double wall, double serverCpu, double driverCpu, long decisions) {
        ObjectNode result = JSON.createObjectNode();
        result.put("strategy", strategy).put("rate", rate).put("sent", total).put("send_seconds", round(sent)).put("wall_seconds", round(wall));
        result.put("acknowledged", done(acknowledged)).put("refused", refused.get()).put("decisions", decisions);
        result.put("acted", done(acted)).put("repeated_actions", repeats.get());
        result.set("ack_ms", percentiles(acknowledged));
        result.set("action_ms", percentiles(acted));
        result.put("server_cpu_s_per_1000", round(serverCpu * 1000 / total)).put("driver_cpu_s_per_1000", round(driverCpu * 1000 / total));
        System.out.println(result);
    }

    ObjectNode percentiles(AtomicLongArray times) {
        double[] millis = new double[total];
        int count = 0;
        for (int i = 0; i < total; i++) {
            if (times.get(i) != 0) {
                millis[count++] = (times.get(i) - intended.get(i)) / 1e6;
            }
        }
        double[] sorted = Arrays.copyOf(millis, count);
        Arrays.sort(sorted);
        ObjectNode node = JSON.createObjectNode();
        for (double p : new double[] {50, 95, 99, 100}) {
            node.put(p == 100 ? "max" : "p" + (int) p, count == 0 ? -1 : round(sorted[(int) Math.min(count - 1, Math.ceil(p / 100 * count) - 1)]));
        }
        return node;
    }

    static double round(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.3f", value));
    }

    List<Long> serverPids() throws Exception {
        List<Long> pids = new ArrayList<>(List.of(server));
        for (JsonNode child : JSON.readTree(data.resolve("servers.json").toFile())) {
            pids.add(child.get("pid").asLong());
        }
        return pids;
    }

    /** CPU seconds of processes with their children, living and reaped. */
    static double cpu(List<Long> pids) throws Exception {
        double ticks = 0;
        for (long pid : pids) {
            List<Long> tree = new ArrayList<>(List.of(pid));
            if (pid != pids.getFirst()) {
                ProcessHandle.of(pid).ifPresent(process -> process.descendants().forEach(child -> tree.add(child.pid())));
            }
            for (long member : tree) {
                Path stat = Path.of("/proc/" + member + "/stat");
                if (Files.exists(stat)) {
                    String[] fields = Files.readString(stat).replaceFirst("^.*\\) ", "").split(" ");
                    ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]) + Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
                }
            }
        }
        return ticks / 100;
    }

    JsonNode post(String path, ObjectNode body) throws Exception {
        return call(HttpRequest.newBuilder(URI.create(facts.get("url").asText() + path))
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    JsonNode get(String path) throws Exception {
        return call(HttpRequest.newBuilder(URI.create(facts.get("url").asText() + path)));
    }

    JsonNode call(HttpRequest.Builder request) throws Exception {
        request.header("Content-Type", "application/json");
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> answer = REST.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(answer.uri() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }
}
