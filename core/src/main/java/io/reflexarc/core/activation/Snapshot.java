// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import io.reflexarc.core.id.Position;
import io.reflexarc.core.json.JsonText;

/**
 * The state of a session after an entry, as data of ours: retained events and facts in their order, throttles, windows,
 * deadlines, waiting decisions.
 *
 * @param at the entry it reflects
 * @param format of the data, a name with a version of its own; a session of another format does not read it
 * @param state the data
 */
public record Snapshot(Position at, String format, JsonText state) {}
