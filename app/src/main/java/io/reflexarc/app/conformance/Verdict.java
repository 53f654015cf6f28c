// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What was recorded or found, in a form that can be compared and shown: one line for each thing that happened. Numbers
 * keep their type, the order of fields does not count.
 *
 * @param lines in order
 */
record Verdict(List<String> lines) {
    Verdict {
        lines = List.copyOf(lines);
    }

    static Verdict of(String... lines) {
        return new Verdict(List.of(lines));
    }

    /** JSON with its fields in alphabetical order. */
    static String canonical(JsonNode node) {
        return sorted(node).toString();
    }

    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = Json.mapper().createObjectNode();
            TreeSet<String> names = new TreeSet<>();
            object.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> copy.set(name, sorted(object.get(name))));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            List<JsonNode> items = new ArrayList<>();
            array.forEach(item -> items.add(sorted(item)));
            return Json.mapper().createArrayNode().addAll(items);
        }
        return node;
    }
}
