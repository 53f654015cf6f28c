// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.source.Filter;
import java.util.List;

/**
 * Says where an event comes from, where it does not say so itself. Time and identity are added behind the last filter of every
 * source anyway.
 *
 * @param sourceName for {@code meta.source.name}
 * @param sourceType for {@code meta.source.type}
 */
@Filter.Name("eda.builtin.insert_meta_info")
public record InsertMetaInfo(String sourceName, String sourceType) implements BuiltinFilter {
    public InsertMetaInfo {
        if (sourceName == null || sourceType == null) {
            throw BuiltinFilter.wrong("source_name and source_type are both needed");
        }
    }

    @Override
    public List<ObjectNode> apply(ObjectNode event) {
        ObjectNode source = object(object(event, "meta"), "source");
        if (!source.has("name")) {
            source.put("name", sourceName);
        }
        if (!source.has("type")) {
            source.put("type", sourceType);
        }
        return List.of(event);
    }

    private static ObjectNode object(ObjectNode parent, String field) {
        JsonNode found = parent.get(field);
        if (found == null) {
            return parent.putObject(field);
        }
        if (found instanceof ObjectNode object) {
            return object;
        }
        throw BuiltinFilter.wrong("the event's \"" + field + "\" is no mapping, so nothing can be inserted there");
    }
}
