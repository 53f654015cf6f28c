// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.core.event.Event;
import io.reflexarc.core.event.Subject;
import io.reflexarc.core.history.RecordedStream;
import java.time.Instant;
import java.util.Optional;

/**
 * A row of the list of events, without the event's body.
 *
 * @param id of the event
 * @param eventStreamId number of its stream; absent where a source of an activation brought it
 * @param eventStreamName name of its stream
 * @param receivedAt when it was received
 * @param subject a short text for people, e.g. the alert's name; may be empty
 * @param size bytes
 * @param rulesMatched rules of all activations that matched it
 */
public record EventRow(
        String id,
        Optional<Long> eventStreamId,
        String eventStreamName,
        Instant receivedAt,
        String subject,
        int size,
        int rulesMatched) {
    static EventRow of(Event event, RecordedStream stream, int rulesMatched) {
        return new EventRow(
                event.id().value(),
                stream.number(),
                stream.name(),
                event.receivedAt(),
                Subject.of(event.body()),
                event.body().size(),
                rulesMatched);
    }
}
