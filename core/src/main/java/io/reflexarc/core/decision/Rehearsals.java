// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.decision;

import io.reflexarc.core.decision.Explanations.Occurrence;
import io.reflexarc.core.decision.Explanations.RuleExplanation;
import io.reflexarc.core.json.JsonText;
import io.vertx.core.Future;
import java.util.List;

/**
 * Plays events through a rulebook that nobody runs yet, in the engine itself, and says what would happen. No action runs, each
 * is taken to succeed at once; nothing is kept.
 */
@FunctionalInterface
public interface Rehearsals {
    /**
     * What would come of each of these events.
     *
     * @param rulebook its text; what is wrong with it is a {@code RULEBOOK_INVALID}
     * @param variables a JSON object
     * @param events in the order of their times, at least one
     * @return one step for each event, and a last one for what time alone brings after them
     */
    Future<List<Step>> rehearse(String rulebook, JsonText variables, List<Occurrence> events);

    /**
     * What would come of one event.
     *
     * @param rules what each rule that gets it says, in file order; empty for the last step, which has no event
     * @param decisions that would be made on it, and those that time brings since the event before
     */
    record Step(List<RuleExplanation> rules, List<Decision> decisions) {
        public Step {
            rules = List.copyOf(rules);
            decisions = List.copyOf(decisions);
        }
    }
}
