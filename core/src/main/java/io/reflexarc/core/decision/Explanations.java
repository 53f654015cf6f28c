// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.decision;

import io.reflexarc.core.json.JsonText;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Says what each rule of a rulebook version says to an event. Shares tree and operators with the match. */
public interface Explanations {
    /** One answer for each rule, in file order. */
    Future<List<RuleExplanation>> explain(String rulebook, JsonText variables, JsonText event);

    /** What a condition, or a part of it, evaluates to. */
    enum Verdict {
        TRUE,
        FALSE,
        /** A field that it needs is not there. */
        UNDEFINED,
        /** Depends on other events, facts or time. */
        OPEN
    }

    /**
     * What one rule says.
     *
     * @param ruleset name
     * @param rule name
     * @param verdict of the whole condition
     * @param tree the condition with the verdict of each part
     */
    record RuleExplanation(String ruleset, String rule, Verdict verdict, Node tree) {}

    /**
     * A part of a condition.
     *
     * @param text as written, e.g. {@code event.alert.status == "firing"}
     * @param verdict of this part
     * @param actual value found, as JSON; empty when there is none
     * @param expected value or values asked for, as JSON; empty when the part compares nothing
     * @param note e.g. that the types differ, or which partner is missing; may be empty
     * @param parts in the order written
     */
    record Node(
            String text,
            Verdict verdict,
            Optional<JsonText> actual,
            Optional<JsonText> expected,
            String note,
            List<Node> parts) {
        public Node {
            parts = List.copyOf(parts);
        }
    }
}
