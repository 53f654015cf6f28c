// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.condition;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;

/** Renders <code>{{ … }}</code> in the strings of a condition and in a rule's name while a rulebook is loaded. */
@FunctionalInterface
public interface StringTemplate {
    /** Leaves every string as it is. */
    StringTemplate NONE = (text, variables) -> text;

    /**
     * The rendered text; a value that is not a string is written as Python writes it.
     *
     * @param text holds both <code>{{</code> and <code>}}</code>
     * @param variables a JSON object
     * @throws ProblemException when a variable is missing or the template is wrong; its detail says which and why
     */
    String render(String text, JsonText variables);
}
