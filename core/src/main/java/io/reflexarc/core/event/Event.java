// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.event;

import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import java.time.Instant;

/**
 * An event as history keeps it.
 *
 * @param id equal to {@code meta.uuid} in the body
 * @param stream where it arrived
 * @param receivedAt when ingress stamped it
 * @param body the whole event, {@code {payload, meta}} or {@code {alert, meta}}
 */
public record Event(EventId id, StreamId stream, Instant receivedAt, JsonText body) {}
