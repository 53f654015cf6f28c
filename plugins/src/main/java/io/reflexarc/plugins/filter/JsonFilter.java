// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.json.Glob;
import io.reflexarc.core.source.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes keys out of an event, at any depth, but not inside of lists. Patterns are compared with single keys.
 *
 * @param excludeKeys patterns of keys to take out
 * @param includeKeys patterns of keys that stay although they are excluded
 */
@Filter.Name(value = "eda.builtin.json_filter", formerly = "ansible.eda.json_filter")
public record JsonFilter(Optional<List<String>> excludeKeys, Optional<List<String>> includeKeys)
        implements BuiltinFilter {
    @Override
    public List<ObjectNode> apply(ObjectNode event) {
        prune(event, globs(excludeKeys), globs(includeKeys));
        return List.of(event);
    }

    private static List<Glob> globs(Optional<List<String>> patterns) {
        return patterns.stream().flatMap(List::stream).map(Glob::new).toList();
    }

    private static void prune(ObjectNode object, List<Glob> exclude, List<Glob> include) {
        for (Map.Entry<String, JsonNode> field : new ArrayList<>(object.properties())) {
            String key = field.getKey();
            if (fits(exclude, key) && !fits(include, key)) {
                object.remove(key);
            } else if (field.getValue() instanceof ObjectNode inner) {
                prune(inner, exclude, include);
            }
        }
    }

    private static boolean fits(List<Glob> globs, String key) {
        return globs.stream().anyMatch(glob -> glob.matches(key));
    }
}
