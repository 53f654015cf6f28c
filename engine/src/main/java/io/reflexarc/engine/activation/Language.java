// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.decision.Template;
import io.reflexarc.rulebooks.Rulebook;

/**
 * How rulebooks are read and rendered.
 *
 * @param reader reads texts
 * @param template renders arguments
 */
public record Language(Reader reader, Template template) {
    /** Reads the text of a rulebook. */
    @FunctionalInterface
    public interface Reader {
        /**
         * Reads and checks.
         *
         * @param text YAML
         * @param file its name, for messages
         * @param variables of the activation, a JSON object
         * @throws io.reflexarc.core.problem.ProblemException {@code RULEBOOK_INVALID} with the places
         */
        Rulebook read(String text, String file, JsonText variables);
    }
}
