// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import io.reflexarc.core.decision.ActionProgress;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import java.util.List;
import java.util.Optional;

/**
 * One atomic step of an activation: everything that reading some entries decided.
 *
 * @param inbox whose entries were read
 * @param epoch of the owner
 * @param from position before the first of the entries; must be the committed one
 * @param to position of the last of them
 * @param decisions made, in order
 * @param progress of actions of earlier decisions
 * @param snapshot the state after {@code to}, when it is time for one
 * @param events number of events among the entries
 * @param version what the last entry put live, or could not; a snapshot comes with it
 */
public record Commit(
        InboxId inbox,
        long epoch,
        Position from,
        Position to,
        List<Decision> decisions,
        List<ActionProgress> progress,
        Optional<Snapshot> snapshot,
        int events,
        Optional<VersionChange> version) {
    public Commit {
        decisions = List.copyOf(decisions);
        progress = List.copyOf(progress);
    }

    /** Of entries that change no version. */
    public Commit(
            InboxId inbox,
            long epoch,
            Position from,
            Position to,
            List<Decision> decisions,
            List<ActionProgress> progress,
            Optional<Snapshot> snapshot,
            int events) {
        this(inbox, epoch, from, to, decisions, progress, snapshot, events, Optional.empty());
    }
}
