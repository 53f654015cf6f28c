// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.core.problem.ProblemException;

/** Says whether the text of a rulebook can be run. */
@FunctionalInterface
public interface RulebookChecker {
    /**
     * Returns when it can.
     *
     * @throws ProblemException {@code RULEBOOK_INVALID} with one error for each wrong place, as {@code line:column}
     */
    void check(String yaml) throws ProblemException;
}
