// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import io.reflexarc.core.id.Position;
import java.util.Optional;

/**
 * How far an activation has come.
 *
 * @param epoch of the last commit or claim
 * @param position the last entry whose decisions are committed
 * @param snapshot the newest snapshot at or before it; empty when it must be read from the start of the inbox
 */
public record Progress(long epoch, Position position, Optional<Snapshot> snapshot) {}
