// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * F-1: {@code kill -9} of one role after the other, with waits of an exponential distribution, and a restart after up to five
 * seconds. F-22 rides along: before each kill of the engine some partial matches are opened, and completed after it.
 */
final class KillRoles implements Phase {
    private static final List<Part> ROUND =
            List.of(Part.ENGINE, Part.WORKER, Part.INGRESS, Part.SCHEDULER, Part.ENGINE, Part.WORKER);
    private static final int IN_FLIGHT = 25;
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final int kills;
    private final Duration time;
    private final int rounds;
    private final int trialsAtOnce;

    /** {@code rounds} kills of the engine wait for partial matches to be opened before, so many each time. */
    KillRoles(int kills, Duration time, int rounds, int trialsAtOnce) {
        this.rounds = rounds;
        this.kills = kills;
        this.time = time;
        this.trialsAtOnce = trialsAtOnce;
    }

    @Override
    public String id() {
        return "F-1";
    }

    @Override
    public String title() {
        return "kill -9 of random roles, " + kills + " in " + time.toSeconds() + " s";
    }

    @Override
    public int planned() {
        return kills;
    }

    @Override
    public void act(Stage stage) {
        Killer killer = stage.killer();
        long begun = stage.watch().micros();
        List<Thread> revivals = new ArrayList<>();
        List<Part> round = new ArrayList<>();
        for (int i = 0; i < kills; i++) {
            if (round.isEmpty()) {
                round.addAll(ROUND);
            }
            Part part = killer.one(round);
            round.remove(part);
            // As long as there is time, waits are random; then what is left of it is divided
            double left = time.toMillis() - (stage.watch().micros() - begun) / 1e3;
            double most = Math.max(0, left / (kills - i));
            Duration wait = killer.exponential(Duration.ofMillis((long) (most * 0.7)));
            Stopwatch.pause(wait.compareTo(LEAST) < 0 ? LEAST : wait);
            boolean trials = part == Part.ENGINE && stage.partials().trials() < rounds * trialsAtOnce;
            if (trials) {
                stage.partials().open(trialsAtOnce);
            }
            Duration delay = killer.upTo(Duration.ofSeconds(5));
            Program victim = stage.cluster().program(part);
            revivals.add(Thread.ofVirtual().start(() -> killer.kill(id(), part, delay)));
            if (trials) {
                stage.partials().completeAfter(victim);
            }
        }
        join(revivals);
        long left = time.toMillis() - (stage.watch().micros() - begun) / 1_000;
        Stopwatch.pause(Duration.ofMillis(Math.max(0, left)));
    }

    private static void join(List<Thread> threads) {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
            threads.clear();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public List<String> judge(Evidence evidence, Map<String, Object> numbers) {
        List<String> complaints = new ArrayList<>();
        int most = kills * IN_FLIGHT;
        if (evidence.findings().rawDuplicates() > most) {
            complaints.add("calls were repeated more often than calls in flight explain (" + most + ")");
        }
        if (evidence.faults().stream().anyMatch(fault -> fault.how().contains("did not come back"))) {
            complaints.add("a role did not come back");
        }
        return complaints;
    }
}
