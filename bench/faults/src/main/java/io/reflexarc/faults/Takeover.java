// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench/takeover}. */
@Command(
        name = "bench/takeover",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Kills the process that runs an activation in which many matches wait for their second event, and says how"
                        + " long another one takes to have it, to build its session, and to decide. Then every match is"
                        + " completed and the calls of its actions are counted. One JSON line a repeat.",
        footer = {"", "Exit codes: 0 every match fired once, 1 one was lost or fired twice, 2 wrong usage"})
final class Takeover implements Callable<Integer> {
    private static final int ACCEPTED = 202;
    private static final int IN_FLIGHT = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(300);

    @Option(names = "--matches", description = "that wait (default: ${DEFAULT-VALUE})", defaultValue = "10000")
    private int matches;

    @Option(
            names = "--tail",
            description = "of their events come after the newest snapshot (default: ${DEFAULT-VALUE})",
            defaultValue = "2000")
    private int tail;

    @Option(names = "--repeats", description = "kills (default: ${DEFAULT-VALUE})", defaultValue = "1")
    private int repeats;

    @Option(names = "--stop", description = "stop it with SIGTERM instead of kill -9")
    private boolean stop;

    @Option(names = "--alone", description = "no other process stands by: the role is started again after the kill")
    private boolean alone;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(IN_FLIGHT));

    /** Starts it. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Takeover()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("reflexarc-takeover");
        boolean good = true;
        try (Target target = Target.start(vertx, new Stopwatch(), folder.resolve("target.ledger"));
                Cluster cluster = Cluster.start(folder, Path.of("").toAbsolutePath())) {
            Cluster.Stream stream = cluster.stream("pairs");
            long activation = cluster.activation("pairs", rulebook(target.port()), stream);
            Program owner = cluster.program(Part.ENGINE);
            for (int n = 0; n < repeats; n++) {
                Program next = alone ? owner : cluster.another(Part.ENGINE);
                fill(cluster, stream, activation, n);
                Measured measured = takeOver(cluster, stream, activation, owner, n);
                Progress.say(
                        "load %.1f: lease after %d ms, session %d ms later, first decision after %d ms; all are completed now",
                        measured.load, measured.lease, measured.restore, measured.decision);
                good &= complete(target, stream, n, measured);
                owner = alone ? cluster.program(Part.ENGINE) : next;
            }
            if (!alone) {
                owner.kill();
            }
        }
        Report.delete(folder);
        return good ? 0 : 1;
    }

    private static String rulebook(int port) {
        return """
                - name: Pairs
                  hosts: all
                  sources:
                    - name: events
                      ansible.eda.webhook: {port: 5000}
                  rules:
                    - name: Two
                      condition:
                        all:
                          - events.a << event.payload.part == 1
                          - event.payload.part == 2 and event.payload.pair == events.a.payload.pair
                      action:
                        http_request:
                          url: "http://127.0.0.1:%d/pair"
                          method: POST
                          body: {id: "{{ events.a.payload.pair }}", rule: "two"}
                          expected_status: [204]
                          retries: 50
                """.formatted(port);
    }

    /** The first events of all matches; the last of them after a snapshot of the others. */
    private void fill(Cluster cluster, Cluster.Stream stream, long activation, int repeat) {
        long before = seen(cluster, activation);
        send(stream, repeat, 1, 0, matches - tail);
        await(
                "a snapshot",
                () -> seen(cluster, activation) >= before + matches - tail && snapshotIsNewest(cluster, activation));
        send(stream, repeat, 1, matches - tail, matches);
        await("all events to be read", () -> seen(cluster, activation) >= before + matches);
    }

    private static long seen(Cluster cluster, long activation) {
        return cluster.count("select coalesce(sum(events_seen), 0) from inboxes where activation_id = " + activation);
    }

    private static boolean snapshotIsNewest(Cluster cluster, long activation) {
        return cluster.count("select count(*) from inboxes i join snapshots s using (activation_id, part)"
                        + " where i.position_major = s.position_major and i.position_minor = s.position_minor"
                        + " and activation_id = " + activation)
                == 1;
    }

    private Measured takeOver(Cluster cluster, Cluster.Stream stream, long activation, Program owner, int repeat)
            throws SQLException {
        try (Connection connection = cluster.servers().sql();
                Statement statement = connection.createStatement()) {
            State before = State.of(statement, activation, 0);
            double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
            long clock = System.currentTimeMillis();
            long begin = System.nanoTime();
            if (stop) {
                Thread.ofVirtual().start(() -> owner.stop(Duration.ofSeconds(60)));
            } else {
                owner.kill();
            }
            if (alone) {
                cluster.launch(Part.ENGINE);
            }
            send(stream, repeat, 2, 0, 1);
            long lease = 0;
            long restored = 0;
            while (true) {
                State now = State.of(statement, activation, clock);
                long passed = (System.nanoTime() - begin) / 1_000_000;
                lease = lease == 0 && now.epoch > before.epoch ? passed : lease;
                restored = restored == 0 && now.epoch > before.epoch && now.runs ? passed : restored;
                if (now.decisions > before.decisions) {
                    return new Measured(load, lease, Math.max(0, restored - lease), passed);
                }
                if (passed > PATIENCE.toMillis()) {
                    throw new IllegalStateException("nobody took over; see " + cluster.folder());
                }
                Stopwatch.pause(Duration.ofMillis(5));
            }
        }
    }

    /** All second events but the one that was sent already; whether each match fired once. */
    private boolean complete(Target target, Cluster.Stream stream, int repeat, Measured measured) {
        send(stream, repeat, 2, 1, matches);
        Stopwatch.until(PATIENCE, () -> IntStream.range(0, matches).allMatch(n -> target.acted(id(repeat, n))));
        Map<String, Set<String>> keys = new HashMap<>();
        target.effects()
                .forEach(effect ->
                        keys.computeIfAbsent(effect.id(), id -> new HashSet<>()).add(effect.key()));
        long once = IntStream.range(0, matches)
                .filter(n -> keys.getOrDefault(id(repeat, n), Set.of()).size() == 1)
                .count();
        long lost = IntStream.range(0, matches)
                .filter(n -> !keys.containsKey(id(repeat, n)))
                .count();
        System.out.printf(
                Locale.ROOT,
                "{\"matches\":%d,\"after_the_snapshot\":%d,\"ended_by\":\"%s\",\"standby\":%b,\"load\":%.1f,"
                        + "\"lease_ms\":%d,\"restore_ms\":%d,\"first_decision_ms\":%d,"
                        + "\"fired_once\":%d,\"lost\":%d,\"twice\":%d}%n",
                matches,
                tail,
                stop ? "SIGTERM" : "SIGKILL",
                !alone,
                measured.load,
                measured.lease,
                measured.restore,
                measured.decision,
                once,
                lost,
                matches - once - lost);
        return once == matches;
    }

    private static String id(int repeat, int n) {
        return repeat + "-" + n;
    }

    private void send(Cluster.Stream stream, int repeat, int part, int from, int to) {
        Semaphore free = new Semaphore(IN_FLIGHT);
        AtomicInteger left = new AtomicInteger(to - from);
        for (int n = from; n < to; n++) {
            String pair = id(repeat, n);
            free.acquireUninterruptibly();
            Thread.ofVirtual().start(() -> {
                await("event " + pair + " to be taken", () -> Stopwatch.holds(() -> post(stream, pair, part)));
                left.decrementAndGet();
                free.release();
            });
        }
        await("the events to be taken", () -> left.get() == 0);
    }

    /** A kilobyte. */
    private boolean post(Cluster.Stream stream, String pair, int part) throws Exception {
        URI url = URI.create(stream.url());
        String body = "{\"pair\":\"%s\",\"part\":%d,\"text\":\"%s\"}".formatted(pair, part, "x".repeat(900));
        Future<Integer> status = client.request(HttpMethod.POST, url.getPort(), url.getHost(), url.getPath())
                .compose(request -> request.putHeader("Authorization", "Bearer " + stream.token())
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Idempotency-Key", pair + "/" + part)
                        .send(Buffer.buffer(body)))
                .compose(answer -> answer.body().map(answer.statusCode()));
        return status.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS) == ACCEPTED;
    }

    private static void await(String what, java.util.function.BooleanSupplier question) {
        if (!Stopwatch.until(PATIENCE, question)) {
            throw new IllegalStateException("waited in vain for " + what);
        }
    }

    /** Milliseconds after the kill: until it had a lease, from there until the session was there, until it had decided. */
    private record Measured(double load, long lease, long restore, long decision) {}

    private record State(long epoch, boolean runs, long decisions) {
        static State of(Statement statement, long activation, long since) throws SQLException {
            try (ResultSet row = statement.executeQuery("""
                    select l.epoch, a.status = 'running' and a.status_since > to_timestamp(%d / 1000.0), i.decisions_made
                      from activations a join leases l on l.activation_id = a.id join inboxes i on i.activation_id = a.id
                     where a.id = %d
                    """.formatted(since, activation))) {
                row.next();
                return new State(row.getLong(1), row.getBoolean(2), row.getLong(3));
            }
        }
    }
}
