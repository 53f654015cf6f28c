// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import io.reflexarc.core.id.DecisionId;
import java.util.List;

/**
 * The actions of one decision that have not ended yet.
 *
 * @param decision whose they are
 * @param ruleset that decided
 * @param sequential whether the decisions of this ruleset wait for each other
 * @param steps in order; while the turn runs, the first is a task whose outcome is awaited
 */
record Turn(DecisionId decision, String ruleset, boolean sequential, List<Step> steps) {
    Turn {
        steps = List.copyOf(steps);
    }

    Turn rest() {
        return new Turn(decision, ruleset, sequential, steps.subList(1, steps.size()));
    }
}
