// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.validate;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.json.JsonText;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** JSON Schema of the arguments of a plugin's record. A list or a mapping may be left out, and so may what is optional. */
final class ArgumentSchema {
    private ArgumentSchema() {}

    static JsonText of(Class<?> record) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        var required = schema.putArray("required");
        for (RecordComponent part : record.getRecordComponents()) {
            String name = SnakeCaseStrategy.INSTANCE.translate(part.getName());
            Class<?> raw = part.getType();
            properties.set(name, value(raw == Optional.class ? argument(part.getGenericType()) : raw));
            boolean always = raw != Optional.class
                    && !Collection.class.isAssignableFrom(raw)
                    && !Map.class.isAssignableFrom(raw);
            if (always) {
                required.add(name);
            }
        }
        schema.put("additionalProperties", false);
        return JsonText.of(schema);
    }

    private static Class<?> argument(Type type) {
        Type inner = ((ParameterizedType) type).getActualTypeArguments()[0];
        return inner instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) inner;
    }

    private static ObjectNode value(Class<?> type) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        if (type == boolean.class || type == Boolean.class) {
            return schema.put("type", "boolean");
        } else if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return schema.put("type", "integer");
        } else if (type == double.class || type == Double.class) {
            return schema.put("type", "number");
        } else if (Collection.class.isAssignableFrom(type)) {
            return schema.put("type", "array");
        } else if (Map.class.isAssignableFrom(type)) {
            return schema.put("type", "object");
        }
        return type == String.class ? schema.put("type", "string") : schema;
    }
}
