// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import java.time.Duration;

/**
 * How much the log holds and remembers.
 *
 * @param inboxEntries entries of one inbox beyond which events for it are refused
 * @param inboxBytes bytes of one inbox beyond which events for it are refused
 * @param historyEvents events of one stream beyond which its oldest are dropped
 * @param historyBytes bytes of one stream's events beyond which its oldest are dropped
 * @param unarchived how many times as much history is held while it is not archived; 1 where nothing is archived
 * @param dedupe how long a dedupe key is known after it was last seen
 * @param outcomes how long it is known that the outcome of a task was appended
 * @param readBytes how much the entries of one read of an inbox may hold together; a larger one comes alone
 */
public record LogBounds(
        int inboxEntries,
        long inboxBytes,
        int historyEvents,
        long historyBytes,
        int unarchived,
        Duration dedupe,
        Duration outcomes,
        long readBytes) {
    private static final long READ_BYTES = 16L << 20;

    /** Where nothing is archived. */
    public LogBounds(
            int inboxEntries,
            long inboxBytes,
            int historyEvents,
            long historyBytes,
            Duration dedupe,
            Duration outcomes) {
        this(inboxEntries, inboxBytes, historyEvents, historyBytes, 1, dedupe, outcomes, READ_BYTES);
    }

    /**
     * 100,000 entries or 256 MiB in an inbox, 10,000 events or 64 MiB of history, a day and a week. Eight times as much
     * history waits for an archive that cannot be written.
     */
    public static final LogBounds DEFAULT = new LogBounds(
            100_000, 256L << 20, 10_000, 64L << 20, 8, Duration.ofDays(1), Duration.ofDays(7), READ_BYTES);

    /** The same where nothing is archived. */
    public LogBounds withoutArchive() {
        return new LogBounds(inboxEntries, inboxBytes, historyEvents, historyBytes, 1, dedupe, outcomes, readBytes);
    }
}
