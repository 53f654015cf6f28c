// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.action;

import io.reflexarc.core.source.Filter;
import io.reflexarc.core.source.FilterCatalogue;
import io.reflexarc.core.source.PluginPath;
import io.reflexarc.core.source.Source;
import io.reflexarc.core.source.SourceCatalogue;
import java.util.List;
import java.util.ServiceLoader;

/** What an integrated system adds; found by {@link java.util.ServiceLoader}. */
public interface Plugin {
    /** Sealed interfaces whose permitted records are actions. */
    default List<Class<? extends Action>> actions() {
        return List.of();
    }

    /** Sealed interfaces whose permitted records are sources. */
    default List<Class<? extends Source>> sources() {
        return List.of();
    }

    /** Sealed interfaces whose permitted records are filters. */
    default List<Class<? extends Filter>> filters() {
        return List.of();
    }

    /** Every plugin on the class path. */
    static List<Plugin> installed() {
        return ServiceLoader.load(Plugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /** Sources of every plugin on the class path, and those found elsewhere. */
    static SourceCatalogue installedSources(PluginPath others) {
        return new SourceCatalogue(
                installed().stream()
                        .flatMap(plugin -> plugin.sources().stream())
                        .toList(),
                others);
    }

    /** Filters of every plugin on the class path, and those found elsewhere. */
    static FilterCatalogue installedFilters(PluginPath others) {
        return new FilterCatalogue(
                installed().stream()
                        .flatMap(plugin -> plugin.filters().stream())
                        .toList(),
                others);
    }
}
