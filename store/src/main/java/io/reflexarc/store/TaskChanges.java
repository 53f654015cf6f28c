// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.action.TaskLifecycle;
import io.reflexarc.core.action.TaskLifecycle.Change;
import io.reflexarc.core.action.TaskState;
import java.util.EnumSet;
import java.util.Set;

/** Every change of a task's state that a statement makes, looked up in the lifecycle. */
final class TaskChanges {
    private static final Set<Change> BY_ATTEMPT =
            EnumSet.of(Change.SUCCEED, Change.FAIL, Change.EXHAUST, Change.CANCEL);

    private TaskChanges() {}

    /** The label of the state after a change. */
    static String after(TaskState from, Change change) {
        return TaskLifecycle.after(from, change)
                .orElseThrow(() -> new IllegalStateException("no task can " + change + " when it is " + from))
                .label();
    }

    /** The label of the state in which an attempt may leave its task; anything else is a bug of the caller. */
    static String ending(TaskState to) {
        boolean lawful = TaskLifecycle.table().stream()
                .anyMatch(
                        row -> row.from() == TaskState.RUNNING && BY_ATTEMPT.contains(row.change()) && row.to() == to);
        if (!lawful) {
            throw new IllegalArgumentException("an attempt cannot end its task as " + to);
        }
        return to.label();
    }
}
