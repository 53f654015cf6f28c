// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;

/** Reads variables that were written as YAML or JSON. */
@FunctionalInterface
public interface VariablesReader {
    /**
     * The mapping as a JSON object; a blank text is the empty one.
     *
     * @throws ProblemException {@code INVALID} when it is no mapping, with the place as {@code line:column}
     */
    JsonText read(String text) throws ProblemException;
}
