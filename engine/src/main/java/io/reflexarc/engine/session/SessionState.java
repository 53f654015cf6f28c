// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.session;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.compile.JoinData;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A session between two entries, as plain data: what {@link RulesetSession#restore} needs to go on as if nothing had
 * happened. Belongs to one ruleset and one build of the engine.
 *
 * @param now session time
 * @param nextSequence of the next item
 * @param items in memory, in the order of arrival
 * @param throttles of rules that have any data
 * @param windows of {@code not_all} rules that are open
 * @param pending rules that ask for absence, fulfilled and not yet reported
 * @param pendingDue when those are reported at the latest
 * @param counts one for each rule that ever matched, in file order
 * @param joins one for each rule whose joins have looked at anything, in file order
 * @param aside what only the next version of the ruleset may ask for; empty when there is nothing
 */
public record SessionState(
        Instant now,
        long nextSequence,
        List<Held> items,
        List<ThrottleData> throttles,
        List<Window> windows,
        List<String> pending,
        Optional<Instant> pendingDue,
        List<RuleCount> counts,
        List<JoinData> joins,
        Optional<Aside> aside) {
    public SessionState {
        items = List.copyOf(items);
        throttles = List.copyOf(throttles);
        windows = List.copyOf(windows);
        pending = List.copyOf(pending);
        counts = List.copyOf(counts);
        joins = List.copyOf(joins);
    }

    /** The same with other items in memory, and others put aside. */
    public SessionState holding(List<Held> held, List<Held> spare) {
        return new SessionState(
                now,
                nextSequence,
                held,
                throttles,
                windows,
                pending,
                pendingDue,
                counts,
                joins,
                aside.map(one -> new Aside(spare, one.since())));
    }

    /** Facts put aside. */
    public List<Held> spare() {
        return aside.map(Aside::facts).orElse(List.of());
    }

    /**
     * What was put aside, and what rules must not see.
     *
     * @param facts that no rule takes, in the order of arrival
     * @param since rules that were put live later than the session began
     */
    public record Aside(List<Held> facts, List<Since> since) {
        public Aside {
            facts = List.copyOf(facts);
            since = List.copyOf(since);
        }
    }

    /**
     * A rule that was put live later than the session began: events of before are none of its business.
     *
     * @param rule name
     * @param sequence of the first item that may be an event of it
     */
    public record Since(String rule, long sequence) {}

    /**
     * An event or fact in memory.
     *
     * @param sequence place in the order of arrival
     * @param id {@code meta.uuid}
     * @param fact whether it stays until it is retracted
     * @param at session time of arrival
     * @param body as it arrived
     * @param shown what matches show, where a throttle amended it
     */
    public record Held(long sequence, String id, boolean fact, Instant at, JsonText body, Optional<Shown> shown) {}

    /**
     * What matches show instead of the body that arrived.
     *
     * @param body with what a throttle added
     */
    public record Shown(JsonText body) {}

    /**
     * What a throttle remembers.
     *
     * @param rule name
     * @param deadline when the window of {@code once_after} ends
     * @param groups in the order in which they are reported
     */
    public record ThrottleData(String rule, Optional<Instant> deadline, List<Group> groups) {
        public ThrottleData {
            groups = List.copyOf(groups);
        }
    }

    /**
     * One group of a throttle.
     *
     * @param key the group's values as a JSON list; something else where a value is missing, which makes a group of its own
     * @param count events so far
     * @param until when the group is forgotten, or its window ends
     * @param first the event to report, for {@code once_after}
     */
    public record Group(String key, int count, Instant until, Optional<Kept> first) {}

    /**
     * An event that outlives working memory.
     *
     * @param sequence place in the order of arrival
     * @param id {@code meta.uuid}
     * @param body as matches show it
     */
    public record Kept(long sequence, String id, JsonText body) {}

    /**
     * An open window of a {@code not_all} rule.
     *
     * @param rule name
     * @param deadline its end
     * @param arrivals in order; the first opened the window
     */
    public record Window(String rule, Instant deadline, List<Arrival> arrivals) {
        public Window {
            arrivals = List.copyOf(arrivals);
        }
    }

    /**
     * An event in a window.
     *
     * @param position which condition it fulfils
     * @param event the event
     */
    public record Arrival(int position, Kept event) {}
}
