// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import io.reflexarc.core.json.JsonText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a session remembers, for people: the newest of it, with counts of all.
 *
 * @param live whether its owner answered; otherwise it is from a snapshot
 * @param seenAt when that was, by the wall clock; empty for a snapshot
 * @param now session time: the time of the last entry it reflects
 * @param rulesets in file order
 */
public record SessionMemory(boolean live, Optional<Instant> seenAt, Instant now, List<OfRuleset> rulesets) {
    public SessionMemory {
        rulesets = List.copyOf(rulesets);
    }

    /**
     * What one ruleset remembers.
     *
     * @param name of the ruleset
     * @param events how many wait for partners
     * @param factCount how many facts there are
     * @param rules in file order
     * @param facts the newest, newest first
     * @param partials the newest events that wait for partners, newest first
     * @param windows of rules that wait for something not to happen
     * @param throttles groups of throttles
     */
    public record OfRuleset(
            String name,
            long events,
            long factCount,
            List<Counted> rules,
            List<Fact> facts,
            List<Partial> partials,
            List<Window> windows,
            List<Throttled> throttles) {
        public OfRuleset {
            rules = List.copyOf(rules);
            facts = List.copyOf(facts);
            partials = List.copyOf(partials);
            windows = List.copyOf(windows);
            throttles = List.copyOf(throttles);
        }
    }

    /**
     * How often a rule matched.
     *
     * @param rule name
     * @param enabled whether it decides
     * @param matched matches
     * @param suppressed swallowed by a throttle, or displaced by another rule
     * @param last session time of the last match
     */
    public record Counted(String rule, boolean enabled, long matched, long suppressed, Optional<Instant> last) {}

    /**
     * A fact.
     *
     * @param id of it
     * @param at session time of its arrival
     * @param body fields
     */
    public record Fact(String id, Instant at, JsonText body) {}

    /**
     * An event that fulfils a rule in part.
     *
     * @param rule name
     * @param id of the event
     * @param at session time of its arrival
     * @param until when it is forgotten
     * @param fulfils the condition that it fulfils
     * @param waitsFor a sentence without a full stop: what is missing
     */
    public record Partial(String rule, String id, Instant at, Instant until, String fulfils, String waitsFor) {}

    /**
     * An open window: the rule matches when it ends incomplete.
     *
     * @param rule name
     * @param until its end
     * @param fulfilled conditions that came
     * @param missing conditions that did not come yet
     */
    public record Window(String rule, Instant until, List<String> fulfilled, List<String> missing) {
        public Window {
            fulfilled = List.copyOf(fulfilled);
            missing = List.copyOf(missing);
        }
    }

    /**
     * One group of a throttle.
     *
     * @param rule name
     * @param kind {@code once_within}, {@code once_after} or {@code accumulate_within}
     * @param group values of the group, as a JSON list
     * @param count events so far
     * @param threshold how many make a match, where that counts
     * @param until when the group ends
     */
    public record Throttled(
            String rule, String kind, String group, int count, Optional<Integer> threshold, Instant until) {}
}
