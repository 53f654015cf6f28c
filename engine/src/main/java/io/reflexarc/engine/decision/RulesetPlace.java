// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import io.reflexarc.core.activation.ExecutionStrategy;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.engine.session.RulesetSession;
import io.reflexarc.rulebooks.Ruleset;
import java.util.Set;

/**
 * A ruleset in its session.
 *
 * @param ruleset as written
 * @param streams whose events it gets
 * @param sequential whether its decisions wait for each other
 * @param session its working memory
 */
record RulesetPlace(Ruleset ruleset, Set<StreamId> streams, boolean sequential, RulesetSession session) {
    static RulesetPlace of(SessionPlan plan, Ruleset ruleset, RulesetSession session) {
        Set<StreamId> streams = plan.streams().getOrDefault(ruleset.name(), Set.of());
        boolean sequential = ruleset.executionStrategy().orElse(plan.strategy()) == ExecutionStrategy.SEQUENTIAL;
        return new RulesetPlace(ruleset, streams, sequential, session);
    }
}
