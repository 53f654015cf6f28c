// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Every metric of ours. Labels are bounded: streams, activations and actions, never events or tasks. */
public final class Meters {
    private final MeterRegistry registry;
    /** Looked up for each request, which the registry makes dear. */
    private final Map<String, Counter> accepted = new ConcurrentHashMap<>();

    /** Meters of this registry. */
    public Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** The registry, for binders. */
    public MeterRegistry registry() {
        return registry;
    }

    /** Events acknowledged with 2xx, repeats not counted. */
    public void eventsAccepted(String stream, int count) {
        accepted.computeIfAbsent(stream, name -> registry.counter("reflexarc.events.accepted", "stream", name))
                .increment(count);
    }

    /** Events acknowledged with 2xx that the log holds already. */
    public void eventsRepeated(String stream, int count) {
        registry.counter("reflexarc.events.repeated", "stream", stream).increment(count);
    }

    /** Requests refused, by HTTP status. */
    public void eventsRefused(String stream, int status) {
        registry.counter("reflexarc.events.refused", "stream", stream, "status", Integer.toString(status))
                .increment();
    }

    /** From the request's arrival to its acknowledgement. */
    public Timer ingressTime() {
        return timer("reflexarc.ingress.seconds");
    }

    /** Entries read from an inbox. */
    public void entriesRead(String activation, int count) {
        registry.counter("reflexarc.entries.read", "activation", activation).increment(count);
    }

    /** Decisions committed. */
    public void decisions(String activation, int count) {
        registry.counter("reflexarc.decisions", "activation", activation).increment(count);
    }

    /** From an event's receipt to the commit of its decision. */
    public void decisionTime(Duration time) {
        timer("reflexarc.decision.seconds").record(time);
    }

    /** Ended attempts, by action and outcome. */
    public void attempt(String action, String outcome, Duration time) {
        registry.timer("reflexarc.attempt.seconds", "action", action, "outcome", outcome)
                .record(time);
    }

    /** Requests to the API, by operation of the OpenAPI document and HTTP status. */
    public Timer apiTime(String operation, int status) {
        return registry.timer("reflexarc.api.seconds", "operation", operation, "status", Integer.toString(status));
    }

    private Timer timer(String name) {
        return Timer.builder(name).publishPercentileHistogram().register(registry);
    }
}
