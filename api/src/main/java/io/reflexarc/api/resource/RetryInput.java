// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.reflexarc.api.endpoint.Constraint.AnyObject;
import io.reflexarc.api.endpoint.Constraint.Says;
import io.reflexarc.core.json.JsonText;
import java.util.Optional;

/**
 * How a dead letter is tried again.
 *
 * @param arguments all arguments of a new task that takes its place; without them the same task is queued again
 * @param version by which version of the rulebook
 */
public record RetryInput(
        @AnyObject @Says("All arguments of a new task that takes its place. Left out: the same task, unchanged.")
        Optional<JsonText> arguments,

        @Says(
                "The version that decided it, or the one that its activation runs now: this one decides on the same events"
                        + " again, and a new task with what it says takes the place of the old. Left out: same.")
        Optional<Which> version) {
    /** A version of a rulebook. */
    public enum Which {
        @JsonProperty("same")
        SAME,
        @JsonProperty("current")
        CURRENT
    }

    /**
     * What another version would do in the place of a dead letter.
     *
     * @param version its number within the rulebook
     * @param action name
     * @param arguments rendered
     */
    public record Instead(
            int version, String action, @AnyObject JsonText arguments) {}
}
