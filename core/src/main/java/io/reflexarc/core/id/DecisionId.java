// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.id;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Identity of a decision, a function of where it was made, so that a decision made again after a crash is recognised.
 *
 * @param value name-based UUID
 */
public record DecisionId(UUID value) {
    /** The n-th decision (from 0) that the processing of one entry made. */
    public static DecisionId of(InboxId inbox, Incarnation incarnation, Position entry, int ordinal) {
        String name = "decision/" + inbox + "/" + incarnation + "/" + entry + "/" + ordinal;
        return new DecisionId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    }

    /** Parses the canonical text form. */
    public static DecisionId parse(String text) {
        return new DecisionId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
