// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which tests there are, and in which order they run on one site. */
final class Suite {
    private final Path folder;
    private final Path root;
    private final long seed;
    private final double rate;
    private final boolean full;
    private final double part;
    private final Set<String> only;

    Suite(Path folder, Path root, long seed, double rate, boolean full, double part, Set<String> only) {
        this.folder = folder;
        this.root = root;
        this.seed = seed;
        this.rate = rate;
        this.full = full;
        this.part = part;
        this.only = only;
    }

    List<Verdict> run() throws Exception {
        List<Phase> phases = (full ? fullPhases() : shortPhases())
                .stream().filter(phase -> wanted(phase.id())).toList();
        List<Attack> attacks =
                attacks().stream().filter(attack -> wanted(attack.id())).toList();
        List<Verdict> verdicts = new ArrayList<>();
        Progress.title("Starting Redis, PostgreSQL, an S3 store and five processes of Reflexarc ...");
        Stage site;
        try {
            site = new Stage(folder, root, seed);
        } catch (IllegalStateException e) {
            return List.of(LoadRun.verdict("site", "a site starts", List.of(), List.of(e.getMessage()), Map.of()));
        }
        try (Stage stage = site) {
            if (!phases.isEmpty()) {
                verdicts.addAll(new LoadRun(stage, rate, phases).run());
            }
            if (!attacks.isEmpty()) {
                verdicts.addAll(new AttackRun(stage, attacks).run());
            }
        }
        if (full && only.isEmpty()) {
            verdicts.addAll(NotRun.all());
        }
        return verdicts;
    }

    private boolean wanted(String id) {
        return only.isEmpty() || only.contains(id) || (id.equals("F-1") && only.contains("F-22"));
    }

    private static List<Phase> shortPhases() {
        return List.of(
                new KillRoles(6, Duration.ofSeconds(60), 2, 10),
                new KillRedis(3, Duration.ofSeconds(24)),
                new KillPostgres(2, Duration.ofSeconds(10), Duration.ofSeconds(5)));
    }

    private List<Phase> fullPhases() {
        return List.of(
                new KillRoles(often(42), Duration.ofSeconds(often(600)), Math.min(4, often(14)), 25),
                new KillRedis(often(15), Duration.ofSeconds(often(90))),
                new KillPostgres(often(10), Duration.ofSeconds(60), Duration.ofSeconds(5)),
                new KillAll(often(10), Duration.ofSeconds(10)),
                new RollingRestart(often(10)),
                new HotSwap(often(30), Duration.ofSeconds(2)),
                new RedisDown(Duration.ofSeconds(60)),
                new RedisFull(),
                new Freeze(Part.WORKER, 2, Duration.ofSeconds(30)),
                new Freeze(Part.ENGINE, 2, Duration.ofSeconds(30)),
                new CutOff(
                        List.of(Part.ENGINE, Part.WORKER, Part.INGRESS), Duration.ofSeconds(Math.max(12, often(30)))),
                new LockedTables(Duration.ofSeconds(30)),
                new StoreDown(Duration.ofSeconds(30)));
    }

    private int often(int times) {
        return Math.max(1, (int) Math.round(times * part));
    }

    private List<Attack> attacks() {
        List<Attack> attacks = new ArrayList<>(List.of(
                new BadBodies(full ? 10_000 : 2_000, seed),
                new BadContents(),
                new BigBodies(false),
                new BigBodies(true),
                new YamlBombs(),
                new EvilPatterns(),
                new SlowClients(),
                new SameKey()));
        if (full) {
            attacks.addAll(List.of(
                    new Smuggling(),
                    new Rules(Rules.Kind.POISON),
                    new Rules(Rules.Kind.LOOP),
                    new Rules(Rules.Kind.MANY),
                    new Rules(Rules.Kind.PRODUCT),
                    new Rules(Rules.Kind.TEMPLATES),
                    new Connections.Idle(2_000),
                    new Connections.Hasty(50),
                    new OutageWindows(),
                    new Storm(50_000),
                    new BadTarget("F-13", Target.Mode.SLOW),
                    new BadTarget("F-15", Target.Mode.BROKEN),
                    new BadTarget("F-16", Target.Mode.BUSY),
                    new BadTarget("F-17", Target.Mode.MUTE),
                    new LostLog()));
        }
        return attacks;
    }
}
