// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.log;

import io.reflexarc.core.action.TaskOutcome;
import io.reflexarc.core.json.JsonText;
import java.time.Instant;

/** What others than ingress append to an inbox. Always taken, whatever the inbox holds. */
public sealed interface InboxMessage {
    /** The writer's clock, or for a tick the due time. */
    Instant stamp();

    /** See {@link LogEntry.Ended}; a repeat for the same task is appended once. */
    record Ended(Instant stamp, TaskOutcome outcome) implements InboxMessage {}

    /** See {@link LogEntry.Gathered}. */
    record Gathered(Instant stamp, String host, JsonText facts) implements InboxMessage {}

    /** See {@link LogEntry.Tick}. */
    record Tick(Instant stamp) implements InboxMessage {}

    /** See {@link LogEntry.Controlled}. */
    record Controlled(Instant stamp, LogEntry.Control control) implements InboxMessage {}
}
