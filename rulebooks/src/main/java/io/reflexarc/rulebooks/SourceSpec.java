// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import io.reflexarc.core.json.JsonText;
import java.util.List;

/**
 * A source as written.
 *
 * @param name its label, or the plugin's name where it has none; becomes {@code meta.source.name}
 * @param plugin name of the plugin, e.g. {@code ansible.eda.webhook}
 * @param arguments not rendered yet, a JSON object
 * @param filters applied in this order
 * @param place where it begins
 */
public record SourceSpec(String name, String plugin, JsonText arguments, List<FilterSpec> filters, Place place) {
    public SourceSpec {
        filters = List.copyOf(filters);
    }

    /**
     * A filter as written.
     *
     * @param plugin name of the plugin
     * @param arguments never rendered, a JSON object
     * @param place where it begins
     */
    public record FilterSpec(String plugin, JsonText arguments, Place place) {}
}
