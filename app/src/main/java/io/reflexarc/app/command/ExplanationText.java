// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import io.reflexarc.core.decision.Explanations.Node;
import io.reflexarc.core.decision.Explanations.Occurrence;
import io.reflexarc.core.decision.Explanations.RuleExplanation;
import io.reflexarc.core.decision.Explanations.Verdict;
import java.util.List;
import java.util.Locale;

/** An explanation for people: a line for each rule and each part of its condition. */
final class ExplanationText {
    private ExplanationText() {}

    static String of(Occurrence event, List<RuleExplanation> rules) {
        StringBuilder text = new StringBuilder();
        text.append(event.id()).append(" at ").append(event.at()).append('\n');
        for (RuleExplanation rule : rules) {
            String word = rule.fate().outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            String because = rule.fate().because();
            text.append("  ")
                    .append(rule.ruleset())
                    .append(" / ")
                    .append(rule.rule())
                    .append(": ");
            text.append(because.startsWith(word) ? because : because.isEmpty() ? word : word + ", " + because);
            text.append('\n');
            append(text, rule.tree(), "    ", rule.fate().because());
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Node node, String indent, String said) {
        text.append(indent).append(mark(node.verdict())).append(' ').append(node.text());
        node.actual().ifPresent(actual -> text.append("   is ").append(actual));
        node.expected().ifPresent(expected -> text.append(", asked for ").append(expected));
        if (!node.note().isEmpty() && !node.note().equals(said)) {
            text.append("   (").append(node.note()).append(')');
        }
        text.append('\n');
        node.parts().forEach(part -> append(text, part, indent + "  ", ""));
    }

    private static String mark(Verdict verdict) {
        return switch (verdict) {
            case TRUE -> "yes      ";
            case FALSE -> "no       ";
            case UNDEFINED -> "undefined";
            case OPEN -> "open     ";
        };
    }
}
