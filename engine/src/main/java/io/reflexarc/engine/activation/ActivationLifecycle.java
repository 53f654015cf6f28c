// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import static io.reflexarc.core.activation.ActivationStatus.COMPLETED;
import static io.reflexarc.core.activation.ActivationStatus.DIVERGED;
import static io.reflexarc.core.activation.ActivationStatus.ERROR;
import static io.reflexarc.core.activation.ActivationStatus.FAILED;
import static io.reflexarc.core.activation.ActivationStatus.PENDING;
import static io.reflexarc.core.activation.ActivationStatus.RUNNING;
import static io.reflexarc.core.activation.ActivationStatus.STARTING;
import static io.reflexarc.core.activation.ActivationStatus.STOPPED;
import static io.reflexarc.core.activation.ActivationStatus.STOPPING;

import io.reflexarc.core.activation.ActivationStatus;
import io.reflexarc.core.activation.RestartPolicy;
import java.util.List;
import java.util.Optional;

/**
 * The life of an activation as a table. {@code enable} and {@code disable} are the switch of the API; the rest is done by
 * the process that holds the lease.
 *
 * <pre>
 *                ┌───────────── take over ─────────────┐
 *                ▼                                     │
 *   pending ─claim─► starting ───────ready─────────► running ──finish──► completed
 *      ▲                │ ├──refuse──► error           │ │                   │
 *      │                │ └──differ──► diverged ◄──────┘ │                   │
 *    enable             └────fail────► failed ◄──fail────┘                   │
 *      │                   ▲             │ restart                           │ restart
 *      │                   └── starting ◄┴───────────────────────────────────┘
 *   stopped, completed, error, failed, diverged
 *
 *   starting, running ──leave──► pending
 *   starting, running ──disable──► stopping ──end──► stopped;  all others ──disable──► stopped
 * </pre>
 */
public final class ActivationLifecycle {
    private static final List<Row> TABLE = List.of(
            new Row(PENDING, Change.CLAIM, STARTING, "bind the inbox, read the rulebook, recover"),
            new Row(STARTING, Change.CLAIM, STARTING, "the owner before died while it started"),
            new Row(RUNNING, Change.CLAIM, STARTING, "the owner before died or lost its lease"),
            new Row(FAILED, Change.RESTART, STARTING, "after a growing wait, when the restart policy says so"),
            new Row(COMPLETED, Change.RESTART, STARTING, "after a wait, when the restart policy is always"),
            new Row(STOPPING, Change.CLAIM, STARTING, "it was enabled again before it had stopped"),
            new Row(STOPPED, Change.CLAIM, STARTING, "it was enabled again while it stopped"),
            new Row(STARTING, Change.READY, RUNNING, "recovered: read, decide, commit"),
            new Row(STARTING, Change.REFUSE, ERROR, "unbind the inbox: a retry would not help"),
            new Row(STARTING, Change.DIFFER, DIVERGED, "decide nothing until an operator looks"),
            new Row(RUNNING, Change.DIFFER, DIVERGED, "decide nothing until an operator looks"),
            new Row(STARTING, Change.FAIL, FAILED, "give the lease back"),
            new Row(RUNNING, Change.FAIL, FAILED, "give the lease back"),
            new Row(STARTING, Change.FINISH, COMPLETED, "unbind the inbox"),
            new Row(RUNNING, Change.FINISH, COMPLETED, "unbind the inbox"),
            new Row(STARTING, Change.LEAVE, PENDING, "give the lease back: another process goes on"),
            new Row(RUNNING, Change.LEAVE, PENDING, "give the lease back: another process goes on"),
            new Row(STARTING, Change.DISABLE, STOPPING, "the owner commits what it has decided"),
            new Row(RUNNING, Change.DISABLE, STOPPING, "the owner commits what it has decided"),
            new Row(STOPPING, Change.END, STOPPED, "unbind the inbox, give the lease back"),
            new Row(PENDING, Change.DISABLE, STOPPED, "unbind the inbox"),
            new Row(FAILED, Change.DISABLE, STOPPED, "unbind the inbox"),
            new Row(ERROR, Change.DISABLE, STOPPED, "unbind the inbox"),
            new Row(DIVERGED, Change.DISABLE, STOPPED, "unbind the inbox"),
            new Row(COMPLETED, Change.DISABLE, STOPPED, "unbind the inbox"),
            new Row(STOPPED, Change.ENABLE, PENDING, "wait for a process to claim it"),
            new Row(COMPLETED, Change.ENABLE, PENDING, "wait for a process to claim it"),
            new Row(FAILED, Change.ENABLE, PENDING, "wait for a process to claim it"),
            new Row(ERROR, Change.ENABLE, PENDING, "wait for a process to claim it"),
            new Row(DIVERGED, Change.ENABLE, PENDING, "wait for a process to claim it"),
            new Row(STOPPING, Change.ENABLE, PENDING, "wait for a process to claim it"));

    private ActivationLifecycle() {}

    /** The status after a change, or empty when the change is not lawful from there. */
    public static Optional<ActivationStatus> after(ActivationStatus from, Change change) {
        return TABLE.stream()
                .filter(row -> row.from == from && row.change == change)
                .map(Row::to)
                .findFirst();
    }

    /** How an enabled activation in this status is taken up again; empty when it is left alone. */
    static Optional<Change> takeUp(ActivationStatus from, RestartPolicy policy) {
        boolean restarts = switch (from) {
            case FAILED -> policy != RestartPolicy.NEVER;
            case COMPLETED -> policy == RestartPolicy.ALWAYS;
            case PENDING, STARTING, RUNNING, STOPPING, STOPPED, ERROR, DIVERGED, DELETING -> false;
        };
        if (restarts) {
            return Optional.of(Change.RESTART);
        }
        return after(from, Change.CLAIM).map(unused -> Change.CLAIM);
    }

    /** All rows, for documents and tests. */
    public static List<Row> table() {
        return TABLE;
    }

    /** What can happen to an activation. */
    public enum Change {
        ENABLE,
        CLAIM,
        READY,
        /** Its configuration cannot run. */
        REFUSE,
        FAIL,
        /** A rule said {@code shutdown}. */
        FINISH,
        /** A recovery decided differently from the committed rows. */
        DIFFER,
        RESTART,
        /** The process stops, the activation does not. */
        LEAVE,
        DISABLE,
        END
    }

    /**
     * One row of the table.
     *
     * @param from status before
     * @param change what happens
     * @param to status after
     * @param effect what is done
     */
    public record Row(ActivationStatus from, Change change, ActivationStatus to, String effect) {}
}
