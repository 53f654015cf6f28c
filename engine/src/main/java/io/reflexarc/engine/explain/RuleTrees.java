// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.explain;

import io.reflexarc.core.decision.Explanations.Node;
import io.reflexarc.core.decision.Explanations.Verdict;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.compile.CompiledRuleset;
import io.reflexarc.engine.compile.Evaluator;
import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.Trigger;
import java.util.List;
import java.util.Optional;

/** The condition tree of a rule with what one event alone makes of each part. What hangs on other events or time is open. */
final class RuleTrees {
    private RuleTrees() {}

    /** The tree of a rule. */
    static Node tree(Rule rule, JsonText event) {
        NodeBuilder nodes = new NodeBuilder(new Evaluator(), event.object());
        return switch (rule.trigger()) {
            case Trigger.Single single -> single(single, nodes);
            case Trigger.All all -> together("all", patterns(all, nodes));
            case Trigger.NotAll notAll -> together("not_all", patterns(notAll, nodes));
            case Trigger.Any any -> any(patterns(any, nodes));
        };
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
    private static Node together(String text, List<Node> parts) {
        boolean takesPart = parts.stream().anyMatch(part -> possible(part.verdict()));
        Verdict verdict = takesPart ? Verdict.OPEN : Verdict.FALSE;
        return new Node(text, verdict, Optional.empty(), Optional.empty(), "", parts);
    }

    private static Node any(List<Node> parts) {
        Verdict verdict = parts.stream().map(Node::verdict).reduce(Verdict.FALSE, RuleTrees::either);
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

    static boolean possible(Verdict verdict) {
        return verdict == Verdict.TRUE || verdict == Verdict.OPEN;
    }

    static Node with(Node node, Verdict verdict, String note) {
        return new Node(node.text(), verdict, node.actual(), node.expected(), note, node.parts());
    }
}
