// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import io.reflexarc.faults.Sender.Sent;
import io.reflexarc.faults.Target.Effect;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Times out of ledgers. */
final class Measures {
    private static final double MICROS = 1e6;
    private static final int UNAVAILABLE = 503;

    private Measures() {}

    /** From a moment to the next acknowledgement of a request that was sent after it; -1 for none. */
    static double secondsToFirstAccepted(List<Sent> replies, long since) {
        return replies.stream()
                .filter(sent -> sent.accepted() && sent.begun() > since)
                .mapToLong(sent -> sent.at() - since)
                .min()
                .stream()
                .mapToDouble(micros -> round(micros / MICROS))
                .findFirst()
                .orElse(-1);
    }

    /** Answers 5xx that do not say when to come back, in words. */
    static List<String> otherErrors(List<Sent> replies) {
        long wrong = replies.stream()
                .filter(sent -> sent.status() >= 500 && (sent.status() != UNAVAILABLE || !sent.retryAfter()))
                .count();
        return wrong == 0 ? List.of() : List.of(wrong + " answers 5xx other than 503 with Retry-After");
    }

    /** From each fault to the first effect of an event that was sent after it. */
    static List<Double> recoveries(Collection<Fault> faults, List<Sent> replies, List<Effect> effects) {
        Map<String, Long> first = new HashMap<>();
        replies.forEach(sent -> first.putIfAbsent(sent.id(), sent.first()));
        return faults.stream()
                .map(fault -> effects.stream()
                        .filter(effect -> effect.at() > fault.at()
                                && first.getOrDefault(effect.id(), Long.MIN_VALUE) > fault.at())
                        .mapToLong(effect -> effect.at() - fault.at())
                        .min()
                        .orElse(Long.MAX_VALUE))
                .filter(micros -> micros != Long.MAX_VALUE)
                .map(micros -> round(micros / MICROS))
                .sorted()
                .toList();
    }

    /** The longest time without any effect between two moments. */
    static double longestStall(List<Effect> effects, long from, long until) {
        long last = from;
        long longest = 0;
        for (Effect effect : effects) {
            if (effect.at() >= from && effect.at() <= until) {
                longest = Math.max(longest, effect.at() - last);
                last = effect.at();
            }
        }
        return round(longest / MICROS);
    }

    /** A part of a sorted list below which so many of its values are; 0 for an empty one. */
    static double percentile(List<Double> sorted, double part) {
        if (sorted.isEmpty()) {
            return 0;
        }
        return sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(part * sorted.size()) - 1));
    }

    static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
