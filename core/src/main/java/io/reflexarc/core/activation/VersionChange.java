// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.reflexarc.core.id.Position;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Another version of its rulebook was put live on an activation, or was to be.
 *
 * @param version id of the version
 * @param number 1, 2, … within the rulebook
 * @param entry of the inbox that says so: entries before it were decided by the version before; {@link Position#START} for the
 *     version that the activation was created with
 * @param state what became of it
 * @param requestedBy name of the user; empty where nobody asked
 * @param requestedAt when
 * @param liveAt session time since which it decides; empty while it does not
 * @param reason why it was refused; empty otherwise
 * @param rules what became of each rule of both versions, in file order, removed ones last; empty while it waits
 */
public record VersionChange(
        long version,
        int number,
        Position entry,
        State state,
        String requestedBy,
        Instant requestedAt,
        Optional<Instant> liveAt,
        String reason,
        List<RuleChange> rules) {
    public VersionChange {
        rules = List.copyOf(rules);
    }

    /** What became of a change. */
    public enum State {
        /** Its entry was not decided yet: the activation does not run, or has more to read. */
        @JsonProperty("waiting")
        WAITING,
        /** It was put live. */
        @JsonProperty("live")
        LIVE,
        /** The activation could not run it: the version before goes on. */
        @JsonProperty("refused")
        REFUSED
    }

    /** What becomes of a rule. */
    public enum Fate {
        /** Conditions and throttle are the same: nothing that it remembers was lost. */
        @JsonProperty("kept")
        KEPT,
        /** Another condition or throttle: it begins anew. */
        @JsonProperty("changed")
        CHANGED,
        /** It was not there before. */
        @JsonProperty("added")
        ADDED,
        /** It is not there any more. */
        @JsonProperty("removed")
        REMOVED
    }

    /**
     * One rule.
     *
     * @param ruleset name of its ruleset
     * @param rule its name
     * @param fate what becomes of it
     * @param waiting how many events waited in it for others, or for the end of a window, and do so no more
     * @param groups how many groups of its throttle were forgotten
     * @param events ids of the first {@value #EVENTS} of those that waited
     */
    public record RuleChange(String ruleset, String rule, Fate fate, int waiting, int groups, List<String> events) {
        /** As many events are named. */
        public static final int EVENTS = 20;

        public RuleChange {
            events = List.copyOf(events);
        }
    }
}
