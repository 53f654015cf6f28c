// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import io.reflexarc.core.decision.ActionProgress;
import io.reflexarc.core.decision.Decision;
import java.util.List;

/**
 * What one entry decided.
 *
 * @param decisions new ones, in order
 * @param progress of actions of earlier decisions, in order
 */
public record Decided(List<Decision> decisions, List<ActionProgress> progress) {
    public Decided {
        decisions = List.copyOf(decisions);
        progress = List.copyOf(progress);
    }
}
