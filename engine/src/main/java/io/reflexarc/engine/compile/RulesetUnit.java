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
    private final RuleUnitInstance<Data> instance;
    private final ReteEvaluator evaluator;
    private final EntryPoint memory;
    private final SessionPseudoClock clock;

    /** A fresh unit whose clock shows the given time. */
    public RulesetUnit(CompiledRuleset ruleset, long startMillis) {
        this.ruleset = ruleset;
        Unit unit = new Unit(ruleset.base());
        instance = unit.createInstance(new Data(ruleset.name()), ruleset.name());
        evaluator = Objects.requireNonNull(unit.evaluator);
        memory = evaluator.getDefaultEntryPoint();
        clock = (SessionPseudoClock) evaluator.getSessionClock();
        clock.advanceTime(startMillis, TimeUnit.MILLISECONDS);
    }

    /** Puts an item into memory; {@link #fire} says what that completes. */
    public void insert(Item item) {
        item.handle(memory.insert(item));
    }

    /** Takes an item out of memory, where it still is there. */
    public void delete(Item item) {
        FactHandle handle = item.handle();
        if (handle != null && holds(item)) {
            memory.delete(handle);
        }
        item.handle(null);
    }

    /** Whether the item is in memory, not deleted and not expired. */
    public boolean holds(Item item) {
        return item.handle() instanceof InternalFactHandle handle && handle.isValid() && !handle.isExpired();
    }

    /** Whether any pattern of any rule let the item in. */
    public boolean matters(Item item) {
        return item.handle() instanceof InternalFactHandle handle && handle.hasMatches();
    }

    /** Whether it waits for partners, or stands against a rule that wants nothing like it. */
    public boolean waits(Item item) {
        if (!(item.handle() instanceof InternalFactHandle handle)) {
            return false;
        }
        boolean[] waits = {handle.getFirstRightTuple() != null};
        handle.forEachLeftTuple(tuple -> waits[0] |= !(tuple.getSink() instanceof TerminalNode));
        return waits[0];
    }

    /** Evaluates until quiet. The order of what is found is not defined. */
    public List<Found> fire() {
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
            if (object instanceof Item item) {
                items.add(item);
            }
        }
        return new Found(terminal, items);
    }

    /** Moves the clock forward; what expires is gone after the next {@link #fire}. */
    public void advance(long toMillis) {
        long by = toMillis - clock.getCurrentTime();
        if (by > 0) {
            clock.advanceTime(by, TimeUnit.MILLISECONDS);
        }
    }

    /** What the clock shows. */
    public long now() {
        return clock.getCurrentTime();
    }

    @Override
    public void close() {
        instance.close();
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
