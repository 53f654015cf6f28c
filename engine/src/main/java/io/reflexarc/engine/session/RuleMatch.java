// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.session;

import io.reflexarc.core.decision.MatchedEvent;
import io.reflexarc.rulebooks.Rule;
import java.time.Instant;
import java.util.List;

/**
 * A rule matched.
 *
 * @param rule which
 * @param matched what it bound, in the order of its conditions; empty for a rule that asks that nothing has a field. Bodies
 *     are as they arrived, with {@code meta.rule_engine} where a throttle let them through
 * @param at session time
 */
public record RuleMatch(Rule rule, List<MatchedEvent> matched, Instant at) {
    public RuleMatch {
        matched = List.copyOf(matched);
    }
}
