// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.source.Filter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes one {@code _} for each run of characters in keys that are no letters, digits or underscores, at any depth.
 *
 * @param overwrite where another key has the new name already: true takes the value that comes last, false keeps the other's;
 *     default true
 */
@Filter.Name(value = "eda.builtin.normalize_keys", formerly = "ansible.eda.normalize_keys")
public record NormalizeKeys(Optional<Boolean> overwrite) implements BuiltinFilter {
    @Override
    public List<ObjectNode> apply(ObjectNode event) {
        return List.of(normalized(event));
    }

    private ObjectNode normalized(ObjectNode object) {
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = normalized(field.getKey());
            if (name.equals(field.getKey()) || !object.has(name) || overwrite.orElse(true)) {
                made.set(name, normalized(field.getValue()));
            }
        }
        return made;
    }

    private JsonNode normalized(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> normalized(object);
            case ArrayNode array -> {
                ArrayNode made = JsonNodeFactory.instance.arrayNode(array.size());
                array.forEach(item -> made.add(normalized(item)));
                yield made;
            }
            default -> node;
        };
    }

    private static String normalized(String key) {
        StringBuilder name = new StringBuilder();
        int[] points = key.codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            if (isWord(points[i])) {
                name.appendCodePoint(points[i]);
            } else if (i == 0 || isWord(points[i - 1])) {
                name.append('_');
            }
        }
        return name.toString();
    }

    /** As in Python's regular expressions: a letter or number of any script, or the underscore. */
    private static boolean isWord(int point) {
        return point == '_'
                || switch (Character.getType(point)) {
                    case Character.UPPERCASE_LETTER,
                            Character.LOWERCASE_LETTER,
                            Character.TITLECASE_LETTER,
                            Character.MODIFIER_LETTER,
                            Character.OTHER_LETTER,
                            Character.DECIMAL_DIGIT_NUMBER,
                            Character.LETTER_NUMBER,
                            Character.OTHER_NUMBER -> true;
                    default -> false;
                };
    }
}
