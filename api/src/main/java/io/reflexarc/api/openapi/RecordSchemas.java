// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.reflexarc.api.endpoint.Constraint;
import io.reflexarc.core.event.Secret;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schema (2020-12) from records: names in snake_case, every component that is no {@code Optional} required, enums as
 * the codec writes them. A record or enum becomes a component of its simple name without the ending {@code View}.
 */
final class RecordSchemas {
    private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();
    private static final int DEFAULT_LENGTH = 255;

    private final Map<String, JsonObject> components = new TreeMap<>();
    private final Map<String, Class<?>> owners = new HashMap<>();

    /** All components so far, by name. */
    JsonObject components() {
        JsonObject all = new JsonObject();
        components.forEach(all::put);
        return all;
    }

    /** A reference to the component of a record that is sent to us: unknown properties are errors. */
    JsonObject input(Class<?> type) {
        return reference(type, true);
    }

    /** A reference to the component of a record that we send. */
    JsonObject output(Class<?> type) {
        return reference(type, false);
    }

    /** A reference to the component of a page of a record. */
    JsonObject page(Class<?> type) {
        return list(
                type,
                "Page",
                new JsonObject()
                        .put("count", integer())
                        .put("next", nullable(string()))
                        .put("previous", nullable(string()))
                        .put("page", integer())
                        .put("page_size", integer())
                        .put("after", nullable(string())));
    }

    /** A reference to the component of a slice of a record. */
    JsonObject slice(Class<?> type) {
        return list(type, "Slice", new JsonObject().put("count", integer()).put("next", nullable(string())));
    }

    private JsonObject list(Class<?> type, String kind, JsonObject properties) {
        String name = name(type) + kind;
        properties.put("results", new JsonObject().put("type", "array").put("items", reference(name(type))));
        components.computeIfAbsent(
                name,
                key -> new JsonObject()
                        .put("type", "object")
                        .put("properties", properties)
                        .put("required", new JsonArray(List.copyOf(properties.fieldNames()))));
        reference(type, false);
        return reference(name);
    }

    /** Schema of a scalar, for parameters. */
    JsonObject scalar(Class<?> type) {
        return schema(type, null, false);
    }

    private static JsonObject reference(String name) {
        return new JsonObject().put("$ref", "#/components/schemas/" + name);
    }

    private static String name(Class<?> type) {
        String name = type.getSimpleName();
        return name.endsWith("View") ? name.substring(0, name.length() - "View".length()) : name;
    }

    private JsonObject reference(Class<?> type, boolean input) {
        String name = name(type);
        Class<?> owner = owners.putIfAbsent(name, type);
        if (owner == null) {
            JsonObject component = new JsonObject();
            components.put(name, component);
            if (type.isEnum()) {
                fillEnum(component, type);
            } else {
                fillRecord(component, type, input);
            }
        } else if (owner != type) {
            throw new IllegalStateException("two types want to be the component " + name + ": " + owner + ", " + type);
        }
        return reference(name);
    }

    private static void fillEnum(JsonObject component, Class<?> type) {
        JsonArray values = new JsonArray();
        for (Object constant : type.getEnumConstants()) {
            JsonNode written = Json.mapper().valueToTree(constant);
            values.add(written.asText());
        }
        component.put("type", "string").put("enum", values);
    }

    private void fillRecord(JsonObject component, Class<?> type, boolean input) {
        if (!type.isRecord()) {
            throw new IllegalStateException(type + " is no record: the API shows records, enums and scalars");
        }
        JsonObject properties = new JsonObject();
        JsonArray required = new JsonArray();
        for (RecordComponent part : type.getRecordComponents()) {
            String name = SNAKE_CASE.translate(part.getName());
            boolean optional = part.getType() == Optional.class;
            properties.put(name, optional ? nullable(component(part, input)) : component(part, input));
            // What we send always holds every property; what is sent to us may leave out the optional ones.
            if (!optional || !input) {
                required.add(name);
            }
        }
        component.put("type", "object").put("properties", properties);
        if (!required.isEmpty()) {
            component.put("required", required);
        }
        if (input) {
            component.put("additionalProperties", false);
        }
    }

    private JsonObject component(RecordComponent part, boolean input) {
        Type type = part.getGenericType();
        if (part.getType() == Optional.class) {
            type = argument(type, 0);
        }
        if (part.isAnnotationPresent(Constraint.AnyObject.class)) {
            return described(part, new JsonObject().put("type", "object").put("additionalProperties", true));
        }
        return described(part, schema(type, part.getAnnotation(Constraint.Length.class), input));
    }

    private static JsonObject described(RecordComponent part, JsonObject schema) {
        Constraint.Says says = part.getAnnotation(Constraint.Says.class);
        return says == null || schema.containsKey("$ref") ? schema : schema.put("description", says.value());
    }

    private JsonObject schema(Type type, Constraint.@Nullable Length length, boolean input) {
        if (type instanceof ParameterizedType generic) {
            Class<?> raw = (Class<?>) generic.getRawType();
            if (raw == List.class) {
                return new JsonObject().put("type", "array").put("items", schema(argument(type, 0), length, input));
            }
            if (raw == Map.class) {
                return new JsonObject()
                        .put("type", "object")
                        .put("additionalProperties", schema(argument(type, 1), length, input));
            }
            throw new IllegalStateException("no schema for " + type);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class || plain == Secret.class) {
            return bounded(string(), length, input);
        } else if (plain == UUID.class) {
            return string().put("format", "uuid");
        } else if (plain == Instant.class) {
            return string().put("format", "date-time");
        } else if (plain == boolean.class || plain == Boolean.class) {
            return new JsonObject().put("type", "boolean");
        } else if (List.<Class<?>>of(int.class, Integer.class, long.class, Long.class)
                .contains(plain)) {
            return integer();
        } else if (plain == double.class || plain == Double.class) {
            return new JsonObject().put("type", "number");
        } else if (plain == JsonText.class || plain == JsonNode.class) {
            return new JsonObject();
        }
        return reference(plain, input);
    }

    private static JsonObject bounded(JsonObject schema, Constraint.@Nullable Length length, boolean input) {
        if (length == null) {
            return input ? schema.put("maxLength", DEFAULT_LENGTH) : schema;
        }
        return (length.min() > 0 ? schema.put("minLength", length.min()) : schema).put("maxLength", length.max());
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }

    private static JsonObject string() {
        return new JsonObject().put("type", "string");
    }

    private static JsonObject integer() {
        return new JsonObject().put("type", "integer");
    }

    private static JsonObject nullable(JsonObject schema) {
        if (schema.containsKey("$ref")) {
            return new JsonObject().put("anyOf", JsonArray.of(schema, new JsonObject().put("type", "null")));
        }
        if (schema.getValue("type") instanceof String type) {
            schema.put("type", JsonArray.of(type, "null"));
        }
        return schema;
    }
}
