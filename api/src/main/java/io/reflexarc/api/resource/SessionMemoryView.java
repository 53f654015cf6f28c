// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.api.endpoint.Constraint.AnyObject;
import io.reflexarc.core.activation.SessionMemory;
import io.reflexarc.core.json.JsonText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a session remembers: the newest of it, with counts of all.
 *
 * @param live whether the process that runs it answered; otherwise it is from the newest snapshot
 * @param seenAt when that process looked
 * @param now session time: the time of the last entry it reflects
 * @param rulesets in file order
 */
public record SessionMemoryView(boolean live, Optional<Instant> seenAt, Instant now, List<SessionRuleset> rulesets) {
    public SessionMemoryView {
        rulesets = List.copyOf(rulesets);
    }

    static SessionMemoryView of(SessionMemory memory) {
        return new SessionMemoryView(
                memory.live(),
                memory.seenAt(),
                memory.now(),
                memory.rulesets().stream().map(SessionMemoryView::ruleset).toList());
    }

    private static SessionRuleset ruleset(SessionMemory.OfRuleset one) {
        return new SessionRuleset(
                one.name(),
                one.events(),
                one.factCount(),
                one.rules().stream()
                        .map(rule -> new SessionRule(
                                rule.rule(), rule.enabled(), rule.matched(), rule.suppressed(), rule.last()))
                        .toList(),
                one.facts().stream()
                        .map(fact -> new SessionFact(fact.id(), fact.at(), fact.body()))
                        .toList(),
                one.partials().stream()
                        .map(part -> new SessionPartial(
                                part.rule(), part.id(), part.at(), part.until(), part.fulfils(), part.waitsFor()))
                        .toList(),
                one.windows().stream()
                        .map(open -> new SessionWindow(open.rule(), open.until(), open.fulfilled(), open.missing()))
                        .toList(),
                one.throttles().stream()
                        .map(group -> new SessionThrottle(
                                group.rule(),
                                group.kind(),
                                group.group(),
                                group.count(),
                                group.threshold(),
                                group.until()))
                        .toList());
    }

    /**
     * One ruleset of a session.
     *
     * @param name of the ruleset
     * @param eventCount events that wait for partners
     * @param factCount facts
     * @param rules counters, in file order
     * @param facts the newest 100, newest first
     * @param partials the newest 100 events that fulfil a rule in part, newest first
     * @param windows of rules that wait for something not to happen
     * @param throttles groups of throttles, 100 of each rule
     */
    public record SessionRuleset(
            String name,
            long eventCount,
            long factCount,
            List<SessionRule> rules,
            List<SessionFact> facts,
            List<SessionPartial> partials,
            List<SessionWindow> windows,
            List<SessionThrottle> throttles) {
        public SessionRuleset {
            rules = List.copyOf(rules);
            facts = List.copyOf(facts);
            partials = List.copyOf(partials);
            windows = List.copyOf(windows);
            throttles = List.copyOf(throttles);
        }
    }

    /**
     * Counters of a rule.
     *
     * @param rule name
     * @param enabled whether it decides
     * @param matched how often it matched
     * @param suppressed matches that a throttle swallowed or another rule displaced
     * @param last session time of the last match
     */
    public record SessionRule(String rule, boolean enabled, long matched, long suppressed, Optional<Instant> last) {}

    /**
     * A fact.
     *
     * @param id of it
     * @param at when it came
     * @param body its fields
     */
    public record SessionFact(
            String id, Instant at, @AnyObject JsonText body) {}

    /**
     * An event that fulfils a rule in part.
     *
     * @param rule name
     * @param id of the event
     * @param at when it came
     * @param until when it is forgotten
     * @param fulfils condition that it fulfils
     * @param waitsFor what is missing, a sentence without a full stop
     */
    public record SessionPartial(String rule, String id, Instant at, Instant until, String fulfils, String waitsFor) {}

    /**
     * An open window of a rule that waits for something not to happen.
     *
     * @param rule name
     * @param until its end
     * @param fulfilled conditions that came
     * @param missing conditions that did not
     */
    public record SessionWindow(String rule, Instant until, List<String> fulfilled, List<String> missing) {
        public SessionWindow {
            fulfilled = List.copyOf(fulfilled);
            missing = List.copyOf(missing);
        }
    }

    /**
     * A group of a throttle.
     *
     * @param rule name
     * @param kind once_within, once_after or accumulate_within
     * @param group its values, a JSON list
     * @param count events so far
     * @param threshold how many make a match, for accumulate_within
     * @param until when it ends
     */
    public record SessionThrottle(
            String rule, String kind, String group, int count, Optional<Integer> threshold, Instant until) {}
}
