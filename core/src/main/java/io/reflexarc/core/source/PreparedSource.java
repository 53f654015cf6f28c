// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.source;

import java.util.List;

/**
 * A source of a rulebook, ready to run.
 *
 * @param name its label, or its type where it has none: {@code meta.source.name}
 * @param type name of the plugin as {@link SourceCatalogue#resolve} gives it: {@code meta.source.type}
 * @param source made of the rendered arguments
 * @param filters as declared, in order
 */
public record PreparedSource(String name, String type, Source source, List<Filter> filters) {
    public PreparedSource {
        filters = List.copyOf(filters);
    }
}
