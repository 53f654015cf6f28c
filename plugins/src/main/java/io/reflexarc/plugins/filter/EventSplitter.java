// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.json.KeyPath;
import io.reflexarc.core.source.Filter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an event of each item of a list inside of an event. What stood around the list, {@code meta} too, is not in them, unless
 * it is asked for.
 *
 * @param splitterKey path of the list
 * @param attributesKeyMap name in the new events, and path of what it gets from the whole event
 * @param extras fixed fields of the new events
 * @param raiseError whether an event without the list ends the source; else it passes as it is
 */
@Filter.Name("eda.builtin.event_splitter")
public record EventSplitter(
        String splitterKey,
        Optional<JsonText> attributesKeyMap,
        Optional<JsonText> extras,
        Optional<Boolean> raiseError)
        implements BuiltinFilter {
    private static final Logger LOGGER = LoggerFactory.getLogger(EventSplitter.class);

    public EventSplitter {
        if (splitterKey == null) {
            throw BuiltinFilter.wrong("splitter_key is missing: write the path of the list of events");
        }
    }

    @Override
    public List<ObjectNode> apply(ObjectNode event) {
        Optional<JsonNode> list = new KeyPath(splitterKey, ".").find(event);
        if (list.isEmpty()) {
            if (raiseError.orElse(false)) {
                throw BuiltinFilter.wrong("an event has no " + splitterKey
                        + ": mend splitter_key, or leave raise_error away to let such events pass");
            }
            LOGGER.atWarn().addKeyValue("path", splitterKey).log("an event has no list to split and stays whole");
            return List.of(event);
        }
        return split(list.get(), additions(event));
    }

    private Map<String, JsonNode> additions(ObjectNode event) {
        Map<String, JsonNode> additions = new LinkedHashMap<>();
        attributesKeyMap
                .map(JsonText::tree)
                .ifPresent(map -> map.properties().forEach(attribute -> {
                    Optional<JsonNode> found = new KeyPath(attribute.getValue().asText(), ".").find(event);
                    found.ifPresentOrElse(
                            value -> additions.put(attribute.getKey(), value),
                            () -> LOGGER.atWarn()
                                    .addKeyValue("path", attribute.getValue().asText())
                                    .log("an event does not have an attribute for its parts"));
                }));
        extras.map(JsonText::tree)
                .ifPresent(more -> more.properties().forEach(extra -> additions.put(extra.getKey(), extra.getValue())));
        return additions;
    }

    private List<ObjectNode> split(JsonNode list, Map<String, JsonNode> additions) {
        List<ObjectNode> events = new ArrayList<>();
        for (JsonNode item : list) {
            if (!list.isArray() || !(item instanceof ObjectNode object)) {
                throw notMappings();
            }
            ObjectNode event = object.deepCopy();
            additions.forEach((name, value) -> event.set(name, value.deepCopy()));
            events.add(event);
        }
        if (list.isValueNode() && !list.asText().isEmpty()) {
            throw notMappings();
        }
        return events;
    }

    private RuntimeException notMappings() {
        return BuiltinFilter.wrong(
                "what stands at " + splitterKey + " is no list of mappings, so it cannot become events");
    }
}
