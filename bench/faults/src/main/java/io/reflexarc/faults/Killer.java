// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;

/** Does harm, writes down what it did, and starts again what it ended. */
final class Killer {
    private static final Duration READY = Duration.ofSeconds(300);

    private final Cluster cluster;
    private final Stopwatch watch;
    private final Ledger ledger;
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final SplittableRandom random;
    private final Map<Part, Object> locks = new EnumMap<>(Part.class);
    private Optional<Recoveries> onlooker = Optional.empty();

    Killer(Cluster cluster, Stopwatch watch, long seed) {
        this.cluster = cluster;
        this.watch = watch;
        this.ledger = new Ledger(cluster.folder().resolve("faults.tsv"));
        this.random = new SplittableRandom(seed);
        for (Part part : Part.values()) {
            locks.put(part, new Object());
        }
    }

    /** Is told of each kill of the engine. */
    void onlooker(Recoveries recoveries) {
        onlooker = Optional.of(recoveries);
    }

    private void look(Part part, long at) {
        if (part == Part.ENGINE) {
            onlooker.ifPresent(one -> one.watch(at));
        }
    }

    /** {@code kill -9} of a role; comes back after the delay, and this after it is ready or was ended again. */
    Fault kill(String test, Part part, Duration delay) {
        long pid;
        long at;
        long back;
        Program next;
        synchronized (Objects.requireNonNull(locks.get(part))) { // one process of a role at a time
            Program victim = cluster.program(part);
            victim.kill();
            at = watch.micros();
            look(part, at);
            pid = victim.pid();
            Stopwatch.pause(delay);
            back = watch.micros();
            next = cluster.launch(part);
        }
        return awaited(new Fault(test, part.label(), "kill -9", pid, at, back, 0), next);
    }

    /** {@code kill -9} of all roles at one instant; they come back at once. */
    List<Fault> killAll(String test) {
        List<Part> all = List.of(Part.values());
        List<Program> victims = all.stream().map(cluster::program).toList();
        victims.parallelStream().forEach(Program::kill);
        long at = watch.micros();
        look(Part.ENGINE, at);
        List<Program> next = all.stream().map(cluster::launch).toList();
        List<Fault> done = new ArrayList<>();
        for (Part part : all) {
            long pid = victims.get(part.ordinal()).pid();
            done.add(
                    awaited(new Fault(test, part.label(), "kill -9 of all", pid, at, at, 0), next.get(part.ordinal())));
        }
        return done;
    }

    /** SIGTERM of a role; comes back at once. */
    Fault terminate(String test, Part part) {
        Program victim = cluster.program(part);
        long at = watch.micros();
        boolean clean = victim.stop(Duration.ofSeconds(60)).isPresent();
        long back = watch.micros();
        Program next = cluster.launch(part);
        String how = clean ? "SIGTERM" : "SIGTERM, then kill -9";
        return awaited(new Fault(test, part.label(), how, victim.pid(), at, back, 0), next);
    }

    /** SIGSTOP of a role for so long, then SIGCONT. */
    Fault freeze(String test, Part part, Duration time) {
        Program victim = cluster.program(part);
        long at = watch.micros();
        victim.signal("STOP");
        Stopwatch.pause(time);
        victim.signal("CONT");
        long back = watch.micros();
        return told(new Fault(test, part.label(), "SIGSTOP", victim.pid(), at, back, back));
    }

    Fault killRedis(String test, Duration delay) {
        Program victim = cluster.servers().redisProgram();
        victim.kill();
        long at = watch.micros(); // from here on nothing answers
        Stopwatch.pause(delay);
        long back = watch.micros();
        cluster.servers().restartRedis();
        return told(new Fault(test, "redis", "kill -9", victim.pid(), at, back, watch.micros()));
    }

    Fault killPostgres(String test, Duration delay) {
        Program victim = cluster.servers().postgresProgram();
        victim.kill();
        long at = watch.micros(); // from here on nothing answers
        Stopwatch.pause(delay);
        long back = watch.micros();
        cluster.servers().restartPostgres();
        return told(new Fault(test, "postgresql", "kill -9", victim.pid(), at, back, watch.micros()));
    }

    private Fault awaited(Fault fault, Program next) {
        boolean ready = next.firstLine(READY).isPresent() || next.ended();
        String how = ready ? fault.how() : fault.how() + ", did not come back";
        return told(
                new Fault(fault.test(), fault.victim(), how, fault.pid(), fault.at(), fault.back(), watch.micros()));
    }

    Fault told(Fault fault) {
        faults.add(fault);
        ledger.append(fault.test(), fault.victim(), fault.how(), fault.pid(), fault.at(), fault.back(), fault.ready());
        Progress.say(
                "%.0f s: %s of %s, back %.1f s later, ready after %.1f s",
                fault.at() / 1e6,
                fault.how(),
                fault.victim(),
                (fault.back() - fault.at()) / 1e6,
                (fault.ready() - fault.at()) / 1e6);
        return fault;
    }

    /** A waiting time of an exponential distribution, never more than four times its mean. */
    Duration exponential(Duration mean) {
        double factor = Math.min(4, -Math.log(1 - random.nextDouble()));
        return Duration.ofMillis(Math.round(mean.toMillis() * factor));
    }

    /** Evenly between nothing and so much. */
    Duration upTo(Duration most) {
        return Duration.ofMillis(random.nextLong(most.toMillis() + 1));
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** What was done for a test. */
    List<Fault> faults(String test) {
        return faults.stream().filter(fault -> fault.test().equals(test)).toList();
    }

    List<Fault> faults() {
        return List.copyOf(faults);
    }
}
