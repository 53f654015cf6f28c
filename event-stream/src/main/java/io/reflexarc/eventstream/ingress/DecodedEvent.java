// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import java.util.List;
import java.util.Optional;

/**
 * One event of a body, before it has an identity.
 *
 * @param key {@code payload} or {@code alert}: where the content stands in the event
 * @param content the sender's JSON, unchanged
 * @param hosts {@code meta.hosts}, when the type of the stream has it
 * @param dedupeKeys what makes it a repeat
 * @param subject a short text for people; may be empty
 */
record DecodedEvent(String key, byte[] content, Optional<List<String>> hosts, List<String> dedupeKeys, String subject) {
    /** The whole body as the payload of one event. */
    static DecodedEvent payload(JsonBody body, List<String> dedupeKeys, String subject) {
        return new DecodedEvent("payload", body.bytes(), Optional.empty(), dedupeKeys, subject);
    }
}
