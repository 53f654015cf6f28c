// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import io.reflexarc.core.json.JsonText;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Renders the arguments of an action. */
@FunctionalInterface
public interface Template {
    /**
     * Renders every string in them.
     *
     * @param arguments as written, a JSON object
     * @param variables what the templates may name
     * @param at session time
     * @param seed what random numbers and UUIDs derive from
     * @throws io.reflexarc.core.problem.ProblemException when a variable is undefined or a template is wrong
     */
    JsonText render(JsonText arguments, Map<String, Object> variables, Instant at, UUID seed);
}
