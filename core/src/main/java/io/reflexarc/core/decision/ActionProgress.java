// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.decision;

import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.TaskId;

/** Something that happened to an action of an earlier decision, decided by the session. */
public sealed interface ActionProgress {
    /**
     * A waiting task may start.
     *
     * @param task which
     */
    record Released(TaskId task) implements ActionProgress {}

    /**
     * A waiting action of the engine itself was done.
     *
     * @param decision of which decision
     * @param index place in the rule's list
     * @param result how it ended
     */
    record Done(DecisionId decision, int index, OwnResult result) implements ActionProgress {}
}
