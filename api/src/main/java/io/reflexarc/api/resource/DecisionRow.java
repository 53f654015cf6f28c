// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.core.audit.DecisionSummary;
import io.reflexarc.core.id.EventId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A row of the list of decisions, also sent live.
 *
 * @param id of the decision
 * @param activationId that decided
 * @param activationName its name
 * @param ruleset name
 * @param rule name
 * @param rulebook name
 * @param rulebookVersionNumber number of the version within the rulebook
 * @param at session time
 * @param committedAt when it was committed
 * @param late its window ended while nobody ran the activation
 * @param eventIds what it matched
 * @param actions names, in order
 * @param status the worst of its actions
 */
public record DecisionRow(
        UUID id,
        long activationId,
        String activationName,
        String ruleset,
        String rule,
        String rulebook,
        int rulebookVersionNumber,
        Instant at,
        Instant committedAt,
        boolean late,
        List<String> eventIds,
        List<String> actions,
        String status) {
    public DecisionRow {
        eventIds = List.copyOf(eventIds);
        actions = List.copyOf(actions);
    }

    /** The row of a summary. */
    public static DecisionRow of(DecisionSummary one) {
        return new DecisionRow(
                one.id().value(),
                one.activation().value(),
                one.activationName(),
                one.ruleset(),
                one.rule(),
                one.rulebook(),
                one.rulebookVersion(),
                one.at(),
                one.committedAt(),
                one.late(),
                one.events().stream().map(EventId::value).toList(),
                one.actions(),
                one.status());
    }
}
