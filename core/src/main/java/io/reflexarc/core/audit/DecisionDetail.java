// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.audit;

import io.reflexarc.core.decision.MatchedEvent;
import java.util.List;

/**
 * Everything about one decision.
 *
 * @param summary the row
 * @param matched what it matched
 * @param actions what it made happen
 */
public record DecisionDetail(DecisionSummary summary, List<MatchedEvent> matched, List<ActionView> actions) {
    public DecisionDetail {
        matched = List.copyOf(matched);
        actions = List.copyOf(actions);
    }
}
