// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * An event as a source emits it, before its filters.
 *
 * @param body belongs to the receiver from now on
 * @param dedupeKey where it stood in the system it comes from (an offset, a receipt): emitted twice, it is appended once
 */
public record SourceEvent(ObjectNode body, Optional<String> dedupeKey) {
    /** One that its system cannot deliver twice. */
    public static SourceEvent of(ObjectNode body) {
        return new SourceEvent(body, Optional.empty());
    }

    /** One that its system delivers again when in doubt. */
    public static SourceEvent of(ObjectNode body, String dedupeKey) {
        return new SourceEvent(body, Optional.of(dedupeKey));
    }
}
