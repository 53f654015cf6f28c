// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import io.reflexarc.core.activation.VersionChange.RuleChange;
import io.reflexarc.core.decision.ActionProgress;
import io.reflexarc.core.decision.Decision;
import java.util.List;

/**
 * What one entry decided.
 *
 * @param decisions new ones, in order
 * @param progress of actions of earlier decisions, in order
 * @param rules what became of each rule, where the entry put another version live
 */
public record Decided(List<Decision> decisions, List<ActionProgress> progress, List<RuleChange> rules) {
    /** Nothing. */
    public static final Decided NOTHING = new Decided(List.of(), List.of(), List.of());

    public Decided {
        rules = List.copyOf(rules);
        decisions = List.copyOf(decisions);
        progress = List.copyOf(progress);
    }
}
