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
 */
public record NewEvent(EventId id, Instant receivedAt, List<String> dedupeKeys, JsonText body) {
    public NewEvent {
        dedupeKeys = List.copyOf(dedupeKeys);
    }
}
