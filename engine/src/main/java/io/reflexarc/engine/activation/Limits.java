// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import java.time.Duration;

/**
 * Sizes and times of running activations.
 *
 * @param batchEntries most entries of one commit
 * @param batchRows decisions, actions and progress of one commit, after which no entry is added
 * @param batchBytes size of events of one commit, after which no entry is added
 * @param snapshotEntries entries from snapshot to snapshot
 * @param quiet how long nothing comes before a snapshot is written early
 * @param pace least time from commit to commit while several entries come in that time: each commit has a price of its own
 * @param readWait how long one read waits
 * @param lease length of a lease; also how soon another process takes over
 * @param attempts how often an entry may make the session throw before it is set aside
 */
public record Limits(
        int batchEntries,
        int batchRows,
        long batchBytes,
        int snapshotEntries,
        Duration quiet,
        Duration pace,
        Duration readWait,
        Duration lease,
        int attempts) {
    /** What production uses. */
    public static final Limits DEFAULT = new Limits(
            500,
            2_000,
            8_000_000,
            5_000,
            Duration.ofSeconds(10),
            Duration.ofMillis(20),
            Duration.ofMillis(500),
            Duration.ofSeconds(5),
            3);
}
