// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.id;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Identity of a task, a function of its decision.
 *
 * @param value name-based UUID
 */
public record TaskId(UUID value) {
    /** The task of the action at this place in the decision's list. */
    public static TaskId of(DecisionId decision, int index) {
        return new TaskId(UUID.nameUUIDFromBytes(("task/" + decision + "/" + index).getBytes(StandardCharsets.UTF_8)));
    }

    /** The task with other arguments that takes the place of this one: there is one at most. */
    public static TaskId replacing(TaskId task) {
        return new TaskId(UUID.nameUUIDFromBytes(("replaced/" + task).getBytes(StandardCharsets.UTF_8)));
    }

    /** Parses the canonical text form. */
    public static TaskId parse(String text) {
        return new TaskId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
