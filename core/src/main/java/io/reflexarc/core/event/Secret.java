// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/** A secret value. Never printed: {@link #toString} and JSON show a mask; {@link #reveal} is for the place of use only. */
public final class Secret {
    /** What is shown instead. */
    public static final String MASK = "******";

    private final String value;

    /** Wraps a clear value. */
    @JsonCreator
    public Secret(String value) {
        this.value = Objects.requireNonNull(value);
    }

    /** The clear value. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @JsonValue
    @Override
    public String toString() {
        return MASK;
    }
}
