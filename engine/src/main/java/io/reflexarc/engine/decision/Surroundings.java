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
 * @param hosts where it acts
 * @param variables as the action sees them, plain values: masked for {@code debug}
 * @param eventsName {@code event} or {@code events}
 * @param events what matched, as the templates see it
 * @param shutdownDelay how long a shutdown waits that does not say
 * @param facts all facts of the ruleset, asked for only when they are shown
 */
record Surroundings(
        String ruleset,
        String rule,
        List<String> hosts,
        Map<String, Object> variables,
        String eventsName,
        Map<String, Object> events,
        Duration shutdownDelay,
        Supplier<List<JsonText>> facts) {}
