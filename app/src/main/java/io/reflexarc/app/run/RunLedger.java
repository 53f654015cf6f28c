// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.run;

import io.reflexarc.core.decision.DecidedAction;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.TaskId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Decisions with actions that have not ended. One that has ended is forgotten, so that a long run does not grow. */
final class RunLedger {
    private final Map<DecisionId, Entry> entries = new HashMap<>();
    private final Map<TaskId, DecidedAction> tasks = new HashMap<>();

    /** A new decision; kept only while something of it is open. */
    void add(Decision decision) {
        int open = 0;
        for (DecidedAction action : decision.actions()) {
            switch (action) {
                case DecidedAction.Own own -> open += own.result().isEmpty() ? 1 : 0;
                case DecidedAction.Delegated delegated -> {
                    open++;
                    tasks.put(delegated.task().id(), delegated);
                }
            }
        }
        if (open > 0) {
            entries.put(decision.id(), new Entry(decision, open));
        }
    }

    Optional<Decision> decision(DecisionId id) {
        return Optional.ofNullable(entries.get(id)).map(Entry::decision);
    }

    Optional<DecidedAction> task(TaskId id) {
        return Optional.ofNullable(tasks.get(id));
    }

    /** One more action of a decision has ended. */
    void ended(DecisionId id) {
        entries.computeIfPresent(id, (key, entry) -> entry.open > 1 ? new Entry(entry.decision, entry.open - 1) : null);
    }

    /** A task has ended. */
    void ended(DecisionId id, TaskId task) {
        tasks.remove(task);
        ended(id);
    }

    private record Entry(Decision decision, int open) {}
}
