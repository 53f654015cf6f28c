// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.source.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes {@code _} for each {@code -} in keys, at any depth, so that conditions can name them.
 *
 * @param overwrite where the new key is there already: true replaces its value, false drops the one with the dash; default true
 */
@Filter.Name(value = "eda.builtin.dashes_to_underscores", formerly = "ansible.eda.dashes_to_underscores")
public record DashesToUnderscores(Optional<Boolean> overwrite) implements BuiltinFilter {
    @Override
    public List<ObjectNode> apply(ObjectNode event) {
        rename(event, overwrite.orElse(true));
        return List.of(event);
    }

    private static void rename(JsonNode node, boolean overwrite) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : new ArrayList<>(object.properties())) {
                String key = field.getKey();
                String renamed = key.replace('-', '_');
                rename(field.getValue(), overwrite);
                if (!renamed.equals(key)) {
                    object.remove(key);
                    if (overwrite || !object.has(renamed)) {
                        object.set(renamed, field.getValue());
                    }
                }
            }
        } else {
            node.forEach(item -> rename(item, overwrite));
        }
    }
}
