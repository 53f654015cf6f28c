// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.id;

import java.nio.charset.StandardCharsets;
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

    /** Where the sources append that an activation runs itself for a ruleset; nobody else knows it. */
    public static StreamId ofSources(ActivationId activation, String ruleset) {
        String name = "sources/" + activation + "/" + ruleset;
        return new StreamId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
