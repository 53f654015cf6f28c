// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import io.reflexarc.faults.Proxy.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * F-20: the network between a role and Redis, PostgreSQL or both is cut, falls silent, or is slow. A second process of the role
 * may take over meanwhile; there must never be two owners whose work counts.
 */
final class CutOff implements Phase {
    private static final Duration REST = Duration.ofSeconds(8);

    private final List<Part> parts;
    private final Duration time;
    private final Map<String, Integer> knocks = new LinkedHashMap<>();

    CutOff(List<Part> parts, Duration time) {
        this.parts = parts;
        this.time = time;
    }

    @Override
    public String id() {
        return "F-20";
    }

    @Override
    public String title() {
        return "the network between a role and Redis, PostgreSQL or both is cut, silent or slow for " + time.toSeconds()
                + " s";
    }

    @Override
    public int planned() {
        return parts.size() * Cut.values().length;
    }

    @Override
    public void act(Stage stage) {
        for (Part part : parts) {
            Cluster cluster = stage.cluster();
            try (Proxy redis = new Proxy(cluster.servers().redisPort());
                    Proxy postgres = new Proxy(cluster.servers().postgresPort())) {
                cluster.behind(part, redis.port(), postgres.port());
                stage.killer().terminate("F-20 begins", part);
                List<Program> second = part == Part.INGRESS ? List.of() : List.of(cluster.another(part));
                for (Cut cut : Cut.values()) {
                    one(stage, part, cut, redis, postgres);
                    Stopwatch.pause(REST);
                }
                cluster.direct(part);
                stage.killer().terminate("F-20 ends", part);
                second.forEach(program -> program.stop(Duration.ofSeconds(60)));
            }
        }
    }

    private void one(Stage stage, Part part, Cut cut, Proxy redis, Proxy postgres) {
        long at = stage.watch().micros();
        redis.become(cut.redis);
        postgres.become(cut.postgres);
        Stopwatch.pause(time);
        int tried = redis.knocks() + postgres.knocks();
        redis.become(State.GOOD);
        postgres.become(State.GOOD);
        long back = stage.watch().micros();
        String how = cut.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        knocks.put(part.label() + " " + how, tried);
        long pid = stage.cluster().program(part).pid();
        stage.killer().told(new Fault(id(), part.label(), how, pid, at, back, back));
    }

    @Override
    public List<String> judge(Evidence evidence, Map<String, Object> numbers) {
        List<String> complaints = new ArrayList<>(Measures.otherErrors(evidence.replies()));
        numbers.put("connections_tried", knocks);
        // A dozen connections of a pool that try again every few tens of milliseconds would be a thousand
        long most = 60 * time.toSeconds();
        knocks.forEach((what, count) -> {
            if (count > most) {
                complaints.add(what + ": " + count + " connections were tried in " + time.toSeconds() + " s");
            }
        });
        return complaints;
    }

    /** What is wrong with the way to each. */
    private enum Cut {
        REDIS_CUT(State.CUT, State.GOOD),
        POSTGRESQL_CUT(State.GOOD, State.CUT),
        BOTH_CUT(State.CUT, State.CUT),
        REDIS_SILENT(State.SILENT, State.GOOD),
        POSTGRESQL_SILENT(State.GOOD, State.SILENT),
        BOTH_SILENT(State.SILENT, State.SILENT),
        BOTH_SLOW(State.SLOW, State.SLOW);

        private final State redis;
        private final State postgres;

        Cut(State redis, State postgres) {
            this.redis = redis;
            this.postgres = postgres;
        }
    }
}
