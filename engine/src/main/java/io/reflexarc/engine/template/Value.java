// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value in a template: what Python would hold for a JSON document, and what expressions make of it. */
sealed interface Value {
    Value NONE = new None();
    Value TRUE = new Bool(true);
    Value FALSE = new Bool(false);

    /** A string. */
    record Str(String text) implements Value {}

    /** A whole number. */
    record Int(BigInteger number) implements Value {}

    /** A floating-point number. */
    record Float(double number) implements Value {}

    /** A boolean. */
    record Bool(boolean truth) implements Value {}

    /** {@code None}. */
    record None() implements Value {}

    /** A list, a tuple, or what a lazy filter gives. */
    record Seq(List<Value> items, Kind kind) implements Value {}

    /** A mapping. */
    record Dict(Map<Value, Value> entries) implements Value {}

    /** A JSON object that nothing but a key was asked of yet; a large event is not converted for one field. */
    record Document(ObjectNode node) implements Value {
        Dict dict() {
            Map<Value, Value> entries = LinkedHashMap.newLinkedHashMap(node.size());
            node.properties().forEach(field -> entries.put(new Str(field.getKey()), of(field.getValue())));
            return new Dict(entries);
        }
    }

    /**
     * What a template makes for itself: a macro, {@code loop}, a namespace. It never leaves the template.
     *
     * @param type as Python names it
     * @param fields what it has; those of a namespace change
     * @param callable what a call of it does; empty for what cannot be called
     */
    record Thing(String type, Map<Value, Value> fields, Optional<Callable> callable) implements Value {
        static Thing function(String type, Callable callable) {
            return new Thing(type, Map.of(), Optional.of(callable));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** What a call does. */
    @FunctionalInterface
    interface Callable {
        Value call(Arguments arguments);
    }

    /** A name or a field that does not exist. Most uses of it fail. */
    record Undefined(String message) implements Value {}

    /** What sort of sequence it is. */
    enum Kind {
        LIST,
        TUPLE,
        /** A pair of {@code groupby}: a tuple whose items have names. */
        GROUP,
        /** What a method of a mapping, or {@code range}, gives: it can be gone through, and is no JSON. */
        VIEW,
        GENERATOR
    }

    static Value of(String text) {
        return new Str(text);
    }

    static Value of(long number) {
        return new Int(BigInteger.valueOf(number));
    }

    static Value of(boolean truth) {
        return truth ? TRUE : FALSE;
    }

    static Value list(List<Value> items) {
        return new Seq(items, Kind.LIST);
    }

    static Value tuple(Value... items) {
        return new Seq(List.of(items), Kind.TUPLE);
    }

    static Value view(List<Value> items) {
        return new Seq(items, Kind.VIEW);
    }

    static Value generator(List<Value> items) {
        return new Seq(items, Kind.GENERATOR);
    }

    /** The value of a JSON node. */
    static Value of(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> new Str(node.textValue());
            case BOOLEAN -> of(node.booleanValue());
            case NUMBER -> node.isIntegralNumber() ? new Int(node.bigIntegerValue()) : new Float(node.doubleValue());
            case OBJECT -> new Document((ObjectNode) node);
            case ARRAY -> {
                List<Value> items = new ArrayList<>(node.size());
                node.forEach(item -> items.add(of(item)));
                yield list(items);
            }
            case NULL, MISSING, BINARY, POJO -> NONE;
        };
    }

    /** The value as JSON. */
    default JsonNode json() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (this) {
            case Str str -> json.textNode(str.text());
            case Int number -> whole(number.number());
            case Float number -> finite(number);
            case Bool bool -> json.booleanNode(bool.truth());
            case None none -> json.nullNode();
            case Document document -> document.node();
            case Dict dict -> {
                ObjectNode object = json.objectNode();
                dict.entries().forEach((key, value) -> object.set(key(key), value.json()));
                yield object;
            }
            case Seq seq -> {
                if (seq.kind() == Kind.GENERATOR) {
                    throw new TemplateFailure("cannot pickle 'generator' object");
                }
                if (seq.kind() == Kind.VIEW) {
                    throw new TemplateFailure("this is no list yet: write | list behind it");
                }
                yield json.arrayNode()
                        .addAll(seq.items().stream().map(Value::json).toList());
            }
            case Thing thing ->
                throw new TemplateFailure("Object of type " + thing.type() + " is not JSON serializable");
            case Undefined undefined -> throw new TemplateFailure(undefined.message());
        };
    }

    /** In the narrowest node, as the JSON reader does it, so that equal numbers are equal nodes. */
    private static JsonNode whole(BigInteger number) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (number.bitLength() < Integer.SIZE) {
            return json.numberNode(number.intValue());
        }
        return number.bitLength() < Long.SIZE ? json.numberNode(number.longValue()) : json.numberNode(number);
    }

    private static JsonNode finite(Float number) {
        if (Double.isNaN(number.number()) || Double.isInfinite(number.number())) {
            throw new TemplateFailure("JSON has no " + Texts.str(number));
        }
        return JsonNodeFactory.instance.numberNode(number.number());
    }

    /** A key as JSON writes it. */
    private static String key(Value key) {
        return switch (key) {
            case Str str -> str.text();
            case Bool bool -> Boolean.toString(bool.truth());
            case None none -> "null";
            case Int number -> number.number().toString();
            case Float number -> Texts.str(number);
            case Seq seq -> throw unusable(seq);
            case Dict dict -> throw unusable(dict);
            case Document document -> throw unusable(document);
            case Thing thing -> throw unusable(thing);
            case Undefined undefined -> throw new TemplateFailure(undefined.message());
        };
    }

    private static TemplateFailure unusable(Value key) {
        return new TemplateFailure("keys must be str, int, float, bool or None, not " + key.typeName());
    }

    /** The entry of a mapping; empty where there is none, or where this is no mapping. */
    default Optional<Value> entry(Value key) {
        return switch (this) {
            case Document document ->
                key instanceof Str str
                        ? Optional.ofNullable(document.node().get(str.text())).map(Value::of)
                        : Optional.empty();
            case Dict dict -> Optional.ofNullable(dict.entries().get(key));
            case Thing thing -> Optional.ofNullable(thing.fields().get(key));
            case Str str -> Optional.empty();
            case Int number -> Optional.empty();
            case Float number -> Optional.empty();
            case Bool bool -> Optional.empty();
            case None none -> Optional.empty();
            case Seq seq
            when seq.kind() == Kind.GROUP && key.equals(of("grouper")) ->
                Optional.of(seq.items().getFirst());
            case Seq seq
            when seq.kind() == Kind.GROUP && key.equals(of("list")) ->
                Optional.of(seq.items().getLast());
            case Seq seq -> Optional.empty();
            case Undefined undefined -> throw new TemplateFailure(undefined.message());
        };
    }

    /** Its Python type, for messages. */
    default String typeName() {
        return switch (this) {
            case Str str -> "str";
            case Int number -> "int";
            case Float number -> "float";
            case Bool bool -> "bool";
            case None none -> "NoneType";
            case Seq seq -> seq.kind().name().toLowerCase(Locale.ROOT);
            case Dict dict -> "dict";
            case Document document -> "dict";
            case Thing thing -> thing.type();
            case Undefined undefined -> throw new TemplateFailure(undefined.message());
        };
    }

    /** Whether Python takes it for true. */
    default boolean truthy() {
        return switch (this) {
            case Str str -> !str.text().isEmpty();
            case Int number -> number.number().signum() != 0;
            case Float number -> number.number() != 0;
            case Bool bool -> bool.truth();
            case None none -> false;
            case Seq seq -> seq.kind() == Kind.GENERATOR || !seq.items().isEmpty();
            case Dict dict -> !dict.entries().isEmpty();
            case Document document -> !document.node().isEmpty();
            case Thing thing -> true;
            case Undefined undefined -> throw new TemplateFailure(undefined.message());
        };
    }

    /** Its items, characters or keys. */
    default List<Value> iterate() {
        return switch (this) {
            case Str str ->
                str.text().codePoints().mapToObj(c -> of(Character.toString(c))).toList();
            case Seq seq -> seq.items();
            case Dict dict -> List.copyOf(dict.entries().keySet());
            case Document document ->
                document.node().properties().stream()
                        .map(field -> of(field.getKey()))
                        .toList();
            case Undefined undefined -> throw new TemplateFailure(undefined.message());
            case Int number -> throw notIterable();
            case Float number -> throw notIterable();
            case Bool bool -> throw notIterable();
            case None none -> throw notIterable();
            case Thing thing -> throw notIterable();
        };
    }

    private TemplateFailure notIterable() {
        return new TemplateFailure("'" + typeName() + "' object is not iterable");
    }
}
