// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.explain;

import io.reflexarc.core.decision.Explanations;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.compile.CompiledRuleset;
import io.reflexarc.engine.compile.Evaluator;
import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.Rulebook;
import io.reflexarc.rulebooks.Ruleset;
import io.reflexarc.rulebooks.Throttle;
import io.reflexarc.rulebooks.Trigger;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Says why each rule of a rulebook matches an event or not, by the same evaluator as the match. What hangs on other events,
 * facts or time is open.
 */
public final class ConditionExplainer implements Explanations {
    private final BiFunction<String, JsonText, Rulebook> parser;

    /**
     * An explainer of rulebooks.
     *
     * @param parser from a rulebook's text and its variables to the checked rulebook
     */
    public ConditionExplainer(BiFunction<String, JsonText, Rulebook> parser) {
        this.parser = parser;
    }

    @Override
    public Future<List<RuleExplanation>> explain(String rulebook, JsonText variables, JsonText event) {
        try {
            return Future.succeededFuture(explain(parser.apply(rulebook, variables), event));
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    /** One answer for each rule, in file order. */
    public List<RuleExplanation> explain(Rulebook rulebook, JsonText event) {
        List<RuleExplanation> explanations = new ArrayList<>();
        NodeBuilder nodes = new NodeBuilder(new Evaluator(), event.object());
        for (Ruleset ruleset : rulebook.rulesets()) {
            for (Rule rule : ruleset.rules()) {
                Node tree = tree(rule, nodes);
                explanations.add(new RuleExplanation(ruleset.name(), rule.name(), tree.verdict(), tree));
            }
        }
        return explanations;
    }

    private static Node tree(Rule rule, NodeBuilder nodes) {
        Node tree = switch (rule.trigger()) {
            case Trigger.Single single -> single(single, nodes);
            case Trigger.All all -> together("all", patterns(all, nodes), "waits for an event of its own for: ");
            case Trigger.NotAll notAll ->
                together("not_all", patterns(notAll, nodes), "matches when its window ends, unless these arrive too: ");
            case Trigger.Any any -> any(patterns(any, nodes));
        };
        if (!rule.enabled()) {
            return with(tree, Verdict.FALSE, "the rule is disabled");
        }
        return rule.throttle()
                .filter(throttle -> tree.verdict() == Verdict.TRUE)
                .map(throttle -> with(tree, Verdict.OPEN, note(throttle)))
                .orElse(tree);
    }

    private static Node single(Trigger.Single single, NodeBuilder nodes) {
        Node tree = nodes.pattern(single.pattern());
        if (CompiledRuleset.watchesAbsence(single) && tree.verdict() == Verdict.TRUE) {
            return with(tree, Verdict.OPEN, "matches once, when no event or fact in memory has the field");
        }
        return tree;
    }

    private static List<Node> patterns(Trigger trigger, NodeBuilder nodes) {
        return trigger.patterns().stream().map(nodes::pattern).toList();
    }

    /** One event alone never completes it; it takes part where it fulfils one of the conditions, or may. */
    private static Node together(String text, List<Node> parts, String waiting) {
        boolean takesPart = parts.stream().anyMatch(part -> possible(part.verdict()));
        if (!takesPart) {
            return new Node(
                    text,
                    Verdict.FALSE,
                    Optional.empty(),
                    Optional.empty(),
                    "the event fulfils none of the conditions",
                    parts);
        }
        List<String> missing = parts.stream()
                .filter(part -> part.verdict() != Verdict.TRUE)
                .map(Node::text)
                .toList();
        String note =
                missing.isEmpty() ? "each condition needs an event of its own" : waiting + String.join("; ", missing);
        return new Node(text, Verdict.OPEN, Optional.empty(), Optional.empty(), note, parts);
    }

    private static Node any(List<Node> parts) {
        Verdict verdict = parts.stream().map(Node::verdict).reduce(Verdict.FALSE, ConditionExplainer::either);
        return new Node("any", verdict, Optional.empty(), Optional.empty(), "", parts);
    }

    private static Verdict either(Verdict one, Verdict other) {
        for (Verdict stronger : List.of(Verdict.TRUE, Verdict.OPEN, Verdict.UNDEFINED)) {
            if (one == stronger || other == stronger) {
                return stronger;
            }
        }
        return Verdict.FALSE;
    }

    private static boolean possible(Verdict verdict) {
        return verdict == Verdict.TRUE || verdict == Verdict.OPEN;
    }

    private static String note(Throttle throttle) {
        return switch (throttle) {
            case Throttle.OnceWithin once ->
                "matches unless another event of its group did within " + once.window() + " before";
            case Throttle.OnceAfter after ->
                "is reported when the window of " + after.window() + " ends, if it is the first of its group in it";
            case Throttle.AccumulateWithin accumulate ->
                "matches if it is number " + accumulate.threshold() + " of its group within " + accumulate.window();
        };
    }

    private static Node with(Node node, Verdict verdict, String note) {
        return new Node(node.text(), verdict, node.actual(), node.expected(), note, node.parts());
    }
}
