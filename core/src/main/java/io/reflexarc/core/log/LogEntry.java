// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.log;

import io.reflexarc.core.action.TaskOutcome;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import java.time.Instant;

/**
 * An entry of an inbox: everything that can change a decision. The stamp is what the writer's clock said; the session's
 * time is the greater of it and the previous entry's time.
 */
public sealed interface LogEntry {
    /** Place in the inbox. */
    Position position();

    /** What the writer's clock said, to the millisecond. */
    Instant stamp();

    /**
     * An event from a stream.
     *
     * @param id equal to {@code meta.uuid}
     * @param stream where it arrived
     * @param body the whole event
     * @param epoch of the owner whose source sent it; 0 for an event that anybody may send
     */
    record Arrived(Position position, Instant stamp, EventId id, StreamId stream, JsonText body, long epoch)
            implements LogEntry {
        /** An event that anybody may send. */
        public Arrived(Position position, Instant stamp, EventId id, StreamId stream, JsonText body) {
            this(position, stamp, id, stream, body, 0);
        }
    }

    /**
     * The outcome of a task that the session waits for.
     *
     * @param outcome as committed by the worker
     */
    record Ended(Position position, Instant stamp, TaskOutcome outcome) implements LogEntry {}

    /**
     * Facts that Ansible gathered of a host when the activation started. They replace those gathered of it before.
     *
     * @param host as the inventory calls it
     * @param facts a JSON object, with {@code meta.hosts} the host
     */
    record Gathered(Position position, Instant stamp, String host, JsonText facts) implements LogEntry {}

    /** Time passed: a timer that can decide was due and the inbox was drained. The stamp is the due time. */
    record Tick(Position position, Instant stamp) implements LogEntry {}

    /**
     * A change of ownership, version or running state.
     *
     * @param control what changes
     */
    record Controlled(Position position, Instant stamp, Control control) implements LogEntry {}

    /** What a control entry says. */
    sealed interface Control {
        /**
         * A new owner reads from here on; source entries of a lower epoch after it are ignored.
         *
         * @param epoch from the lease
         */
        record Owner(long epoch) implements Control {}

        /**
         * Another rulebook version decides from here on.
         *
         * @param version id of the version
         * @param by name of the user who put it live
         */
        record Version(long version, String by) implements Control {}

        /** The activation stops deciding until {@link Resume}. */
        record Pause() implements Control {}

        /** The activation decides again. */
        record Resume() implements Control {}

        /**
         * An entry that failed again and again is set aside.
         *
         * @param skipped its position
         */
        record Skip(Position skipped) implements Control {}
    }
}
