// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.drools.core.SessionConfiguration;
import org.drools.core.common.InternalFactHandle;
import org.drools.core.common.ReteEvaluator;
import org.drools.core.reteoo.TerminalNode;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;
import org.drools.ruleunits.api.DataSource;
import org.drools.ruleunits.api.DataStream;
import org.drools.ruleunits.api.RuleUnitInstance;
import org.drools.ruleunits.api.conf.RuleConfig;
import org.drools.ruleunits.impl.EntryPointDataProcessor;
import org.drools.ruleunits.impl.NamedRuleUnitData;
import org.drools.ruleunits.impl.ReteEvaluatorBasedRuleUnitInstance;
import org.drools.ruleunits.impl.factory.AbstractRuleUnit;
import org.drools.ruleunits.impl.sessions.RuleUnitExecutorImpl;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieServices;
import org.kie.api.runtime.KieSessionConfiguration;
import org.kie.api.runtime.conf.ClockTypeOption;
import org.kie.api.runtime.rule.EntryPoint;
import org.kie.api.runtime.rule.FactHandle;
import org.kie.api.runtime.rule.Match;
import org.kie.api.time.SessionPseudoClock;

/**
 * A ruleset as a named rule unit. The one place that touches the implementation classes of {@code drools-ruleunits}, which
 * are not a stable interface; its test is their contract. The pseudo clock moves only when told to.
 */
public final class RulesetUnit implements AutoCloseable {
    private final CompiledRuleset ruleset;
    private final JoinMeters meters;
    private @Nullable Memory memory;
    private long now;
    private long newest;
    /** Whether anything happened that Drools has not evaluated yet. */
    private boolean dirty;

    /** A fresh unit whose clock shows the given time. */
    public RulesetUnit(CompiledRuleset ruleset, long startMillis) {
        this.ruleset = ruleset;
        meters = new JoinMeters(ruleset.rules(), ruleset.bounds().combinations());
        now = startMillis;
        meters.now(now);
        if (ruleset.startsMatching()) {
            memory();
            dirty = true;
        }
    }

    /** Drools is started for the first item that a rule may wait for: a ruleset that nothing reached costs no session. */
    private Memory memory() {
        if (memory == null) {
            memory = new Memory(ruleset, meters, now);
        }
        return memory;
    }

    /**
     * Takes an item: what it completes by itself, in order. It is put into memory where a rule may wait for it; {@link #fire}
     * says what that completes.
     */
    public List<Found> insert(Item item) {
        if (ruleset.wholly()) {
            put(item);
            return List.of();
        }
        Sieve.Passed passed = ruleset.sieve().pass(item.fields());
        if (passed.joins()) {
            put(item);
        }
        return found(item, passed);
    }

    private List<Found> found(Item item, Sieve.Passed passed) {
        if (passed.count() == 0) {
            return List.of();
        }
        List<Item> items = List.of(item);
        List<Found> found = new ArrayList<>(passed.count());
        for (int i = 0; i < passed.count(); i++) {
            found.add(new Found(ruleset.sieve().terminal(passed.number(i)), items));
        }
        return found;
    }

    private void put(Item item) {
        newest = Math.max(newest, item.sequence());
        memory().insert(item, now);
        dirty = true;
    }

    /** Takes an item out of memory, where it still is there. */
    public void delete(Item item) {
        if (memory != null && holds(item)) {
            memory.delete(item, now);
            dirty = true;
        }
        item.known(null);
    }

    /** Whether the item is in memory, not deleted and not expired. */
    public boolean holds(Item item) {
        return handle(item) instanceof InternalFactHandle handle && handle.isValid() && !handle.isExpired();
    }

    /** Whether any pattern of any rule let the item into memory. */
    public boolean matters(Item item) {
        return handle(item) instanceof InternalFactHandle handle && handle.hasMatches();
    }

    /** Whether it waits for partners, or stands against a rule that wants nothing like it. */
    public boolean waits(Item item) {
        if (!(handle(item) instanceof InternalFactHandle handle)) {
            return false;
        }
        boolean[] waits = {handle.getFirstRightTuple() != null};
        handle.forEachLeftTuple(tuple -> waits[0] |= !(tuple.getSink() instanceof TerminalNode));
        return waits[0];
    }

    /** Whether any rule takes it, alone or with others. */
    public boolean takes(Item item) {
        return matters(item) || ruleset.sieve().pass(item.fields()).count() > 0;
    }

    private static @Nullable FactHandle handle(Item item) {
        Fact known = item.known();
        return known == null ? null : known.handle();
    }

    /** Evaluates memory until quiet. The order of what is found is not defined. */
    public List<Found> fire() {
        if (memory == null || !dirty) {
            return List.of();
        }
        dirty = false;
        List<Found> found = memory.fire(now);
        meters.settle(newest);
        return meters.allowed(found);
    }

    /** What the joins have done, for those that have done anything. */
    public List<JoinData> joins() {
        return meters.all().stream()
                .filter(meter -> meter.seenUpTo() >= 0)
                .map(meter -> new JoinData(meter.terminal().name(), meter.seenUpTo(), meter.stopped()))
                .toList();
    }

    /**
     * Puts everything back; every match is rejected, nothing that happened before is counted again. What rules found that ask
     * for absence is answered.
     */
    public List<Found> restore(List<Item> items, List<JoinData> joins) {
        for (JoinData data : joins) {
            meters.of(ruleset.terminal(data.rule())).restore(data.seenUpTo(), data.stopped());
        }
        meters.quiet(true);
        items.forEach(this::insert);
        List<Found> found = fire();
        meters.quiet(false);
        return found.stream().filter(each -> each.items().isEmpty()).toList();
    }

    /** Moves the clock forward. */
    public void advance(long toMillis) {
        now = Math.max(now, toMillis);
        meters.now(now);
    }

    /** Something expires now; it is gone after the next {@link #fire}. */
    public void expire() {
        dirty = true;
    }

    /** What the clock shows. */
    public long now() {
        return now;
    }

    @Override
    public void close() {
        if (memory != null) {
            memory.close();
        }
    }

    /** The working memory of Drools. Its clock follows when it is used: what happens in between has no time of its own. */
    private static final class Memory {
        private final CompiledRuleset ruleset;
        private final JoinMeters meters;
        private final RuleUnitInstance<Data> instance;
        private final EntryPoint entryPoint;
        private final SessionPseudoClock clock;

        Memory(CompiledRuleset ruleset, JoinMeters meters, long startMillis) {
            this.ruleset = ruleset;
            this.meters = meters;
            Unit unit = new Unit(ruleset.base().orElseThrow());
            instance = unit.createInstance(new Data(ruleset.name()), ruleset.name());
            ReteEvaluator evaluator = Objects.requireNonNull(unit.evaluator);
            entryPoint = evaluator.getDefaultEntryPoint();
            clock = (SessionPseudoClock) evaluator.getSessionClock();
            catchUp(startMillis);
        }

        private void catchUp(long now) {
            long by = now - clock.getCurrentTime();
            if (by > 0) {
                clock.advanceTime(by, TimeUnit.MILLISECONDS);
            }
        }

        void insert(Item item, long now) {
            catchUp(now);
            Fact fact = new Fact(item, meters);
            item.known(fact);
            fact.handle(entryPoint.insert(fact));
        }

        void delete(Item item, long now) {
            catchUp(now);
            FactHandle handle = handle(item);
            if (handle != null) {
                entryPoint.delete(handle);
            }
        }

        List<Found> fire(long now) {
            catchUp(now);
            List<Found> found = new ArrayList<>();
            instance.fire(match -> {
                found.add(found(match));
                return false;
            });
            return found;
        }

        private Found found(Match match) {
            Terminal terminal = ruleset.terminal(match.getRule().getName());
            List<Item> items = new ArrayList<>();
            for (Object object : match.getObjects()) {
                if (object instanceof Fact fact) {
                    items.add(fact.item());
                }
            }
            return new Found(terminal, items);
        }

        void close() {
            instance.close();
        }
    }

    /** Data of the unit: its name, and the stream that items come from. */
    static final class Data implements NamedRuleUnitData {
        private final String name;
        private final DataStream<Item> items = DataSource.createStream();

        Data(String name) {
            this.name = name;
        }

        @Override
        public String getUnitName() {
            return name;
        }

        /** Items may be appended here too; the session inserts directly, because it needs their handles. */
        public DataStream<Item> getItems() {
            return items;
        }
    }

    private static final class Unit extends AbstractRuleUnit<Data> {
        private final InternalKnowledgeBase base;
        private @Nullable ReteEvaluator evaluator;

        Unit(InternalKnowledgeBase base) {
            super(Data.class);
            this.base = base;
        }

        @Override
        protected RuleUnitInstance<Data> internalCreateInstance(Data data, RuleConfig config) {
            ReteEvaluator created = evaluatorConfigurator.apply(new RuleUnitExecutorImpl(base, pseudoClock()));
            evaluator = created;
            return new ReteEvaluatorBasedRuleUnitInstance<>(this, data, created, config) {
                @Override
                @SuppressWarnings("unchecked") // the processor of the unit API has no type parameter
                protected void bind(ReteEvaluator target, Data from) {
                    from.items.subscribe(new EntryPointDataProcessor(target.getDefaultEntryPoint()));
                }
            };
        }

        private static SessionConfiguration pseudoClock() {
            KieSessionConfiguration configuration = KieServices.get().newKieSessionConfiguration();
            configuration.setOption(ClockTypeOption.PSEUDO);
            return configuration.as(SessionConfiguration.KEY);
        }
    }
}
