// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.session.SessionState;
import io.reflexarc.rulebooks.Rulebook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest of what a session remembers, as plain data small enough to be sent: taking it costs the session no evaluation.
 *
 * @param now session time
 * @param rulesets by name, in file order
 */
public record Glimpse(Instant now, Map<String, Part> rulesets) {
    /** Longer bodies are left out. */
    private static final int LONGEST_BODY = 16_384;

    /** Of a running session; at most so many events, facts, and groups of a throttle for each ruleset. */
    public static Glimpse of(RulebookSession session, Rulebook rulebook, int most) {
        Map<String, Part> parts = new LinkedHashMap<>();
        rulebook.rulesets()
                .forEach(ruleset -> session.memory(ruleset.name())
                        .ifPresent(state -> parts.put(ruleset.name(), part(state, most))));
        return new Glimpse(session.now(), parts);
    }

    /** Of a session that is only kept as {@link RulebookSession#state}. */
    public static Glimpse of(JsonText kept, int most) {
        SessionData data = kept.as(SessionData.class);
        Map<String, Part> parts = new LinkedHashMap<>();
        data.rulesets().forEach((name, state) -> parts.put(name, part(state, most)));
        return new Glimpse(data.now(), parts);
    }

    private static Part part(SessionState state, int most) {
        List<SessionState.Held> newest = new ArrayList<>();
        int events = 0;
        int facts = 0;
        for (SessionState.Held held : state.items().reversed()) {
            int before = held.fact() ? facts++ : events++;
            if (before < most) {
                newest.add(shortened(held));
            }
        }
        return new Part(
                events,
                facts,
                newest,
                state.throttles().stream().map(one -> shortened(one, most)).toList(),
                state.windows(),
                state.counts().stream()
                        .map(one -> new Count(one.rule(), one.matched(), one.suppressed(), one.last()))
                        .toList());
    }

    private static SessionState.Held shortened(SessionState.Held held) {
        if (held.body().size() <= LONGEST_BODY) {
            return held;
        }
        JsonText note = JsonText.of(Map.of("left_out", held.body().size() + " bytes"));
        return new SessionState.Held(held.sequence(), held.id(), held.fact(), held.at(), note, Optional.empty());
    }

    private static SessionState.ThrottleData shortened(SessionState.ThrottleData data, int most) {
        List<SessionState.Group> groups = data.groups().stream()
                .limit(most)
                .map(group -> new SessionState.Group(group.key(), group.count(), group.until(), Optional.empty()))
                .toList();
        return new SessionState.ThrottleData(data.rule(), data.deadline(), groups);
    }

    /**
     * Of one ruleset.
     *
     * @param events in memory
     * @param facts in memory
     * @param newest of both, newest first
     * @param throttles with any data
     * @param windows that are open
     * @param counts of rules that ever matched
     */
    public record Part(
            long events,
            long facts,
            List<SessionState.Held> newest,
            List<SessionState.ThrottleData> throttles,
            List<SessionState.Window> windows,
            List<Count> counts) {}

    /**
     * How often a rule matched.
     *
     * @param rule name
     * @param matched matches
     * @param suppressed swallowed or displaced
     * @param last session time of the last match
     */
    public record Count(String rule, long matched, long suppressed, Optional<Instant> last) {}
}
