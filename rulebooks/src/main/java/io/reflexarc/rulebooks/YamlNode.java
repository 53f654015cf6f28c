// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** A node of a YAML document with its place; anchors and merge keys are resolved. */
sealed interface YamlNode {
    Place place();

    /** The value as JSON. */
    JsonNode json();

    /** What kind of value it is, for messages. */
    String noun();

    /**
     * A single value.
     *
     * @param date whether it is a date or time, which JSON knows as a string only
     * @param text where the value stands in the document
     */
    record Scalar(JsonNode json, boolean date, ScalarText text, Place place) implements YamlNode {
        boolean isString() {
            return json.isTextual() && !date;
        }

        boolean isNull() {
            return json.isNull();
        }

        @Override
        public String noun() {
            if (date) {
                return "a date";
            }
            return switch (json.getNodeType()) {
                case STRING -> "a string";
                case BOOLEAN -> "a boolean";
                case NUMBER -> "a number";
                case NULL, MISSING, ARRAY, OBJECT, BINARY, POJO -> "nothing";
            };
        }
    }

    /** A list. */
    record Items(List<YamlNode> items, Place place) implements YamlNode {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public JsonNode json() {
            return JsonNodeFactory.instance
                    .arrayNode()
                    .addAll(items.stream().map(YamlNode::json).toList());
        }

        @Override
        public String noun() {
            return "a list";
        }
    }

    /** A mapping, in the order of the file. */
    record Fields(SequencedMap<String, Field> fields, Place place) implements YamlNode {
        public Fields {
            fields = new LinkedHashMap<>(fields);
        }

        @Override
        public JsonNode json() {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, Field> field : fields.entrySet()) {
                object.set(field.getKey(), field.getValue().value().json());
            }
            return object;
        }

        @Override
        public String noun() {
            return "a mapping";
        }
    }

    /**
     * The value of a key.
     *
     * @param place where the key stands
     */
    record Field(YamlNode value, Place place) {}
}
