// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.id;

import java.util.Objects;

/**
 * Identity of an event, equal to its {@code meta.uuid} in every inbox. Usually a UUID version 7; a source may set its own.
 *
 * @param value 1 to 255 characters, none of them NUL
 */
public record EventId(String value) {
    public EventId {
        Objects.requireNonNull(value);
        if (value.isEmpty() || value.length() > 255 || value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("an event id has 1 to 255 characters, none of them NUL");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
