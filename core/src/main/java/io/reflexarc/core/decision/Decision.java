// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.decision;

import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.Position;
import java.time.Instant;
import java.util.List;

/**
 * One rule that matched, and the actions this makes.
 *
 * @param id function of place
 * @param entry the log entry being processed
 * @param ordinal n-th decision of that entry, from 0
 * @param ruleset name
 * @param rule name
 * @param rulebookVersion that decided
 * @param at session time
 * @param late the window that led to it ended while nobody ran the activation
 * @param matched events and facts, by binding
 * @param actions in the order of the rule
 */
public record Decision(
        DecisionId id,
        Position entry,
        int ordinal,
        String ruleset,
        String rule,
        long rulebookVersion,
        Instant at,
        boolean late,
        List<MatchedEvent> matched,
        List<DecidedAction> actions) {
    public Decision {
        matched = List.copyOf(matched);
        actions = List.copyOf(actions);
    }
}
