// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.rulebooks.SourceSpec.FilterSpec;
import io.reflexarc.rulebooks.YamlNode.Field;
import io.reflexarc.rulebooks.YamlNode.Fields;
import io.reflexarc.rulebooks.YamlNode.Scalar;
import io.reflexarc.rulebooks.error.ErrorKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a source and its filters. */
final class SourceReader {
    private static final Set<String> OWN_KEYS = Set.of("name", "filters");

    private final Findings findings;

    SourceReader(Findings findings) {
        this.findings = findings;
    }

    /** The first key that is not {@code name} or {@code filters} is the plugin, as in the original. */
    Optional<SourceSpec> source(Mapping source) {
        requireType(source, "name", ValueType.STRING);
        requireType(source, "filters", ValueType.LIST);
        List<Map.Entry<String, Field>> plugins = source.fields().fields().entrySet().stream()
                .filter(entry -> !OWN_KEYS.contains(entry.getKey()))
                .toList();
        if (plugins.isEmpty()) {
            findings.add(
                    ErrorKind.INVALID_SOURCE,
                    source.place(),
                    "a source needs a plugin, as in \"ansible.eda.webhook:\"");
            return Optional.empty();
        }
        plugins.forEach(plugin -> arguments(plugin.getKey(), plugin.getValue()));
        String plugin = plugins.getFirst().getKey();
        return Optional.of(new SourceSpec(
                source.string("name").orElse(plugin),
                plugin,
                json(plugins.getFirst().getValue()),
                filters(source),
                source.place()));
    }

    private void requireType(Mapping source, String key, ValueType type) {
        source.get(key)
                .filter(value -> !type.accepts(value))
                .ifPresent(value -> findings.schema(
                        value.place(), "\"" + key + "\" of a source must be " + type.noun() + ", not " + value.noun()));
    }

    private List<FilterSpec> filters(Mapping source) {
        List<FilterSpec> filters = new ArrayList<>();
        for (YamlNode item : source.list("filters")) {
            if (item instanceof Fields fields && !fields.fields().isEmpty()) {
                Map.Entry<String, Field> first = fields.fields().firstEntry();
                arguments(first.getKey(), first.getValue());
                filters.add(new FilterSpec(first.getKey(), json(first.getValue()), item.place()));
            } else {
                findings.schema(
                        item.place(), "a filter must be a mapping of its name to its arguments, not " + item.noun());
            }
        }
        return filters;
    }

    private void arguments(String plugin, Field field) {
        if (!(field.value() instanceof Fields) && !isNull(field.value())) {
            findings.schema(
                    field.value().place(),
                    "the arguments of " + plugin + " must be a mapping, not "
                            + field.value().noun());
        }
    }

    private static JsonText json(Field field) {
        return field.value() instanceof Fields fields ? JsonText.of(fields.json()) : JsonText.EMPTY_OBJECT;
    }

    private static boolean isNull(YamlNode node) {
        return node instanceof Scalar scalar && scalar.isNull();
    }
}
