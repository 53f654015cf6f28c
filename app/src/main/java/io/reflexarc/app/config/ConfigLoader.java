// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads an {@link AppConfig}: built-in defaults, then the file, then the environment ({@code REFLEXARC_REDIS_HOST} for
 * {@code redis.host}; lists comma-separated). A value {@code file:PATH} or {@code env:NAME} is replaced by what it names, so
 * that no secret need stand in the file. All mistakes are reported together.
 */
public final class ConfigLoader {
    private static final String PREFIX = "REFLEXARC";
    private static final String DEFAULTS = """
            postgres: {host: 127.0.0.1, port: 5432, database: reflexarc, user: reflexarc, pool_size: 8}
            redis: {host: 127.0.0.1, port: 6379, tls: false}
            s3: {endpoint: "http://127.0.0.1:9000", region: us-east-1, bucket: reflexarc}
            kafka: {}
            http: {host: 127.0.0.1, port: 8000}
            live: {host: 127.0.0.1, port: 8001}
            event_stream: {host: 127.0.0.1, port: 8010, max_body_bytes: 1048576, events_per_second: 50000}
            operations: {host: 127.0.0.1, port: 8030}
            keys: {store: store.key, jwt: jwt.key}
            ansible: {playbooks: []}
            controller: {}
            sources: {}
            outbound: {allow: []}
            retention: {audit_days: 30, history_days: 30}
            worker: {concurrency: 25, queues: [default]}
            """;

    private final Map<String, String> environment;
    private final List<String> mistakes = new ArrayList<>();

    /** Takes overrides from this environment. */
    public ConfigLoader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Reads the file, when one is given. */
    public AppConfig load(Optional<Path> file) {
        ObjectNode tree = (ObjectNode) parse(DEFAULTS, "defaults");
        file.ifPresent(path -> merge(tree, parse(read(path), path.toString()), ""));
        override(tree, AppConfig.class, "");
        if (!mistakes.isEmpty()) {
            throw new ProblemException(
                    ProblemType.INVALID, "The configuration is wrong: " + String.join("; ", mistakes) + ".");
        }
        try {
            return Json.mapper().treeToValue(tree, AppConfig.class);
        } catch (JsonMappingException e) {
            String where = String.join(
                    ".",
                    e.getPath().stream()
                            .map(step -> String.valueOf(step.getFieldName()))
                            .toList());
            throw new ProblemException(
                    ProblemType.INVALID,
                    "The configuration is wrong at " + where + ": " + e.getOriginalMessage() + ".",
                    e);
        } catch (JsonProcessingException e) {
            throw new ProblemException(
                    ProblemType.INVALID, "The configuration is wrong: " + e.getOriginalMessage() + ".", e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new ProblemException(ProblemType.INVALID, "The configuration file " + file + " cannot be read.", e);
        }
    }

    private static JsonNode parse(String yaml, String name) {
        try {
            JsonNode tree = new YAMLMapper().readTree(yaml);
            if (!tree.isObject()) {
                throw new ProblemException(ProblemType.INVALID, name + " does not hold a mapping of settings.");
            }
            return tree;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new ProblemException(
                    ProblemType.INVALID,
                    name + ":" + at.getLineNr() + ":" + at.getColumnNr() + ": " + e.getOriginalMessage() + ".",
                    e);
        }
    }

    private void merge(ObjectNode into, JsonNode from, String path) {
        from.properties().forEach(entry -> {
            JsonNode mine = into.get(entry.getKey());
            if (mine != null && mine.isObject() && entry.getValue().isObject()) {
                merge((ObjectNode) mine, entry.getValue(), path + entry.getKey() + ".");
            } else {
                into.set(entry.getKey(), entry.getValue());
            }
        });
    }

    private void override(ObjectNode tree, Class<?> type, String path) {
        List<String> known = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = snakeCase(component.getName());
            known.add(name);
            if (component.getType().isRecord()) {
                override(tree.withObjectProperty(name), component.getType(), path + name + ".");
            } else {
                value(tree, component, name, path + name);
            }
        }
        tree.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                mistakes.add("there is no setting " + path + name + " (known here: " + String.join(", ", known) + ")");
            }
        });
    }

    private void value(ObjectNode tree, RecordComponent component, String name, String path) {
        String variable = PREFIX + "_" + path.replace('.', '_').toUpperCase(Locale.ROOT);
        String given = environment.get(variable);
        boolean list = List.class.equals(component.getType());
        if (given != null && list) {
            var items = tree.putArray(name);
            Arrays.stream(given.split(",", -1))
                    .map(String::strip)
                    .filter(item -> !item.isEmpty())
                    .forEach(items::add);
        } else if (given != null) {
            tree.put(name, given);
        }
        JsonNode value = tree.get(name);
        if (value != null && value.isTextual()) {
            resolve(value.asText(), path).ifPresent(resolved -> tree.put(name, resolved));
        }
        if (tree.get(name) == null && !optional(component.getGenericType())) {
            mistakes.add(path + " is missing (or set " + variable + ")");
        }
    }

    private static boolean optional(Type type) {
        return type instanceof ParameterizedType parameterized && Optional.class.equals(parameterized.getRawType());
    }

    private Optional<String> resolve(String value, String path) {
        if (value.startsWith("env:")) {
            String found = environment.get(value.substring(4));
            if (found == null) {
                mistakes.add(path + " names the environment variable " + value.substring(4) + ", which is not set");
            }
            return Optional.ofNullable(found);
        }
        if (value.startsWith("file:") && !value.startsWith("file:/" + "/")) {
            try {
                return Optional.of(Files.readString(Path.of(value.substring(5))).strip());
            } catch (IOException e) {
                mistakes.add(path + " names the file " + value.substring(5) + ", which cannot be read");
            }
        }
        return Optional.empty();
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
