// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.bench;

import io.reflexarc.engine.session.RulesetSession;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From the text of a rulebook of 1,000 rules to a session that is ready for the first event. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 10, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class LoadBench {
    private static final int WARM_UP = 40;

    @Param({"SINGLE", "JOINS"})
    private String kind;

    private String yaml;

    /** Writes the rulebook. */
    @Setup
    public void write() {
        yaml = Rulebooks.yaml(
                1000,
                i -> kind.equals("SINGLE")
                        ? " event.alert.name == \"disk-" + i
                                + "\" and event.alert.severity in [\"major\", \"critical\"] and event.value > " + i
                        : JoinBench.JOIN
                                .formatted("down" + i, "up" + i)
                                .indent(8)
                                .stripTrailing());
        for (int i = 0; i < WARM_UP; i++) {
            load();
        }
    }

    /** Loads it. */
    @Benchmark
    public RulesetSession load() {
        RulesetSession session =
                RulesetSession.open(Rulebooks.parsed(yaml).rulesets().getFirst(), Instant.EPOCH);
        session.close();
        return session;
    }
}
