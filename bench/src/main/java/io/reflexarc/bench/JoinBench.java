// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reflexarc.engine.decision.Decided;
import io.reflexarc.engine.decision.RulebookSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.drools.model.DSL;
import org.drools.model.Index.ConstraintType;
import org.drools.model.PatternDSL;
import org.drools.model.impl.ModelImpl;
import org.drools.model.prototype.PrototypeDSL;
import org.drools.model.prototype.PrototypeExpression;
import org.drools.model.prototype.PrototypeVariable;
import org.drools.model.prototype.impl.HashMapEventImpl;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.conf.EventProcessingOption;
import org.kie.api.prototype.PrototypeEvent;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.KieSessionConfiguration;
import org.kie.api.runtime.conf.ClockTypeOption;
import org.kie.api.time.SessionPseudoClock;
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

/**
 * A join with 10,000 events in memory: ours from bytes to decision, and Drools by itself as somebody would use it who has
 * nothing else: the same events parsed into maps, prototypes with an indexed join, a session with a pseudo clock, the events
 * of a match deleted when it fires.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class JoinBench {
    /** By the same host, whichever comes first. */
    static final String JOIN = """

            all:
              - events.first << event.kind == "%s"
              - event.kind == "%s" and event.host == events.first.host
            """;

    private static final int RETAINED = 10_000;
    private static final int WARM_UP = 500_000;

    /** JOIN: by a key, for two hours; WINDOW: the same within twenty seconds, so that the memory is always being replaced. */
    @Param({"JOIN", "WINDOW"})
    private String kind;

    private boolean window;
    private long given = 2 * RETAINED;
    private long givenRaw = 2 * RETAINED;
    private Feed feed;
    private Raw raw;

    /** Fills both memories. */
    @Setup
    public void open() {
        window = kind.equals("WINDOW");
        String condition = JOIN.formatted("down", "up").indent(8).stripTrailing();
        String timeout = window ? "\n        timeout: 20 seconds" : "";
        feed = new Feed(
                new RulebookSession(Rulebooks.plan(Rulebooks.yaml(1, i -> condition + timeout, window ? 20 : 7200))));
        raw = new Raw(window);
        for (int host = 2; host <= 2 * RETAINED; host += 2) {
            feed.give(event("down", host));
            raw.give(event("down", host));
        }
        for (int i = 0; i < WARM_UP; i++) {
            ours();
            raw();
        }
    }

    private static byte[] event(String kind, long host) {
        return ("{\"kind\":\"" + kind + "\",\"host\":\"node-" + host + "\",\"meta\":{\"uuid\":\"" + host + "\"}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Every second event completes a pair with the oldest that waits, the others begin to wait. */
    private static byte[] event(long number) {
        return number % 2 == 0 ? event("down", number) : event("up", number - 2 * RETAINED + 1);
    }

    /** Reflexarc. */
    @Benchmark
    public Decided ours() {
        return feed.give(event(++given));
    }

    /** Drools. */
    @Benchmark
    public int raw() {
        return raw.give(event(++givenRaw));
    }

    /** Drools without us. */
    private static final class Raw {
        private static final JsonMapper JSON = new JsonMapper();
        private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

        private final PrototypeEvent type = PrototypeDSL.prototypeEvent("event");
        private final KieSession session;
        private final SessionPseudoClock clock;
        private final long ttl;
        private long number;

        Raw(boolean window) {
            ttl = window ? 20_000 : 7_200_000;
            PrototypeVariable first = PrototypeDSL.variable(type, "first");
            PrototypeVariable second = PrototypeDSL.variable(type, "second");
            var up = PrototypeDSL.protoPattern(second)
                    .expr("kind", ConstraintType.EQUAL, "up")
                    .expr(
                            PrototypeExpression.prototypeField("host"),
                            ConstraintType.EQUAL,
                            first,
                            PrototypeExpression.prototypeField("host"));
            if (window) {
                up = up.expr(DSL.after(-20_000, TimeUnit.MILLISECONDS, 20_000, TimeUnit.MILLISECONDS), first);
            }
            ModelImpl model = new ModelImpl();
            model.addRule(PatternDSL.rule("bench", "join")
                    .build(
                            PrototypeDSL.protoPattern(first).expr("kind", ConstraintType.EQUAL, "down"),
                            up,
                            DSL.on(first, second).execute((drools, one, other) -> {
                                drools.delete(one);
                                drools.delete(other);
                            })));
            KieBase base = KieBaseBuilder.createKieBaseFromModel(model, EventProcessingOption.STREAM);
            KieSessionConfiguration configuration = KieServices.get().newKieSessionConfiguration();
            configuration.setOption(ClockTypeOption.PSEUDO);
            session = base.newKieSession(configuration, null);
            clock = session.getSessionClock();
        }

        int give(byte[] event) {
            try {
                clock.advanceTime(1, TimeUnit.MILLISECONDS);
                session.insert(new HashMapEventImpl(
                        new UUID(0, ++number), type, JSON.readValue(event, MAP), clock.getCurrentTime(), ttl));
                return session.fireAllRules();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
