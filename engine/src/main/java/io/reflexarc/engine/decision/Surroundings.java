// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import io.reflexarc.core.json.JsonText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What an action is decided in.
 *
 * @param ruleset name
 * @param rule name
 * @param rulesetHosts where it acts, unless an event says
 * @param variables as the action sees them, plain values: masked for {@code debug}
 * @param matched what matched, as the templates see it
 * @param shutdownDelay how long a shutdown waits that does not say
 * @param facts all facts of the ruleset, asked for only when they are shown
 */
record Surroundings(
        String ruleset,
        String rule,
        List<String> rulesetHosts,
        Map<String, Object> variables,
        MatchedEvents matched,
        Duration shutdownDelay,
        Supplier<List<JsonText>> facts) {
    /** {@code event} or {@code events}. */
    String eventsName() {
        return matched.name();
    }

    /** What matched. */
    Object events() {
        return matched.values();
    }

    /** {@code meta.hosts} of the events, else the ruleset's: an empty list must not come to mean every host. */
    List<String> hosts() {
        List<String> named = matched.hosts();
        return named.isEmpty() ? rulesetHosts : named;
    }
}
