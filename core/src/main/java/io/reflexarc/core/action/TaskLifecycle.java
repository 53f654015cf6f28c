// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.action;

import static io.reflexarc.core.action.TaskState.CANCELLED;
import static io.reflexarc.core.action.TaskState.DEAD_LETTER;
import static io.reflexarc.core.action.TaskState.DROPPED;
import static io.reflexarc.core.action.TaskState.EXPIRED;
import static io.reflexarc.core.action.TaskState.FAILED;
import static io.reflexarc.core.action.TaskState.QUEUED;
import static io.reflexarc.core.action.TaskState.REFUSED;
import static io.reflexarc.core.action.TaskState.RUNNING;
import static io.reflexarc.core.action.TaskState.SUCCEEDED;
import static io.reflexarc.core.action.TaskState.WAITING;

import java.util.List;
import java.util.Optional;

/**
 * The life of a task as a table.
 *
 * <pre>
 *   waiting ──release──► queued ──claim──► running ──succeed──► succeeded
 *                          ▲                 │├──fail────────► failed
 *                          ├──retry / lose───┘├──exhaust─────► dead_letter ──drop──► dropped
 *                          └──────────────── revive ◄──────────────┘
 *   running ──postpone──► queued, without having begun
 *   waiting, queued ──cancel / refuse / expire──► cancelled / refused / expired;  running ──cancel──► cancelled
 * </pre>
 */
public final class TaskLifecycle {
    private static final List<Row> TABLE = List.of(
            new Row(WAITING, Change.RELEASE, QUEUED),
            new Row(WAITING, Change.CANCEL, CANCELLED),
            new Row(WAITING, Change.REFUSE, REFUSED),
            new Row(WAITING, Change.EXPIRE, EXPIRED),
            new Row(QUEUED, Change.CLAIM, RUNNING),
            new Row(QUEUED, Change.CANCEL, CANCELLED),
            new Row(QUEUED, Change.REFUSE, REFUSED),
            new Row(QUEUED, Change.EXPIRE, EXPIRED),
            new Row(RUNNING, Change.SUCCEED, SUCCEEDED),
            new Row(RUNNING, Change.FAIL, FAILED),
            new Row(RUNNING, Change.RETRY, QUEUED),
            new Row(RUNNING, Change.LOSE, QUEUED),
            new Row(RUNNING, Change.POSTPONE, QUEUED),
            new Row(RUNNING, Change.EXHAUST, DEAD_LETTER),
            new Row(RUNNING, Change.CANCEL, CANCELLED),
            new Row(DEAD_LETTER, Change.REVIVE, QUEUED),
            new Row(DEAD_LETTER, Change.DROP, DROPPED));

    private TaskLifecycle() {}

    /** The state after a change, or empty when the change is not lawful from there. */
    public static Optional<TaskState> after(TaskState from, Change change) {
        return TABLE.stream()
                .filter(row -> row.from == from && row.change == change)
                .map(Row::to)
                .findFirst();
    }

    /** All rows, for documents and tests. */
    public static List<Row> table() {
        return TABLE;
    }

    /** What can happen to a task. */
    public enum Change {
        RELEASE,
        CLAIM,
        SUCCEED,
        FAIL,
        RETRY,
        LOSE,
        POSTPONE,
        EXHAUST,
        REVIVE,
        DROP,
        CANCEL,
        REFUSE,
        EXPIRE
    }

    /**
     * One row of the table.
     *
     * @param from state before
     * @param change what happens
     * @param to state after
     */
    public record Row(TaskState from, Change change, TaskState to) {}
}
