// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.json.JsonText;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * JSON Schema (draft 7) of a rulebook, for completion and help while one is written. It is made of the tables that the parser
 * checks with, so the two cannot disagree; what is right beyond keys and types, only the parser knows.
 */
public final class RulebookSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Properties descriptions = descriptions();
    private final Map<String, JsonText> actions;
    private final Map<String, JsonText> sources;
    private final Map<String, JsonText> filters;

    private RulebookSchema(
            Map<String, JsonText> actions, Map<String, JsonText> sources, Map<String, JsonText> filters) {
        this.actions = actions;
        this.sources = sources;
        this.filters = filters;
    }

    /**
     * The schema with these plugins.
     *
     * @param actions JSON Schema of the arguments of the actions that are not the language's own, by name
     * @param sources the same of sources
     * @param filters the same of filters
     */
    public static JsonText of(
            Map<String, JsonText> actions, Map<String, JsonText> sources, Map<String, JsonText> filters) {
        return JsonText.of(new RulebookSchema(actions, sources, filters).root());
    }

    private ObjectNode root() {
        ObjectNode root = JSON.objectNode().put("$schema", "http://json-schema.org/draft-07/schema#");
        root.put("type", "array").set("items", reference("ruleset"));
        ObjectNode defs = root.putObject("$defs");
        ObjectNode ruleset = shape("ruleset", Shapes.RULESET);
        property(ruleset, "sources").set("items", reference("source"));
        property(ruleset, "rules").set("items", reference("rule"));
        defs.set("ruleset", ruleset);
        defs.set("rule", rule());
        defs.set("condition", condition());
        defs.set("throttle", oneOf(Shapes.ONCE_WITHIN, Shapes.ONCE_AFTER, Shapes.ACCUMULATE_WITHIN));
        defs.set("action", actions());
        defs.set("source", source());
        defs.set("filter", plugins(filters));
        return root;
    }

    private static ObjectNode reference(String name) {
        return JSON.objectNode().put("$ref", "#/$defs/" + name);
    }

    private static ObjectNode property(ObjectNode shape, String key) {
        return (ObjectNode) shape.path("properties").path(key);
    }

    /** Either an action or a list of them. */
    private ObjectNode rule() {
        ObjectNode rule = shape("rule", Shapes.RULE);
        ObjectNode keys = (ObjectNode) rule.path("properties");
        keys.set("condition", described("rule.condition", reference("condition")));
        keys.set("throttle", described("rule.throttle", reference("throttle")));
        ObjectNode one = described("rule.action", reference("action"));
        ObjectNode several = described("rule.actions", JSON.objectNode().put("type", "array"));
        several.set("items", reference("action"));
        keys.remove(List.of("action", "actions"));
        ObjectNode either = JSON.objectNode();
        either.putArray("oneOf").add(with(rule, "action", one)).add(with(rule, "actions", several));
        return either;
    }

    private static ObjectNode with(ObjectNode base, String key, ObjectNode schema) {
        ObjectNode alternative = base.deepCopy();
        ((ObjectNode) alternative.path("properties")).set(key, schema);
        ((ArrayNode) alternative.path("required")).add(key);
        return alternative;
    }

    private ObjectNode condition() {
        ObjectNode condition = oneOf(Shapes.ALL, Shapes.ANY, Shapes.NOT_ALL);
        ((ArrayNode) condition.path("oneOf")).insert(0, JSON.objectNode().put("type", "string"));
        return condition;
    }

    private ObjectNode oneOf(Shape... shapes) {
        ObjectNode schema = JSON.objectNode();
        ArrayNode alternatives = schema.putArray("oneOf");
        for (Shape shape : shapes) {
            alternatives.add(shape(shape.noun(), shape));
        }
        return schema;
    }

    private ObjectNode actions() {
        Map<String, JsonNode> all = new TreeMap<>();
        Shapes.ACTIONS.forEach((name, shape) -> all.put(name, shape(name, shape)));
        all.put(ActionReader.NONE, JSON.objectNode().put("type", "object"));
        actions.forEach((name, arguments) -> all.putIfAbsent(name, arguments.tree()));
        return named(all);
    }

    /** A plugin with its arguments, and what any source may have. */
    private ObjectNode source() {
        ObjectNode source = plugins(sources);
        for (JsonNode alternative : source.path("oneOf")) {
            ObjectNode keys = (ObjectNode) alternative.path("properties");
            keys.set("name", described("source.name", JSON.objectNode().put("type", "string")));
            ObjectNode list = described("source.filters", JSON.objectNode().put("type", "array"));
            keys.set("filters", list.set("items", reference("filter")));
        }
        return source;
    }

    private ObjectNode plugins(Map<String, JsonText> known) {
        Map<String, JsonNode> all = new TreeMap<>();
        known.forEach((name, arguments) -> all.put(name, arguments.tree()));
        return named(all);
    }

    /** A mapping with one of these keys. */
    private ObjectNode named(Map<String, JsonNode> all) {
        ObjectNode schema = JSON.objectNode();
        ArrayNode alternatives = schema.putArray("oneOf");
        all.forEach((name, arguments) -> {
            ObjectNode alternative = alternatives.addObject().put("type", "object");
            ObjectNode value = arguments.deepCopy();
            alternative.putObject("properties").set(name, described(name, value));
            alternative.putArray("required").add(name);
            alternative.put("additionalProperties", false);
        });
        return schema;
    }

    private ObjectNode shape(String name, Shape shape) {
        ObjectNode schema = JSON.objectNode().put("type", "object");
        ObjectNode keys = schema.putObject("properties");
        new TreeMap<>(shape.keys()).forEach((key, type) -> keys.set(key, described(name + "." + key, value(type))));
        ArrayNode required = schema.putArray("required");
        new TreeSet<>(shape.required()).forEach(required::add);
        return schema.put("additionalProperties", false);
    }

    private static ObjectNode value(ValueType type) {
        ObjectNode schema = JSON.objectNode();
        return switch (type) {
            case STRING, NAME -> schema.put("type", "string");
            case BOOLEAN -> schema.put("type", "boolean");
            case INTEGER, POSITIVE -> schema.put("type", "integer");
            case BOUND -> types(schema, "integer", "string").put("minimum", 1).put("maximum", Bounds.MOST);
            case NUMBER -> schema.put("type", "number");
            case MAPPING -> schema.put("type", "object");
            case LIST -> schema.put("type", "array");
            case STRINGS -> {
                schema.put("type", "array").putObject("items").put("type", "string");
                yield schema;
            }
            case STRING_OR_STRINGS -> types(schema, "string", "array");
            case STRING_OR_MAPPING -> types(schema, "string", "object");
            case DURATION, TIME_TO_LIVE -> {
                schema.put("type", "string");
                Set<String> examples = new TreeSet<>(Set.of("10 seconds", "5 minutes", "1 hour"));
                examples.forEach(schema.putArray("examples")::add);
                yield schema;
            }
            case STRATEGY -> words(schema, "sequential", "parallel");
            case SHUTDOWN_KIND -> words(schema, "graceful", "now");
            case CONDITION -> types(schema, "string", "object");
        };
    }

    private static ObjectNode types(ObjectNode schema, String one, String other) {
        schema.putArray("type").add(one).add(other);
        return schema;
    }

    private static ObjectNode words(ObjectNode schema, String one, String other) {
        schema.put("type", "string").putArray("enum").add(one).add(other);
        return schema;
    }

    /** What a general argument means is told once, without the name of the action. */
    private ObjectNode described(String name, ObjectNode schema) {
        String general = name.substring(name.lastIndexOf('.') + 1);
        String text = descriptions.getProperty(name, descriptions.getProperty("argument." + general, ""));
        return text.isEmpty() ? schema : schema.put("description", text);
    }

    private static Properties descriptions() {
        Properties properties = new Properties();
        var stream = Objects.requireNonNull(RulebookSchema.class.getResourceAsStream("descriptions.properties"));
        try (var reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
