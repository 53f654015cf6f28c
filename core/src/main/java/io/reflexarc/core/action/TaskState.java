// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.action;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a task stands. The lawful changes are in {@link TaskLifecycle}. */
public enum TaskState {
    /** Waits for the action before it, or for its turn. */
    WAITING(false),
    /** May be claimed, at once or from a time on. */
    QUEUED(false),
    /** A worker holds a lease on it. */
    RUNNING(false),
    SUCCEEDED(true),
    /** A failure that no retry can help. */
    FAILED(true),
    /** The last retry failed; a person decides. */
    DEAD_LETTER(true),
    /** A person gave it up. */
    DROPPED(true),
    /** A guard or an approver said no. */
    REFUSED(true),
    CANCELLED(true),
    /** Its deadline passed before it could start. */
    EXPIRED(true);

    private final boolean ended;

    TaskState(boolean ended) {
        this.ended = ended;
    }

    /** Whether the next action may start. */
    public boolean ended() {
        return ended;
    }

    /** Lower case, as in the API and in the database. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state with this label. */
    public static TaskState parse(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
