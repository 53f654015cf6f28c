// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.run;

import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.decision.MatchedEvent;
import io.reflexarc.core.id.EventId;
import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.Ruleset;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Counts for one ruleset, on the run's thread. */
final class RulesetCounts {
    private final Ruleset ruleset;
    private final Instant start;
    private final Set<EventId> matchedOfEntry = new HashSet<>();
    private long triggered;
    private long processed;
    private long matched;
    private Optional<Decision> last = Optional.empty();
    private Optional<Instant> received = Optional.empty();

    RulesetCounts(Ruleset ruleset, Instant start) {
        this.ruleset = ruleset;
        this.start = start;
    }

    void received(Instant at) {
        processed++;
        received = Optional.of(at);
    }

    /** A decision; several of one entry may match the same events, which count once. */
    void decided(Decision decision) {
        triggered++;
        if (last.filter(before -> before.entry().equals(decision.entry())).isEmpty()) {
            matchedOfEntry.clear();
        }
        for (MatchedEvent event : decision.matched()) {
            matched += matchedOfEntry.add(event.id()) ? 1 : 0;
        }
        last = Optional.of(decision);
    }

    RulesetStats stats(Optional<Instant> end, Instant sessionTime) {
        int enabled =
                Math.toIntExact(ruleset.rules().stream().filter(Rule::enabled).count());
        return new RulesetStats(
                ruleset.name(),
                start,
                end,
                enabled,
                ruleset.rules().size() - enabled,
                triggered,
                processed,
                matched,
                last.map(Decision::rule),
                last.map(Decision::at),
                received,
                sessionTime);
    }
}
