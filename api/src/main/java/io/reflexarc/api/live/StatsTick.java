// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.live;

import java.time.Instant;
import java.util.Map;

/**
 * One second of the site.
 *
 * @param at end of the second
 * @param eventsPerS events accepted, by name of the stream
 * @param decisionsPerS decisions committed
 * @param actions attempts that ended in this second, by outcome
 * @param lag entries that wait, by id of the activation
 * @param decisionMs from an event's receipt to its decision
 * @param activations how many are in which status
 * @param refused requests refused by event streams, by status of the answer
 * @param silent processes that were heard not long ago and are not heard any more: seconds of their silence
 */
public record StatsTick(
        Instant at,
        Map<String, Double> eventsPerS,
        double decisionsPerS,
        Map<String, Double> actions,
        Map<String, Double> lag,
        Quantiles decisionMs,
        Map<String, Long> activations,
        Map<String, Double> refused,
        Map<String, Long> silent) {
    public StatsTick {
        eventsPerS = Map.copyOf(eventsPerS);
        actions = Map.copyOf(actions);
        lag = Map.copyOf(lag);
        activations = Map.copyOf(activations);
        refused = Map.copyOf(refused);
        silent = Map.copyOf(silent);
    }

    /**
     * Milliseconds below which half, and 95 of 100, stay. The worst process counts.
     *
     * @param p50 half
     * @param p95 95 of 100
     */
    public record Quantiles(double p50, double p95) {}
}
