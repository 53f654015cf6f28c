// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.log;

import io.reflexarc.core.id.EventId;
import io.reflexarc.core.json.JsonText;
import java.time.Instant;
import java.util.List;

/**
 * An event about to be appended.
 *
 * @param id equal to {@code meta.uuid} of the body
 * @param receivedAt ingress's clock
 * @param dedupeKeys when any of them is known for this stream, the event is a repeat and the first id is answered
 * @param body the whole event
 * @param epoch of the owner whose source it comes from; 0 for an event that anybody may send
 */
public record NewEvent(EventId id, Instant receivedAt, List<String> dedupeKeys, JsonText body, long epoch) {
    public NewEvent {
        dedupeKeys = List.copyOf(dedupeKeys);
    }

    /** An event that anybody may send. */
    public NewEvent(EventId id, Instant receivedAt, List<String> dedupeKeys, JsonText body) {
        this(id, receivedAt, dedupeKeys, body, 0);
    }
}
