// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Where the time of a recovery goes: after each kill of the engine it looks ten times a second at the rows of the leases, of the activations
 * and of what they have decided.
 */
final class Recoveries {
    private static final Duration PERIOD = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Cluster cluster;
    private final Stopwatch watch;
    private final String activations;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    Recoveries(Cluster cluster, Stopwatch watch, String activations) {
        this.cluster = cluster;
        this.watch = watch;
        this.activations = activations;
    }

    /** Looks on from the moment of a kill; the process that comes is known by its first line. */
    void watch(long killed) {
        Thread.ofVirtual().start(() -> follow(killed));
    }

    private void follow(long killed) {
        State before = null;
        Seen found = new Seen(killed, Optional.empty(), Optional.empty(), Optional.empty());
        try (Connection connection = cluster.servers().sql();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(10);
            double begun = now(statement);
            while (watch.micros() - killed < PATIENCE.toNanos() / 1_000 && !found.complete()) {
                State now = state(statement, begun);
                before = before == null ? now : before;
                found = found.with(before, now, watch.micros());
                Stopwatch.pause(PERIOD);
            }
        } catch (Exception e) {
            // PostgreSQL was ended by another test meanwhile, or the run is over
        }
        seen.add(found);
    }

    private static double now(Statement statement) throws Exception {
        try (ResultSet rows = statement.executeQuery("select extract(epoch from clock_timestamp())")) {
            rows.next();
            return rows.getDouble(1);
        }
    }

    /** What it says of an activation counts when it was written since. */
    private State state(Statement statement, double begun) throws Exception {
        String sql = "select (select min(epoch) from leases where activation_id in " + activations + "),"
                + " (select count(*) from activations where id in " + activations
                + " and not (status = 'running' and status_since > to_timestamp(" + begun + "))),"
                + " (select min(events_seen) from inboxes where activation_id in " + activations + ")";
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return new State(rows.getLong(1), rows.getLong(2), rows.getLong(3));
        }
    }

    /** One line for each kill of the engine that nothing else came between, all in seconds since the kill. */
    List<Map<String, Object>> of(List<Fault> faults) {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (Fault fault : faults) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("victim", fault.victim());
            line.put("started_again", since(fault, fault.back()));
            line.put("ready", since(fault, fault.ready()));
            seen.stream().filter(one -> one.killed == fault.at()).findFirst().ifPresent(one -> {
                one.leased.ifPresent(at -> line.put("lease_taken", since(fault, at)));
                one.running.ifPresent(at -> line.put("restored", since(fault, at)));
                one.decided.ifPresent(at -> line.put("all_decide", since(fault, at)));
            });
            lines.add(line);
        }
        return lines;
    }

    /** 50 % and 95 % of each step, by victim. */
    static Map<String, String> steps(List<Map<String, Object>> lines) {
        Map<String, List<Double>> times = new TreeMap<>();
        for (Map<String, Object> line : lines) {
            line.forEach((step, at) -> {
                if (at instanceof Double seconds) {
                    times.computeIfAbsent(line.get("victim") + " " + step, first -> new ArrayList<>())
                            .add(seconds);
                }
            });
        }
        Map<String, String> steps = new TreeMap<>();
        times.forEach((step, list) -> {
            List<Double> sorted = list.stream().sorted().toList();
            steps.put(step, Measures.percentile(sorted, 0.5) + " / " + Measures.percentile(sorted, 0.95));
        });
        return steps;
    }

    private static double since(Fault fault, long at) {
        return Measures.round((at - fault.at()) / 1e6);
    }

    private record State(long epoch, long notRunning, long events) {}

    private record Seen(long killed, Optional<Long> leased, Optional<Long> running, Optional<Long> decided) {
        boolean complete() {
            return leased.isPresent() && running.isPresent() && decided.isPresent();
        }

        Seen with(State before, State now, long at) {
            boolean taken = now.epoch > before.epoch;
            return new Seen(
                    killed,
                    leased.or(() -> taken ? Optional.of(at) : Optional.empty()),
                    running.or(() -> taken && now.notRunning == 0 ? Optional.of(at) : Optional.empty()),
                    decided.or(() -> taken && now.events > before.events ? Optional.of(at) : Optional.empty()));
        }
    }
}
