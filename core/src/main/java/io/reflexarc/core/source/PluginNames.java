// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Records of one kind by the names that rulebooks use, and the way from arguments to a record. */
final class PluginNames<T> {
    private final Class<T> kind;
    private final Map<String, Class<? extends T>> records = new TreeMap<>();
    private final Map<String, String> former = new TreeMap<>();

    PluginNames(Class<T> kind) {
        this.kind = kind;
    }

    /** A record, or the records that a sealed interface permits. */
    static <T> Stream<Class<? extends T>> records(Class<? extends T> type) {
        if (!type.isSealed()) {
            return Stream.of(type);
        }
        return Arrays.stream(type.getPermittedSubclasses()).map(permitted -> permitted.asSubclass(type));
    }

    void add(Class<? extends T> type, String[] full, String[] formerly) {
        for (String name : full) {
            claim(name, type);
        }
        for (String name : formerly) {
            claim(name, type);
            former.put(name, full[0]);
        }
    }

    private void claim(String name, Class<? extends T> type) {
        Class<? extends T> other = records.putIfAbsent(name, type);
        if (other != null) {
            throw new IllegalStateException(
                    "two of " + kind.getSimpleName() + " are called " + name + ": " + type + " and " + other);
        }
    }

    String resolve(String name) {
        return former.getOrDefault(name, name);
    }

    Set<String> all() {
        return Set.copyOf(records.keySet());
    }

    Optional<Class<? extends T>> find(String name) {
        return Optional.ofNullable(records.get(name));
    }

    /** Names of a record's arguments. */
    static List<String> arguments(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .map(SnakeCaseStrategy.INSTANCE::translate)
                .toList();
    }

    /** Names of arguments that the record does not have. */
    static List<String> unknown(Class<?> type, JsonText arguments) {
        Collection<String> known = arguments(type);
        List<String> unknown = new ArrayList<>();
        arguments.tree().fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                unknown.add(name);
            }
        });
        return unknown;
    }

    /** The record of these arguments; {@code INVALID} names the wrong one and what it must be. */
    static <R> R decode(String name, Class<R> type, JsonText arguments, boolean strict) {
        ObjectReader reader = Json.mapper().readerFor(type);
        try {
            return (strict ? reader : reader.without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES))
                    .readValue(arguments.bytes());
        } catch (UnrecognizedPropertyException e) {
            throw refused(
                    name,
                    "there is no argument \"" + e.getPropertyName() + "\"; it knows "
                            + String.join(", ", arguments(type)),
                    e);
        } catch (JsonProcessingException e) {
            throw refused(name, sentence(e, arguments.tree()), e);
        } catch (IOException e) {
            throw refused(name, String.valueOf(e.getMessage()), e);
        }
    }

    private static String sentence(JsonProcessingException e, JsonNode arguments) {
        if (e.getCause() instanceof ProblemException problem) {
            return problem.detail();
        }
        if (e instanceof MismatchedInputException wrong && !wrong.getPath().isEmpty()) {
            String path = path(wrong);
            JsonNode given =
                    arguments.path(String.valueOf(wrong.getPath().getFirst().getFieldName()));
            return "the argument \"" + path + "\" must be " + noun(wrong.getTargetType()) + ", not " + describe(given);
        }
        return e.getOriginalMessage();
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            } else if (step.getIndex() >= 0) {
                path.append('[').append(step.getIndex()).append(']');
            }
        }
        return path.toString();
    }

    private static String noun(Class<?> type) {
        if (type == Integer.class || type == int.class || type == Long.class || type == long.class) {
            return "a whole number";
        }
        if (Number.class.isAssignableFrom(type) || type == double.class) {
            return "a number";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return Map.class.isAssignableFrom(type) ? "a mapping" : "a string";
    }

    /** The kind only: an argument may be a secret. */
    private static String describe(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING, BINARY -> "that text";
            case NUMBER -> "a number";
            case BOOLEAN -> node.asText();
            case ARRAY -> "a list";
            case OBJECT, POJO -> "a mapping";
            case NULL, MISSING -> "nothing";
        };
    }

    private static ProblemException refused(String name, String why, Exception cause) {
        return new ProblemException(ProblemType.INVALID, name + ": " + why, cause);
    }
}
