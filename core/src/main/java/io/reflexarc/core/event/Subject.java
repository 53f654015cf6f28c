// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** A short text for people that tells an event from others. */
public final class Subject {
    private static final Set<String> TELLING = Set.of("title", "subject", "name", "message", "event", "type", "action");
    private static final int MOST = 120;

    private Subject() {}

    /** The alert's name, else the first telling text of the payload or of the event itself, else its first field; may be empty. */
    public static String of(JsonText body) {
        JsonNode tree = body.tree();
        String alert = tree.path("alert").path("labels").path("alertname").asText();
        if (!alert.isEmpty()) {
            return shortened(alert);
        }
        List<Map.Entry<String, JsonNode>> fields = (tree.path("payload").isObject() ? tree.path("payload") : tree)
                .properties().stream()
                        .filter(field -> field.getValue().isValueNode()
                                && !field.getValue().asText().isEmpty())
                        .toList();
        Predicate<Map.Entry<String, JsonNode>> tells =
                field -> TELLING.contains(field.getKey()) && field.getValue().isTextual();
        Optional<String> told = fields.stream()
                .filter(tells)
                .findFirst()
                .map(field -> field.getValue().asText());
        return told.or(() -> fields.stream()
                        .findFirst()
                        .map(field -> field.getKey() + ": " + field.getValue().asText()))
                .map(Subject::shortened)
                .orElse("");
    }

    private static String shortened(String text) {
        return text.length() <= MOST ? text : text.substring(0, MOST - 1) + "…";
    }
}
