// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import io.reflexarc.core.id.Position;
import io.reflexarc.core.json.JsonText;

/**
 * The state of a session after an entry, as data of ours: retained events and facts in their order, throttles, windows,
 * deadlines, waiting decisions.
 *
 * @param at the entry it reflects
 * @param engine build of the engine that wrote it; another build's snapshot is not read
 * @param state the data
 */
public record Snapshot(Position at, String engine, JsonText state) {}
