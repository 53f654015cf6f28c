// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.activation.Commit;
import io.reflexarc.core.decision.ActionProgress;
import io.reflexarc.core.decision.DecidedAction;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.id.TaskId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tasks that commits have made and released. */
final class CommittedTasks {
    private final Map<TaskId, ActionTask> tasks = new HashMap<>();
    private final Map<TaskId, ActionTask> open = new LinkedHashMap<>();

    void add(Commit commit) {
        for (Decision decision : commit.decisions()) {
            for (DecidedAction action : decision.actions()) {
                if (action instanceof DecidedAction.Delegated delegated) {
                    tasks.put(delegated.task().id(), delegated.task());
                    if (delegated.released()) {
                        release(delegated.task().id());
                    }
                }
            }
        }
        for (ActionProgress progress : commit.progress()) {
            if (progress instanceof ActionProgress.Released released) {
                release(released.task());
            }
        }
    }

    private void release(TaskId id) {
        ActionTask task = Optional.ofNullable(tasks.get(id))
                .orElseThrow(() -> new AssertionError("task " + id + " is released, but nobody decided it"));
        if (open.put(id, task) != null) {
            throw new AssertionError("task " + id + " is released twice");
        }
    }

    /** Released and not ended. */
    List<ActionTask> open() {
        return List.copyOf(open.values());
    }

    void end(TaskId id) {
        open.remove(id);
    }
}
