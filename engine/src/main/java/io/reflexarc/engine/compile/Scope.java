// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

import java.util.Map;

/** What the paths of a condition look into. */
@FunctionalInterface
public interface Scope {
    /**
     * The event or fact of a binding.
     *
     * @param binding empty for the event itself
     * @return a map as parsed from JSON, or an {@link Absent}
     */
    Object root(String binding);

    /** The event alone; what other conditions match is open. */
    static Scope of(Map<String, Object> event) {
        return binding -> binding.isEmpty() ? event : Absent.OPEN;
    }
}
