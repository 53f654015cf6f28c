// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * What templates may name.
 *
 * @param variables a JSON object: the variables of the activation
 * @param bindings {@code event} or {@code events}; they hide variables of the same name
 * @param seed of the {@code random} filter: must follow from the decision, so that a replay renders the same
 */
public record TemplateContext(JsonNode variables, Map<String, JsonNode> bindings, long seed) {
    public TemplateContext {
        bindings = Map.copyOf(bindings);
    }

    /** What a single condition matched. */
    public static TemplateContext ofEvent(JsonNode variables, JsonNode event, long seed) {
        return new TemplateContext(variables, Map.of("event", event), seed);
    }

    /** What several conditions matched: an object with one field for each binding. */
    public static TemplateContext ofEvents(JsonNode variables, JsonNode events, long seed) {
        return new TemplateContext(variables, Map.of("events", events), seed);
    }

    Optional<JsonNode> find(String name) {
        JsonNode bound = bindings.get(name);
        return Optional.ofNullable(bound == null ? variables.get(name) : bound);
    }
}
