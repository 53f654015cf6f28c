// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.decision;

import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.json.JsonText;
import java.util.Optional;

/** One action of a decision, in the state in which it is first committed. */
public sealed interface DecidedAction {
    /** Place in the rule's list, from 0. */
    int index();

    /** Name as in the rulebook, e.g. {@code run_playbook}. */
    String name();

    /** Rendered arguments. */
    JsonText arguments();

    /**
     * An action of the engine itself.
     *
     * @param result empty while it waits for the action before it
     */
    record Own(int index, String name, JsonText arguments, Optional<OwnResult> result) implements DecidedAction {}

    /**
     * An action for a worker.
     *
     * @param task what to run
     * @param released whether it may start at once; otherwise it waits for the action before it, or for its turn
     */
    record Delegated(int index, ActionTask task, boolean released) implements DecidedAction {
        @Override
        public String name() {
            return task.action();
        }

        @Override
        public JsonText arguments() {
            return task.arguments();
        }
    }
}
