// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

import io.reflexarc.rulebooks.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;
import org.drools.model.DSL;
import org.drools.model.PatternDSL;
import org.drools.model.RuleItemBuilder;
import org.drools.model.impl.ModelImpl;
import org.drools.modelcompiler.KieBaseBuilder;
import org.jspecify.annotations.Nullable;
import org.kie.api.conf.EventProcessingOption;

/** The rules of a ruleset that Drools runs. A ruleset without any does not even load its classes. */
final class DroolsModel {
    private final Evaluator evaluator;
    private @Nullable Rules rules;

    DroolsModel(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /** A rule that several items complete together; events before that sequence are none of its business. */
    void join(Terminal terminal, List<Trigger.Pattern> patterns, Optional<Duration> timeout, long since) {
        Rules all = rules();
        all.add(terminal, all.patterns.join(patterns, timeout, terminal, since));
    }

    /** A rule that asks that nothing in memory is like this. */
    void absence(Terminal terminal, Trigger.Pattern pattern) {
        Rules all = rules();
        all.add(terminal, List.of(all.patterns.nothing(pattern)));
    }

    Optional<InternalKnowledgeBase> build() {
        return Optional.ofNullable(rules).map(Rules::build);
    }

    private Rules rules() {
        if (rules == null) {
            rules = new Rules(new PatternCompiler(evaluator), new ModelImpl());
        }
        return rules;
    }

    private record Rules(PatternCompiler patterns, ModelImpl model) {
        void add(Terminal terminal, List<RuleItemBuilder<?>> built) {
            List<RuleItemBuilder<?>> items = new ArrayList<>(built);
            items.add(DSL.execute(() -> {}));
            model.addRule(
                    PatternDSL.rule("reflexarc", terminal.name()).build(items.toArray(RuleItemBuilder<?>[]::new)));
        }

        InternalKnowledgeBase build() {
            return KieBaseBuilder.createKieBaseFromModel(model, EventProcessingOption.STREAM);
        }
    }
}
