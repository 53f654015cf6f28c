// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.condition;

import io.reflexarc.core.json.JsonText;
import java.util.Set;

/**
 * What the names in a condition can mean.
 *
 * @param variables a JSON object: the values of {@code vars.…}
 * @param template renders the strings that hold <code>{{ … }}</code>
 * @param earlier bindings of the conditions above it in the same {@code all}, which {@code events.…} may name
 * @param later bindings that it must not name: its own and those below it
 * @param list whether it stands in a list of several conditions
 */
public record Scope(JsonText variables, StringTemplate template, Set<String> earlier, Set<String> later, boolean list) {
    public Scope {
        earlier = Set.copyOf(earlier);
        later = Set.copyOf(later);
    }

    /** The scope of a condition that stands alone. */
    public static Scope alone(JsonText variables, StringTemplate template) {
        return new Scope(variables, template, Set.of(), Set.of(), false);
    }
}
