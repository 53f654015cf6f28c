// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.core.activation.VersionChange;
import io.reflexarc.core.activation.VersionChange.Fate;
import io.reflexarc.core.activation.VersionChange.RuleChange;
import io.reflexarc.core.activation.VersionChange.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A version that was put live on an activation, or was to be.
 *
 * @param version id of the version
 * @param number 1, 2, … within the rulebook
 * @param entry of the inbox that says so; events before it were decided by the version before
 * @param state {@code waiting} until the activation has read that far, then {@code live} or {@code refused}
 * @param requestedBy name of the user; empty where nobody asked
 * @param requestedAt when
 * @param liveAt session time since which it decides
 * @param reason why it was refused
 * @param rules what became of each rule of both versions; empty while it waits, and for the first version
 */
public record VersionChangeView(
        long version,
        int number,
        String entry,
        State state,
        String requestedBy,
        Instant requestedAt,
        Optional<Instant> liveAt,
        String reason,
        List<RuleChangeView> rules) {
    public VersionChangeView {
        rules = List.copyOf(rules);
    }

    static VersionChangeView of(VersionChange change) {
        return new VersionChangeView(
                change.version(),
                change.number(),
                change.entry().toString(),
                change.state(),
                change.requestedBy(),
                change.requestedAt(),
                change.liveAt(),
                change.reason(),
                change.rules().stream().map(RuleChangeView::of).toList());
    }

    /**
     * One rule.
     *
     * @param ruleset name of its ruleset
     * @param rule its name
     * @param fate {@code kept} when conditions and throttle are the same: nothing that it remembers is lost then
     * @param waiting events that waited in it for others, or for the end of a window, and do so no more
     * @param groups groups of its throttle that were forgotten
     * @param events ids of the first 20 of those that waited
     */
    public record RuleChangeView(String ruleset, String rule, Fate fate, int waiting, int groups, List<String> events) {
        public RuleChangeView {
            events = List.copyOf(events);
        }

        static RuleChangeView of(RuleChange rule) {
            return new RuleChangeView(
                    rule.ruleset(), rule.rule(), rule.fate(), rule.waiting(), rule.groups(), rule.events());
        }
    }
}
