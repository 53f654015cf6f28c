// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.action;

import io.reflexarc.core.json.JsonText;
import java.util.List;
import java.util.Optional;

/**
 * What takes the place of a dead letter.
 *
 * @param arguments all of them
 * @param terms of the action with these arguments
 * @param again what another version of the rulebook decided; empty when a person wrote the arguments
 */
public record Replacement(JsonText arguments, TaskTerms terms, Optional<Again> again) {
    /** Arguments that a person wrote. */
    public static Replacement edited(JsonText arguments, TaskTerms terms) {
        return new Replacement(arguments, terms, Optional.empty());
    }

    /**
     * The same rule of another version decided on the same events.
     *
     * @param version number of the version within its rulebook
     * @param action its name, which may be another one
     * @param context as in {@link ActionTask#context}
     * @param hosts as in {@link ActionTask#hosts}
     */
    public record Again(int version, String action, JsonText context, List<String> hosts) {
        public Again {
            hosts = List.copyOf(hosts);
        }
    }
}
