// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.source;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads YAML as the rulebook language does; lent to sources that load files. */
@FunctionalInterface
public interface YamlReading {
    /**
     * Reads one document; nothing at all is {@code null}.
     *
     * @throws io.reflexarc.core.problem.ProblemException {@code INVALID} with file, line and column
     */
    JsonNode read(String yaml, String file);
}
