// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.validate;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.action.Plugin;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.source.FilterCatalogue;
import io.reflexarc.core.source.PluginPath;
import io.reflexarc.core.source.SourceCatalogue;
import io.reflexarc.engine.template.Templates;
import io.reflexarc.rulebooks.RulebookParser;
import io.reflexarc.rulebooks.RulebookSchema;
import io.reflexarc.rulebooks.lint.Vocabulary;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The names that a rulebook can use in this build, taken from the records of its plugins. */
public final class KnownNames {
    private KnownNames() {}

    /** For the linter. */
    public static Vocabulary installed() {
        ActionCatalogue actions = ActionCatalogue.installed();
        SourceCatalogue sources = Plugin.installedSources(PluginPath.NONE);
        FilterCatalogue filters = Plugin.installedFilters(PluginPath.NONE);
        Set<String> ours = actions.names().stream()
                .filter(name -> !RulebookParser.actions().contains(name))
                .collect(Collectors.toSet());
        return new Vocabulary(
                arguments(ours, actions::find),
                arguments(sources.names(), sources::find),
                arguments(filters.names(), filters::find),
                Templates.filters());
    }

    /** For completion: the schema of a rulebook with the plugins that are installed. */
    public static JsonText schema() {
        ActionCatalogue actions = ActionCatalogue.installed();
        SourceCatalogue sources = Plugin.installedSources(PluginPath.NONE);
        FilterCatalogue filters = Plugin.installedFilters(PluginPath.NONE);
        return RulebookSchema.of(
                schemas(actions.names(), actions::find),
                schemas(sources.names(), sources::find),
                schemas(filters.names(), filters::find));
    }

    private static <T> Map<String, JsonText> schemas(
            Collection<String> names, Function<String, Optional<Class<? extends T>>> find) {
        Map<String, JsonText> schemas = new TreeMap<>();
        names.forEach(name -> find.apply(name).ifPresent(type -> schemas.put(name, ArgumentSchema.of(type))));
        return schemas;
    }

    private static <T> Map<String, Set<String>> arguments(
            Collection<String> names, Function<String, Optional<Class<? extends T>>> find) {
        Map<String, Set<String>> arguments = new TreeMap<>();
        names.forEach(name -> find.apply(name).ifPresent(type -> arguments.put(name, arguments(type))));
        return arguments;
    }

    private static Set<String> arguments(Class<?> record) {
        return Arrays.stream(record.getRecordComponents())
                .map(RecordComponent::getName)
                .map(SnakeCaseStrategy.INSTANCE::translate)
                .collect(Collectors.toSet());
    }
}
