// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.Ruleset;
import io.reflexarc.rulebooks.Trigger;
import io.reflexarc.rulebooks.condition.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;
import org.drools.model.DSL;
import org.drools.model.PatternDSL;
import org.drools.model.RuleItemBuilder;
import org.drools.model.impl.ModelImpl;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.conf.EventProcessingOption;

/** A ruleset as Drools runs it. Immutable after construction apart from caches of its evaluator: for one session. */
public final class CompiledRuleset {
    private final String name;
    private final Map<String, Terminal> terminals = new LinkedHashMap<>();
    private final InternalKnowledgeBase base;
    private final boolean watchesAbsence;

    /** Compiles the enabled rules. */
    public CompiledRuleset(Ruleset ruleset) {
        name = ruleset.name();
        ModelImpl model = new ModelImpl();
        PatternCompiler patterns = new PatternCompiler(new Evaluator());
        boolean absence = false;
        List<Rule> rules = ruleset.rules();
        for (int order = 0; order < rules.size(); order++) {
            if (rules.get(order).enabled()) {
                absence |= watchesAbsence(rules.get(order).trigger());
                add(model, patterns, rules.get(order), order);
            }
        }
        watchesAbsence = absence;
        base = KieBaseBuilder.createKieBaseFromModel(model, EventProcessingOption.STREAM);
    }

    private void add(ModelImpl model, PatternCompiler patterns, Rule rule, int order) {
        switch (rule.trigger()) {
            case Trigger.Single single
            when watchesAbsence(single) ->
                model.addRule(rule(terminal(rule, order, 0), List.of(patterns.nothing(single.pattern()))));
            case Trigger empty
            when empty.patterns().isEmpty() -> model.addRule(rule(terminal(rule, order, 0), List.of()));
            case Trigger.Single single -> addAlternatives(model, patterns, rule, order, single.patterns());
            case Trigger.Any any -> addAlternatives(model, patterns, rule, order, any.patterns());
            case Trigger.NotAll notAll -> addAlternatives(model, patterns, rule, order, notAll.patterns());
            case Trigger.All all ->
                model.addRule(rule(terminal(rule, order, 0), patterns.join(all.patterns(), all.timeout())));
        }
    }

    private void addAlternatives(
            ModelImpl model, PatternCompiler patterns, Rule rule, int order, List<Trigger.Pattern> alternatives) {
        for (int position = 0; position < alternatives.size(); position++) {
            model.addRule(rule(
                    terminal(rule, order, position),
                    patterns.join(List.of(alternatives.get(position)), Optional.empty())));
        }
    }

    private static org.drools.model.Rule rule(Terminal terminal, List<RuleItemBuilder<?>> patterns) {
        List<RuleItemBuilder<?>> items = new ArrayList<>(patterns);
        items.add(DSL.execute(() -> {}));
        return PatternDSL.rule("reflexarc", terminal.name()).build(items.toArray(RuleItemBuilder<?>[]::new));
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

    InternalKnowledgeBase base() {
        return base;
    }
}
