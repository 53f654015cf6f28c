// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.action.ActionTask;

/** Is told what ansible-runner wrote down of a run, when it is over. */
@FunctionalInterface
public interface RunnerEvents {
    /** Nobody asks. */
    RunnerEvents NONE = (task, event) -> {};

    /** The next event of a task, on the task's thread. */
    void event(ActionTask task, JsonNode event);
}
