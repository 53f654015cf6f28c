// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.lint;

import java.util.Map;
import java.util.Set;

/**
 * The names that a rulebook can use here, beside the language's own.
 *
 * @param actions arguments of the actions that are ours alone, by name
 * @param sources arguments of the sources, by name
 * @param filters arguments of the filters of sources, by name
 * @param templateFilters filters in templates
 */
public record Vocabulary(
        Map<String, Set<String>> actions,
        Map<String, Set<String>> sources,
        Map<String, Set<String>> filters,
        Set<String> templateFilters) {
    public Vocabulary {
        actions = Map.copyOf(actions);
        sources = Map.copyOf(sources);
        filters = Map.copyOf(filters);
        templateFilters = Set.copyOf(templateFilters);
    }
}
