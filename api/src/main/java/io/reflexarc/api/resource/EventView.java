// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.api.endpoint.Constraint.AnyObject;
import io.reflexarc.core.decision.Explanations;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.json.JsonText;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An event, matched or not, and what was said to it.
 *
 * @param id equal to {@code meta.uuid}
 * @param eventStreamId number of the stream; empty when the stream is gone
 * @param eventStreamName its name
 * @param receivedAt when it was received; empty when history no longer holds the event
 * @param body the whole event
 * @param matched whether a rule decided on it
 * @param explanations what each rule of each activation that gets the stream says to it
 * @param decisions made on it, oldest first
 */
public record EventView(
        String id,
        Optional<Long> eventStreamId,
        Optional<String> eventStreamName,
        Optional<Instant> receivedAt,
        @AnyObject JsonText body,
        boolean matched,
        List<ActivationSays> explanations,
        List<DecisionRow> decisions) {
    public EventView {
        explanations = List.copyOf(explanations);
        decisions = List.copyOf(decisions);
    }

    /**
     * What the rules of one activation say.
     *
     * @param activationId number
     * @param activationName name
     * @param rulebookId number of its rulebook
     * @param rulebookVersion id of the version that was asked
     * @param rules one for each rule, in file order
     */
    public record ActivationSays(
            long activationId, String activationName, long rulebookId, long rulebookVersion, List<RuleSays> rules) {
        public ActivationSays {
            rules = List.copyOf(rules);
        }
    }

    /**
     * What one rule says.
     *
     * @param ruleset name
     * @param rule name
     * @param verdict of the whole condition about the event alone
     * @param outcome what came of the event: {@code matched}, {@code not_fulfilled}, {@code waits}, {@code throttled},
     *     {@code taken}, {@code lost}, {@code disabled}
     * @param because why, in words; may be empty
     * @param until when that ends, e.g. the window of a throttle
     * @param takenBy which rule had the event first
     * @param partners ids of what it was matched with, or might have been
     * @param tree the condition with the verdict of each part
     */
    public record RuleSays(
            String ruleset,
            String rule,
            Verdict verdict,
            String outcome,
            String because,
            Optional<Instant> until,
            Optional<String> takenBy,
            List<String> partners,
            ConditionNode tree) {
        public RuleSays {
            partners = List.copyOf(partners);
        }

        static RuleSays of(Explanations.RuleExplanation one) {
            Explanations.Fate fate = one.fate();
            return new RuleSays(
                    one.ruleset(),
                    one.rule(),
                    Verdict.of(one.verdict()),
                    fate.outcome().name().toLowerCase(Locale.ROOT),
                    fate.because(),
                    fate.until(),
                    fate.rule(),
                    fate.partners().stream().map(EventId::value).toList(),
                    ConditionNode.of(one.tree()));
        }
    }

    /**
     * A part of a condition.
     *
     * @param text as written
     * @param verdict of this part
     * @param actual value found
     * @param expected value or values asked for
     * @param note what else a person wants to know, may be empty
     * @param parts in the order written
     */
    public record ConditionNode(
            String text,
            Verdict verdict,
            Optional<JsonText> actual,
            Optional<JsonText> expected,
            String note,
            List<ConditionNode> parts) {
        public ConditionNode {
            parts = List.copyOf(parts);
        }

        static ConditionNode of(Explanations.Node one) {
            return new ConditionNode(
                    one.text(),
                    Verdict.of(one.verdict()),
                    one.actual(),
                    one.expected(),
                    one.note(),
                    one.parts().stream().map(ConditionNode::of).toList());
        }
    }
}
