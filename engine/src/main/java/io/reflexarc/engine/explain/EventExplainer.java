// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.explain;

import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.decision.Explanations;
import io.reflexarc.core.decision.Rehearsals;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.source.Filter;
import io.reflexarc.engine.template.Templates;
import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.Rulebook;
import io.reflexarc.rulebooks.Ruleset;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Says what came of an event in each rule, and why: it plays the events through the session that serves production, listens
 * to what that does, and adds the condition trees, made by the evaluator that the match asks too.
 */
public final class EventExplainer implements Explanations, Rehearsals {
    /** After the last event of a rehearsal so much time passes: windows end. */
    private static final Duration AFTERWARDS = Duration.ofHours(24);

    private final BiFunction<String, JsonText, Rulebook> parser;
    private final Templates templates;
    private final ActionCatalogue catalogue;
    private final BiFunction<String, JsonText, Filter> filters;

    /**
     * An explainer of rulebooks.
     *
     * @param parser from a rulebook's text and its variables to the checked rulebook
     * @param templates render arguments
     * @param catalogue knows the terms of tasks; none is ever run
     * @param filters makes the filters of sources, of their names and arguments
     */
    public EventExplainer(
            BiFunction<String, JsonText, Rulebook> parser,
            Templates templates,
            ActionCatalogue catalogue,
            BiFunction<String, JsonText, Filter> filters) {
        this.filters = filters;
        this.parser = parser;
        this.templates = templates;
        this.catalogue = catalogue;
    }

    @Override
    public Future<List<RuleExplanation>> explain(String rulebook, JsonText variables, List<Occurrence> events) {
        try {
            return Future.succeededFuture(explain(parser.apply(rulebook, variables), variables, events));
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    /** The same of a rulebook that is checked already. */
    public List<RuleExplanation> explain(Rulebook rulebook, JsonText variables, List<Occurrence> events) {
        Occurrence last = events.getLast();
        List<RuleExplanation> explanations = new ArrayList<>();
        try (Rehearsal rehearsal = rehearsal(rulebook, variables, events)) {
            events.subList(0, events.size() - 1).forEach(rehearsal::play);
            rehearsal.advanceTo(last.at());
            explanations.addAll(played(rehearsal, rulebook, last));
        }
        return explanations;
    }

    @Override
    public Future<List<Step>> rehearse(String rulebook, JsonText variables, List<Occurrence> events) {
        try {
            return Future.succeededFuture(steps(parser.apply(rulebook, variables), variables, events));
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private List<Step> steps(Rulebook rulebook, JsonText variables, List<Occurrence> events) {
        List<Step> steps = new ArrayList<>();
        try (Rehearsal rehearsal = rehearsal(rulebook, variables, events)) {
            for (Occurrence event : events) {
                List<Decision> decisions = new ArrayList<>(rehearsal.pass(event.at()));
                List<RuleExplanation> said = played(rehearsal, rulebook, event);
                decisions.addAll(rehearsal.decisions());
                steps.add(new Step(said, decisions));
            }
            steps.add(new Step(List.of(), rehearsal.pass(events.getLast().at().plus(AFTERWARDS))));
        }
        return steps;
    }

    private Rehearsal rehearsal(Rulebook rulebook, JsonText variables, List<Occurrence> events) {
        return new Rehearsal(rulebook, variables, templates, catalogue, new Streams(rulebook, events, filters));
    }

    private static List<RuleExplanation> played(Rehearsal rehearsal, Rulebook rulebook, Occurrence event) {
        List<RuleExplanation> explanations = new ArrayList<>();
        List<Ruleset> listening = rulebook.rulesets().stream()
                .filter(ruleset -> Streams.gets(ruleset, event))
                .toList();
        listening.forEach(rehearsal::remember);
        rehearsal.play(event);
        for (Ruleset ruleset : listening) {
            List<Occurrence> seen = rehearsal.seen(ruleset, event);
            Rehearsal.Evidence evidence = rehearsal.evidence(ruleset);
            ruleset.rules()
                    .forEach(rule -> explanations.add(seen.stream()
                            .map(one -> explanation(ruleset, rule, one, new Fates(ruleset, one, evidence)))
                            .min(Comparator.comparing(said -> said.fate().outcome()))
                            .orElseGet(() -> leftOut(ruleset, rule, event))));
        }
        return explanations;
    }

    /** A filter of its source keeps it from the ruleset. */
    private static RuleExplanation leftOut(Ruleset ruleset, Rule rule, Occurrence event) {
        Node tree = RuleTrees.tree(rule, event.body());
        Fate fate = Fate.of(Outcome.NOT_FULFILLED, "a filter of its source leaves the event out");
        Node told = RuleTrees.with(tree, Verdict.FALSE, fate.because());
        return new RuleExplanation(ruleset.name(), rule.name(), Verdict.FALSE, fate, told);
    }

    private static RuleExplanation explanation(Ruleset ruleset, Rule rule, Occurrence event, Fates fates) {
        Node tree = RuleTrees.tree(rule, event.body());
        Fate fate = fates.of(rule, tree);
        Node told = fate.because().isEmpty() ? tree : RuleTrees.with(tree, tree.verdict(), fate.because());
        return new RuleExplanation(ruleset.name(), rule.name(), tree.verdict(), fate, told);
    }
}
