// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.bench;

import io.reflexarc.engine.decision.Decided;
import io.reflexarc.engine.decision.RulebookSession;
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

/** From the bytes of an event to its decisions: parsing, matching, consumption, the decision itself. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class MatchBench {
    private static final int EVENTS = 4096;
    private static final int WARM_UP = 300_000;

    @Param({
        "EQUALITY_100",
        "EQUALITY_1000",
        "EQUALITY_10000",
        "RANGE_100",
        "REGEX_100",
        "REGEX_LOOSE_100",
        "UNEQUAL_100",
        "IN_100",
        "MIXED_100"
    })
    private Case rules;

    /** Every how many events one matches. */
    @Param({"1", "10"})
    private int matching;

    private final byte[][] events = new byte[EVENTS][];
    private Feed feed;
    private int next;

    /** Rulebooks by what their conditions ask; the last rule of each matches where one is to match. */
    public enum Case {
        EQUALITY_100(100),
        EQUALITY_1000(1000),
        EQUALITY_10000(10_000),
        RANGE_100(100),
        REGEX_100(100),
        REGEX_LOOSE_100(100),
        UNEQUAL_100(100),
        UNEQUAL_ALL_100(100),
        IN_100(100),
        MIXED_100(100);

        private final int count;

        Case(int count) {
            this.count = count;
        }

        private String condition(int i) {
            return switch (this) {
                case EQUALITY_100, EQUALITY_1000, EQUALITY_10000 -> " event.payload.alert == \"disk-" + i + "\"";
                case RANGE_100 ->
                    " event.payload.value > 100 and event.payload.labels.team == \"t" + i
                            + "\" or event.payload.alert == \"disk-" + i + "\"";
                case REGEX_100 -> " event.payload.alert is regex(\"^disk-" + i + "$\")";
                case REGEX_LOOSE_100 -> " event.payload.alert is search(\"[a-z]+-" + i + "$\")";
                case UNEQUAL_100 ->
                    " event.payload.labels.job != \"node\" or event.payload.alert == \"disk-" + i + "\"";
                // every rule matches every event, and the first takes it
                case UNEQUAL_ALL_100 -> " event.payload.value != " + (1_000_000 + i);
                case IN_100 -> " event.payload.alert in [\"disk-" + i + "\", \"tape-" + i + "\", \"tube-" + i + "\"]";
                case MIXED_100 ->
                    switch (i % 4) {
                        case 0 -> " event.payload.alert == \"disk-" + i + "\"";
                        case 1 -> " event.payload.alert is search(\"disk-" + i + "$\")";
                        case 2 -> " event.payload.severity != \"critical\" and event.payload.value > " + i;
                        default -> " event.payload.alert in [\"disk-" + i + "\"] and event.payload.value is defined";
                    };
            };
        }
    }

    /** Opens the session. */
    @Setup
    public void open() {
        feed = new Feed(new RulebookSession(Rulebooks.plan(Rulebooks.yaml(rules.count, rules::condition))));
        for (int i = 0; i < EVENTS; i++) {
            boolean matches = i % matching == 0;
            events[i] = Feed.alert(i, matches ? i % rules.count : rules.count + 7 * 1000 * 1000 + i);
        }
        // counted in events, not in seconds: on a busy machine seconds do not warm anything up
        for (int i = 0; i < WARM_UP; i++) {
            event();
        }
    }

    /** One event. */
    @Benchmark
    public Decided event() {
        next = (next + 1) % EVENTS;
        return feed.give(events[next]);
    }
}
