// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.audit;

import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.EventId;
import java.time.Instant;
import java.util.List;

/**
 * A row of the list of decisions.
 *
 * @param id of the decision
 * @param activation that decided
 * @param activationName its name
 * @param ruleset name
 * @param rule name
 * @param rulebook name
 * @param rulebookVersion number of the version within the rulebook
 * @param at session time
 * @param committedAt when it was committed
 * @param late its window ended while nobody ran the activation
 * @param events ids of what it matched
 * @param actions names, in order
 * @param status {@code pending}, {@code running}, {@code successful} or {@code failed}: the worst of its actions
 */
public record DecisionSummary(
        DecisionId id,
        ActivationId activation,
        String activationName,
        String ruleset,
        String rule,
        String rulebook,
        int rulebookVersion,
        Instant at,
        Instant committedAt,
        boolean late,
        List<EventId> events,
        List<String> actions,
        String status) {
    public DecisionSummary {
        events = List.copyOf(events);
        actions = List.copyOf(actions);
    }
}
