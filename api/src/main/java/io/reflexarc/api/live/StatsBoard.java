// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.live;

import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.live.LiveUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/** Adds up what the processes count, and makes one tick of it each second. Belongs to one context. */
final class StatsBoard {
    /** A process that has said nothing for so long is gone, and its gauges with it. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    /** So long a silent process is told of; later it counts as one that was stopped. */
    private static final Duration MISSED = Duration.ofMinutes(2);

    /** Who reports one of these reports every second, whether anything happened or not. */
    private static final Set<String> BEATS = Set.of("entries", "tasks_running");

    private static final double MILLIS = 1_000d;

    private final Map<String, Long> counts = new HashMap<>();

    /** By process and name: several roles of one process report under its name, each its own gauges. */
    private final Map<Source, Gauge> gauges = new HashMap<>();

    private final Map<String, Instant> heard = new HashMap<>();
    private final Map<ActivationId, String> statuses = new HashMap<>();
    private Instant since;

    StatsBoard(Instant start) {
        this.since = start;
    }

    void add(LiveUpdate.Counted counted, Instant now) {
        hear(counted, now);
        counted.counts().forEach((name, count) -> counts.merge(name, count, Long::sum));
        counted.gauges()
                .forEach((name, value) -> gauges.put(new Source(counted.process(), name), new Gauge(value, now)));
    }

    private void hear(LiveUpdate.Counted counted, Instant now) {
        boolean beats = BEATS.stream()
                .anyMatch(beat ->
                        counted.counts().containsKey(beat) || counted.gauges().containsKey(beat));
        if (beats) {
            heard.put(counted.process(), now);
        }
    }

    private Map<String, Long> silent(Instant now) {
        heard.values().removeIf(last -> last.plus(MISSED).isBefore(now));
        Map<String, Long> silent = new TreeMap<>();
        heard.forEach((process, last) -> {
            Duration silence = Duration.between(last, now);
            if (silence.compareTo(SILENCE) > 0) {
                silent.put(process, silence.toSeconds());
            }
        });
        return silent;
    }

    void status(ActivationId activation, String status) {
        statuses.put(activation, status);
    }

    /** Replaces what is known of the activations. */
    void statuses(Collection<Activation> activations) {
        statuses.clear();
        activations.forEach(one -> statuses.put(one.id(), one.status().label()));
    }

    /** Entries that wait for an activation, as last reported. */
    Optional<Long> lag(ActivationId activation) {
        OptionalDouble lag = worst("lag/" + activation);
        return lag.isPresent() ? Optional.of(Math.round(lag.getAsDouble())) : Optional.empty();
    }

    /** How often the parts of rulebooks had something to do since the last tick. */
    List<CounterRow> counters(Instant now) {
        List<CounterRow> rows = new ArrayList<>();
        counts.forEach((name, count) -> LiveUpdate.Part.of(name)
                .ifPresent(part -> rows.add(
                        new CounterRow(now, part.rulebook(), part.kind(), part.ruleset(), part.name(), count))));
        return rows;
    }

    /** What happened since the last tick. */
    StatsTick tick(Instant now) {
        gauges.values().removeIf(one -> one.at.plus(SILENCE).isBefore(now));
        double seconds = Math.max(Duration.between(since, now).toMillis(), 1) / MILLIS;
        StatsTick tick = new StatsTick(
                now,
                rates("events/", seconds),
                decisions() / seconds,
                rates("actions/", seconds),
                lags(),
                new StatsTick.Quantiles(
                        worst("decision_ms_p50").orElse(0),
                        worst("decision_ms_p95").orElse(0)),
                activations(),
                rates("refused/", seconds),
                silent(now));
        counts.clear();
        since = now;
        return tick;
    }

    private Map<String, Double> rates(String prefix, double seconds) {
        Map<String, Double> rates = new TreeMap<>();
        counts.forEach((name, count) -> {
            if (name.startsWith(prefix)) {
                rates.put(name.substring(prefix.length()), count / seconds);
            }
        });
        return rates;
    }

    private double decisions() {
        return counts.entrySet().stream()
                .filter(one -> one.getKey().equals("decisions") || one.getKey().startsWith("decisions/"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private Map<String, Double> lags() {
        Map<String, Double> lags = new TreeMap<>();
        gauges.forEach((source, gauge) -> {
            if (source.name.startsWith("lag/")) {
                lags.merge(source.name.substring("lag/".length()), gauge.value, Math::max);
            }
        });
        return lags;
    }

    private OptionalDouble worst(String name) {
        return gauges.entrySet().stream()
                .filter(one -> one.getKey().name.equals(name))
                .mapToDouble(one -> one.getValue().value)
                .max();
    }

    private Map<String, Long> activations() {
        Map<String, Long> byStatus = new TreeMap<>();
        statuses.values().forEach(status -> byStatus.merge(status, 1L, Long::sum));
        return byStatus;
    }

    private record Source(String process, String name) {}

    private record Gauge(double value, Instant at) {}
}
