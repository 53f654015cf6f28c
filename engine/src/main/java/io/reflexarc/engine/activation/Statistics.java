// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.live.LiveUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** What the activations of this process did since the last report. Safe for any thread. */
final class Statistics {
    private static final int MAX_SAMPLES = 10_000;

    /** Parts of rulebooks that are counted in one report; the others are not counted in that second. */
    private static final int MOST_PARTS = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Double> millis = new ArrayList<>();
    private final Map<String, Double> lags = new HashMap<>();
    private final Map<String, Long> parts = new HashMap<>();
    private long entries;
    private long decisions;

    /** A commit: its entries and decisions, and for each decision the time from the receipt of its event. */
    void committed(int moreEntries, int moreDecisions, List<Duration> times) {
        lock.lock();
        try {
            entries += moreEntries;
            decisions += moreDecisions;
            times.stream().limit(MAX_SAMPLES - (long) millis.size()).forEach(time -> millis.add(time.toNanos() / 1e6));
        } finally {
            lock.unlock();
        }
    }

    /** Parts of a rulebook had something to do so often. */
    void busy(Map<LiveUpdate.Part, Long> times) {
        lock.lock();
        try {
            times.forEach((part, count) -> {
                String name = part.counter();
                if (parts.size() < MOST_PARTS || parts.containsKey(name)) {
                    parts.merge(name, count, Long::sum);
                }
            });
        } finally {
            lock.unlock();
        }
    }

    /** Entries that wait for an activation of this process. */
    void lag(ActivationId activation, long waiting) {
        lock.lock();
        try {
            lags.put("lag/" + activation, (double) waiting);
        } finally {
            lock.unlock();
        }
    }

    /** The activation does not run here any more. */
    void gone(ActivationId activation) {
        lock.lock();
        try {
            lags.remove("lag/" + activation);
        } finally {
            lock.unlock();
        }
    }

    /** Everything since the last report; counting starts again. */
    LiveUpdate.Counted report(String process, Instant now) {
        lock.lock();
        try {
            Map<String, Double> gauges = new HashMap<>(lags);
            if (!millis.isEmpty()) {
                Collections.sort(millis);
                gauges.put("decision_ms_p50", quantile(0.5));
                gauges.put("decision_ms_p95", quantile(0.95));
            }
            Map<String, Long> counts = new HashMap<>(parts);
            counts.put("entries", entries);
            counts.put("decisions", decisions);
            parts.clear();
            entries = 0;
            decisions = 0;
            millis.clear();
            return new LiveUpdate.Counted(process, now, counts, gauges);
        } finally {
            lock.unlock();
        }
    }

    private double quantile(double part) {
        return millis.get((int) Math.min(millis.size() - 1L, Math.round(part * (millis.size() - 1))));
    }
}
