// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import io.reflexarc.core.id.Position;
import java.util.Optional;

/**
 * How far an activation has come.
 *
 * @param epoch of the last commit or claim
 * @param position the last entry whose decisions are committed
 * @param snapshot the newest snapshot at or before it; empty when it must be read from where it began
 * @param begin after this entry the first session began: the start of the inbox, or where an operator started it anew
 * @param accepted up to this entry an operator accepts whatever a recovery decides; the start where none had to
 * @param version of the rulebook that decides after the position; empty when none was ever put live there
 */
public record Progress(
        long epoch,
        Position position,
        Optional<Snapshot> snapshot,
        Position begin,
        Position accepted,
        Optional<Long> version) {
    /** Of a session that decides by the version that its activation was created with. */
    public Progress(long epoch, Position position, Optional<Snapshot> snapshot, Position begin) {
        this(epoch, position, snapshot, begin, Position.START, Optional.empty());
    }

    /** Of a session that began at the start of the inbox. */
    public Progress(long epoch, Position position, Optional<Snapshot> snapshot) {
        this(epoch, position, snapshot, Position.START);
    }
}
