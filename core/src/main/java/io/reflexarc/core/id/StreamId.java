// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.id;

import java.util.UUID;

/**
 * Identity of an event stream; part of its URL.
 *
 * @param value the stream's UUID
 */
public record StreamId(UUID value) {
    /** Parses the canonical text form. */
    public static StreamId parse(String text) {
        return new StreamId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
