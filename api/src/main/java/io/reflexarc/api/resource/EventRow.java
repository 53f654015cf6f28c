// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.event.Event;
import io.reflexarc.core.history.RecordedStream;
import io.reflexarc.core.json.JsonText;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A row of the list of events, without the event's body.
 *
 * @param id of the event
 * @param eventStreamId number of its stream; absent where a source of an activation brought it
 * @param eventStreamName name of its stream
 * @param receivedAt when it was received
 * @param subject a short text for people, e.g. the alert's name; may be empty
 * @param size bytes
 * @param rulesMatched rules of all activations that matched it
 */
public record EventRow(
        String id,
        Optional<Long> eventStreamId,
        String eventStreamName,
        Instant receivedAt,
        String subject,
        int size,
        int rulesMatched) {
    private static final Set<String> SUBJECTS =
            Set.of("title", "subject", "name", "message", "event", "type", "action");
    private static final int SUBJECT_LENGTH = 120;

    static EventRow of(Event event, RecordedStream stream, int rulesMatched) {
        return new EventRow(
                event.id().value(),
                stream.number(),
                stream.name(),
                event.receivedAt(),
                subject(event.body()),
                event.body().size(),
                rulesMatched);
    }

    /** As the ingress chooses it: the alert's name, else the first telling text of the payload, else its first field. */
    private static String subject(JsonText body) {
        JsonNode tree = body.tree();
        String alert = tree.path("alert").path("labels").path("alertname").asText();
        if (!alert.isEmpty()) {
            return shortened(alert);
        }
        return tree.path("payload").properties().stream()
                .filter(field ->
                        SUBJECTS.contains(field.getKey()) && field.getValue().isTextual())
                .map(Map.Entry::getValue)
                .map(JsonNode::asText)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .or(() -> firstField(tree.path("payload")))
                .map(EventRow::shortened)
                .orElse("");
    }

    private static Optional<String> firstField(JsonNode payload) {
        return payload.properties().stream()
                .filter(field -> field.getValue().isValueNode())
                .findFirst()
                .map(field -> field.getKey() + ": " + field.getValue().asText());
    }

    private static String shortened(String text) {
        return text.length() <= SUBJECT_LENGTH ? text : text.substring(0, SUBJECT_LENGTH - 1) + "…";
    }
}
