// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.history;

import io.reflexarc.core.event.Event;
import io.reflexarc.core.id.Position;

/**
 * An event in the history of its stream.
 *
 * @param position where it stands in the history: later arrivals stand higher
 * @param event the event
 */
public record Recorded(Position position, Event event) {}
