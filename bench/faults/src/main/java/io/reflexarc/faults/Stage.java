// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import io.reflexarc.faults.Checker.Books;
import io.reflexarc.faults.Checker.Decided;
import io.reflexarc.faults.Sender.Sent;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A site under load: the cluster, and around it sender, target, killer and their ledgers. */
final class Stage implements AutoCloseable {
    private static final Duration WARM_UP = Duration.ofSeconds(120);
    private static final double ENOUGH = 0.5;
    private static final double LEAST_RATE = 20;

    private final Vertx vertx = Vertx.vertx();
    private final Stopwatch watch = new Stopwatch();
    private final Cluster cluster;
    private final Target target;
    private final Workload workload;
    private final Cluster.Stream stream;
    private final Sender sender;
    private final Killer killer;
    private final Partials partials;
    private final Memory memory;
    private final Recoveries recoveries;
    private final long parallel;
    private final String activations;

    Stage(Path folder, Path root, long seed) throws Exception {
        cluster = Cluster.start(folder, root);
        target = Target.start(vertx, watch, folder.resolve("target.tsv"));
        workload = new Workload(seed);
        stream = cluster.stream("load");
        parallel = cluster.activation("parallel", Workload.rulebook("p", target.port()), stream);
        long sequential = cluster.activation("sequential", Workload.rulebook("s", target.port()), stream);
        activations = "(" + parallel + ", " + sequential + ")";
        partials = new Partials(vertx, cluster, target);
        sender = new Sender(vertx, watch, workload, stream, folder.resolve("sender.tsv"));
        killer = new Killer(cluster, watch, seed);
        recoveries = new Recoveries(cluster, watch, activations);
        killer.onlooker(recoveries);
        memory = new Memory(cluster, watch);
    }

    Vertx vertx() {
        return vertx;
    }

    Cluster cluster() {
        return cluster;
    }

    Target target() {
        return target;
    }

    Sender sender() {
        return sender;
    }

    Killer killer() {
        return killer;
    }

    Partials partials() {
        return partials;
    }

    /** The activation of the parallel ruleset. */
    long parallel() {
        return parallel;
    }

    Stopwatch watch() {
        return watch;
    }

    Recoveries recoveries() {
        return recoveries;
    }

    Memory memory() {
        return memory;
    }

    /**
     * Sends at the rate for a while without any fault, and lowers it when the machine cannot carry it; answers the rate of
     * the run.
     */
    double warmUp(double wanted, Duration time) {
        double first = carried(wanted, time);
        if (first >= ENOUGH * wanted) {
            return wanted;
        }
        // What was slow may have been the first classes of young processes; now they have had some practice
        double second = carried(wanted / 2, time);
        if (second >= ENOUGH * wanted / 2) {
            return second >= 0.8 * wanted / 2 ? wanted : wanted / 2;
        }
        return Math.max(LEAST_RATE, Math.floor(second));
    }

    private double carried(double rate, Duration time) {
        long start = watch.micros();
        int before = sender.acknowledged();
        sender.rate(rate);
        Stopwatch.pause(time);
        if (!sender.settle(WARM_UP) || !drain(WARM_UP)) {
            Progress.say("warm-up: it is still not done after %d s", WARM_UP.toSeconds());
        }
        double carried = (sender.acknowledged() - before) * 1e6 / (watch.micros() - start);
        Progress.say("warm-up: %.0f events a second sent, %.0f decided and acted on", rate, carried);
        return carried;
    }

    /** Waits until every acknowledged event is decided and every action has ended. */
    boolean drain(Duration bound) {
        return Stopwatch.until(
                bound,
                () -> Stopwatch.holds(() -> seen() >= sender.acknowledged()
                        && cluster.count("select (select count(*) from tasks) + (select count(*) from unsent_outcomes)")
                                == 0));
    }

    /** Events of the stream that both activations have decided on. */
    long seen() {
        return cluster.count("select coalesce(min(events_seen), 0) from inboxes where activation_id in " + activations);
    }

    /** What differs between the events that were acknowledged and those that activations counted; empty for nothing. */
    String countsDiffer() {
        long least = seen();
        long most = cluster.count(
                "select coalesce(max(events_seen), 0) from inboxes where activation_id in " + activations);
        int taken = sender.acknowledged();
        // What was never acknowledged may have been taken all the same
        boolean fits = least >= taken && most <= sender.planned();
        return fits ? "" : taken + " events were acknowledged, activations counted " + least + " to " + most;
    }

    /** All that was written down; call it when nothing moves any more. */
    Books books() {
        List<Sent> replies = sender.replies();
        Map<String, String> names = new HashMap<>();
        replies.stream().filter(Sent::accepted).forEach(sent -> names.put(sent.eventId(), sent.id()));
        List<Target.Effect> effects = target.effects().stream()
                .filter(effect -> effect.rule().matches("[ps]\\d"))
                .toList();
        return new Books(workload.events(), replies, effects, decisions(names), seen());
    }

    private List<Decided> decisions(Map<String, String> names) {
        String sql = "select e.event_id, d.rule, d.open_actions + d.failed_actions from decisions d"
                + " join decision_events e on e.decision_id = d.id and e.committed_at = d.committed_at"
                + " where d.activation_id in " + activations;
        List<Decided> decisions = new ArrayList<>();
        try (Connection connection = cluster.servers().sql();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                String event = rows.getString(1);
                decisions.add(new Decided(names.getOrDefault(event, event), rows.getString(2), rows.getInt(3)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the decisions cannot be read", e);
        }
        return decisions;
    }

    @Override
    public void close() {
        memory.close();
        sender.close();
        cluster.close();
        target.close();
        vertx.close().await();
    }
}
