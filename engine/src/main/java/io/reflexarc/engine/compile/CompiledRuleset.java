// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

import io.reflexarc.rulebooks.Bounds;
import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.Ruleset;
import io.reflexarc.rulebooks.Trigger;
import io.reflexarc.rulebooks.condition.Condition;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;

/**
 * A ruleset ready to run. Rules of one condition are matched by the {@link Sieve}; Drools runs those that need a memory:
 * joins, and rules that ask for absence. Immutable after construction apart from caches of its evaluator: several
 * sessions of one thread can share it.
 */
public final class CompiledRuleset {
    private final String name;
    private final Map<String, Terminal> terminals = new LinkedHashMap<>();
    private final Sieve sieve;
    private final int count;
    private final Map<String, Long> since;
    private final boolean wholly;
    private final Bounds bounds;
    private final boolean watchesAbsence;
    private final boolean startsMatching;
    private final Optional<InternalKnowledgeBase> base;

    /** Compiles the enabled rules. */
    public CompiledRuleset(Ruleset ruleset) {
        this(ruleset, false);
    }

    /**
     * Compiles the enabled rules.
     *
     * @param since for rules that were put live later than others, by name, the first item that may be an event of theirs
     */
    public CompiledRuleset(Ruleset ruleset, Map<String, Long> since) {
        this(ruleset, false, since);
    }

    /**
     * Compiles the enabled rules.
     *
     * @param wholly whether Drools gets every rule and sees every event: slower, and what the sieve is compared with
     */
    public CompiledRuleset(Ruleset ruleset, boolean wholly) {
        this(ruleset, wholly, Map.of());
    }

    private CompiledRuleset(Ruleset ruleset, boolean wholly, Map<String, Long> since) {
        this.since = Map.copyOf(since);
        this.name = ruleset.name();
        this.wholly = wholly;
        this.bounds = ruleset.bounds();
        this.count = ruleset.rules().size();
        Evaluator evaluator = new Evaluator();
        sieve = new Sieve(evaluator);
        DroolsModel model = new DroolsModel(evaluator);
        boolean absence = false;
        boolean starts = false;
        List<Rule> rules = ruleset.rules();
        for (int order = 0; order < rules.size(); order++) {
            Rule rule = rules.get(order);
            if (rule.enabled()) {
                absence |= watchesAbsence(rule.trigger());
                starts |= rule.trigger().patterns().isEmpty();
                add(model, rule, order);
            }
        }
        sieve.close();
        watchesAbsence = absence;
        startsMatching = absence || starts;
        base = model.build();
    }

    private void add(DroolsModel model, Rule rule, int order) {
        switch (rule.trigger()) {
            case Trigger.Single single
            when watchesAbsence(single) -> {
                model.absence(terminal(rule, order, 0), single.pattern());
                sieve.admits(new Condition.Not(single.pattern().condition(), ""));
            }
            case Trigger empty
            when empty.patterns().isEmpty() -> join(model, terminal(rule, order, 0), List.of(), Optional.empty());
            case Trigger.Single single -> addAlternatives(model, rule, order, single.patterns());
            case Trigger.Any any -> addAlternatives(model, rule, order, any.patterns());
            case Trigger.NotAll notAll -> addAlternatives(model, rule, order, notAll.patterns());
            case Trigger.All all when all.patterns().size() == 1 -> addAlternatives(model, rule, order, all.patterns());
            case Trigger.All all -> {
                join(model, terminal(rule, order, 0), all.patterns(), all.timeout());
                all.patterns().forEach(pattern -> sieve.admits(pattern.condition()));
            }
        }
    }

    private void addAlternatives(DroolsModel model, Rule rule, int order, List<Trigger.Pattern> alternatives) {
        for (int position = 0; position < alternatives.size(); position++) {
            Trigger.Pattern pattern = alternatives.get(position);
            Terminal terminal = terminal(rule, order, position);
            if (wholly) {
                join(model, terminal, List.of(pattern), Optional.empty());
            } else {
                Conditions.requireBound(pattern, Set.of());
                sieve.decides(terminal, pattern.condition());
            }
        }
    }

    private void join(
            DroolsModel model, Terminal terminal, List<Trigger.Pattern> patterns, Optional<Duration> timeout) {
        long first = since.getOrDefault(terminal.rule().name(), 0L);
        model.join(terminal, patterns, timeout, first);
    }

    private Terminal terminal(Rule rule, int order, int position) {
        String key = order + "/" + position;
        Terminal terminal = new Terminal(rule, order, position, key);
        terminals.put(key, terminal);
        return terminal;
    }

    /** A rule whose whole condition is that a field is not defined asks about the whole memory, not about one event. */
    public static boolean watchesAbsence(Trigger trigger) {
        return trigger instanceof Trigger.Single single
                && single.pattern().condition() instanceof Condition.Defined defined
                && defined.negated();
    }

    /** Whether a rule asks that nothing in memory has a field, so that an event that goes can decide. */
    public boolean watchesAbsence() {
        return watchesAbsence;
    }

    /** Name of the ruleset. */
    public String name() {
        return name;
    }

    /** The terminal of that name. */
    public Terminal terminal(String key) {
        Terminal terminal = terminals.get(key);
        if (terminal == null) {
            throw new IllegalStateException("no terminal " + key);
        }
        return terminal;
    }

    /** What Drools runs; empty when no rule needs it. */
    Optional<InternalKnowledgeBase> base() {
        return base;
    }

    /** Whether a rule can match before the first event. */
    boolean startsMatching() {
        return startsMatching;
    }

    /** Whether Drools sees every event. */
    boolean wholly() {
        return wholly;
    }

    Bounds bounds() {
        return bounds;
    }

    /** Number of its rules. */
    int rules() {
        return count;
    }

    Sieve sieve() {
        return sieve;
    }
}
