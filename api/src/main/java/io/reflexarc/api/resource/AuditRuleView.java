// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.core.audit.DecisionSummary;
import java.time.Instant;
import java.util.UUID;

/**
 * A decision under the EDA controller's names.
 *
 * @param id of the decision
 * @param name of the rule
 * @param status {@code successful}, {@code failed} …
 * @param createdAt when it was committed
 * @param firedAt session time
 * @param rulesetName name of the ruleset
 * @param activationInstance who decided
 */
public record AuditRuleView(
        UUID id,
        String name,
        String status,
        Instant createdAt,
        Instant firedAt,
        String rulesetName,
        ActivationReference activationInstance) {
    static AuditRuleView of(DecisionSummary one) {
        return new AuditRuleView(
                one.id().value(),
                one.rule(),
                one.status(),
                one.committedAt(),
                one.at(),
                one.ruleset(),
                new ActivationReference(one.activation().value(), one.activationName()));
    }

    /**
     * An activation, by reference.
     *
     * @param id number
     * @param name name
     */
    public record ActivationReference(long id, String name) {}
}
