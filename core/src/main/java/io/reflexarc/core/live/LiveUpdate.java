// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.live;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.activation.ActivationStatus;
import io.reflexarc.core.audit.DecisionSummary;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Step 12 of the path of an event: something to show at once. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = LiveUpdate.EventArrived.class, name = "event"),
    @JsonSubTypes.Type(value = LiveUpdate.DecisionMade.class, name = "decision"),
    @JsonSubTypes.Type(value = LiveUpdate.TaskChanged.class, name = "task"),
    @JsonSubTypes.Type(value = LiveUpdate.ActivationChanged.class, name = "activation"),
    @JsonSubTypes.Type(value = LiveUpdate.Printed.class, name = "output"),
    @JsonSubTypes.Type(value = LiveUpdate.RequestSeen.class, name = "request"),
    @JsonSubTypes.Type(value = LiveUpdate.RequestsAsked.class, name = "requests_asked"),
    @JsonSubTypes.Type(value = LiveUpdate.RequestsTold.class, name = "requests_told"),
    @JsonSubTypes.Type(value = LiveUpdate.Counted.class, name = "counts"),
    @JsonSubTypes.Type(value = LiveUpdate.SessionGlimpsed.class, name = "session")
})
public sealed interface LiveUpdate {
    /**
     * An event was accepted. Ingress sends at most 200 of these a second and counts the rest in {@link Counted}.
     *
     * @param subject a short text for people, e.g. the alert's name
     */
    record EventArrived(EventId id, StreamId stream, String streamName, Instant at, String subject, int size)
            implements LiveUpdate {}

    /**
     * A request to a stream was answered. Ingress sends some of these a second for each stream and leaves out the rest.
     *
     * @param status of the answer
     * @param reason why it was refused; empty when it was not
     * @param events that it held, repeats among them
     * @param event the first of them
     * @param headers in their order, secrets masked
     * @param size bytes of the body, as far as it was read
     * @param body how the body begins
     */
    record RequestSeen(
            StreamId stream,
            Instant at,
            int status,
            String reason,
            int events,
            Optional<EventId> event,
            List<Header> headers,
            int size,
            String body)
            implements LiveUpdate {
        public RequestSeen {
            headers = List.copyOf(headers);
        }
    }

    /** A process that has not listened for long wants to know the last requests to a stream. */
    record RequestsAsked(StreamId stream) implements LiveUpdate {}

    /**
     * What another process has heard of a stream.
     *
     * @param since when it began to listen
     * @param requests the newest first
     */
    record RequestsTold(StreamId stream, Instant since, List<RequestSeen> requests) implements LiveUpdate {
        public RequestsTold {
            requests = List.copyOf(requests);
        }
    }

    /** A header of a request. */
    record Header(String name, String value) {}

    /** A decision was committed. */
    record DecisionMade(DecisionSummary decision) implements LiveUpdate {}

    /** A task changed its state. */
    record TaskChanged(
            TaskId id, DecisionId decision, String action, TaskState state, int attempt, String message, Instant at)
            implements LiveUpdate {}

    /** An activation changed its status or counters. */
    record ActivationChanged(
            ActivationId id, String name, ActivationStatus status, String message, long eventsSeen, long rulesFired)
            implements LiveUpdate {}

    /**
     * A running action printed.
     *
     * @param offset characters before this text
     */
    record Printed(TaskId task, int attempt, long offset, String text) implements LiveUpdate {}

    /**
     * A look into a running session, for whoever rang its bell.
     *
     * @param activation whose session
     * @param at when its owner looked
     * @param glimpse the newest of what it remembers, as data of the engine
     */
    record SessionGlimpsed(ActivationId activation, Instant at, JsonText glimpse) implements LiveUpdate {}

    /**
     * Counters of one process since its last report, about once a second.
     *
     * @param process name of the process
     * @param counts counters by name and labels, e.g. {@code events/alerts}, {@code decisions}, {@code actions/succeeded}, or
     *     {@link Part}s of rulebooks
     * @param gauges current values, e.g. {@code lag/3}, {@code decision_ms_p95}
     */
    record Counted(String process, Instant at, Map<String, Long> counts, Map<String, Double> gauges)
            implements LiveUpdate {
        public Counted {
            counts = Map.copyOf(counts);
            gauges = Map.copyOf(gauges);
        }
    }

    /**
     * A part of a rulebook of which is counted how often it had something to do.
     *
     * @param kind {@code rule} or {@code source}
     * @param rulebook its number
     * @param ruleset name
     * @param name of the rule or source; empty for the sources that activations run themselves for the ruleset, together
     */
    record Part(String kind, long rulebook, String ruleset, String name) {
        private static final String BETWEEN = "\u001f";

        /** The name of its counter. */
        public String counter() {
            return String.join(BETWEEN, kind, Long.toString(rulebook), ruleset, name);
        }

        /** The part of a counter, if it is one of a part. */
        public static Optional<Part> of(String counter) {
            String[] parts = counter.split(BETWEEN, 4);
            return parts.length < 4
                    ? Optional.empty()
                    : Optional.of(new Part(parts[0], Long.parseLong(parts[1]), parts[2], parts[3]));
        }
    }
}
