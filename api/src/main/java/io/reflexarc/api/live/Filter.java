// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which rows of a channel are wanted.
 *
 * @param wanted value by field; a field that holds a list, in the plural, must contain the value
 */
record Filter(Map<String, String> wanted) {
    static final Filter NONE = new Filter(Map.of());

    Filter {
        wanted = Map.copyOf(wanted);
    }

    /** A field that the channel does not have. */
    Optional<String> unknown(Set<String> known) {
        return wanted.keySet().stream().filter(name -> !known.contains(name)).findFirst();
    }

    boolean lets(JsonNode row) {
        return wanted.entrySet().stream().allMatch(one -> has(row, one.getKey(), one.getValue()));
    }

    private static boolean has(JsonNode row, String field, String value) {
        JsonNode list = row.path(field + "s");
        if (list.isArray()) {
            for (JsonNode element : list) {
                if (element.asText().equals(value)) {
                    return true;
                }
            }
            return false;
        }
        return row.path(field).asText().equals(value);
    }
}
