// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.history;

import java.util.List;
import java.util.Optional;

/**
 * A value at a place in an event: a text, a truth value, or a small whole number. Other numbers are measurements and times,
 * nearly each of its own: an index of them would be large and of no use.
 *
 * @param path keys from the outermost object inwards
 * @param value the whole text, or the value as JSON writes it
 * @param text whether it is a text
 */
public record FieldValue(List<String> path, String value, boolean text) {
    private static final double LARGEST = 1_000_000;

    public FieldValue {
        path = List.copyOf(path);
    }

    /** A text. */
    public FieldValue(List<String> path, String value) {
        this(path, value, true);
    }

    /** A truth value. */
    public static FieldValue of(List<String> path, boolean value) {
        return new FieldValue(path, Boolean.toString(value), false);
    }

    /** A number; the same for equal ones, however they are written. */
    public static Optional<FieldValue> of(List<String> path, double value) {
        return number(value).map(written -> new FieldValue(path, written, false));
    }

    /** How a number is written that can be asked for. */
    public static Optional<String> number(double value) {
        return value == Math.rint(value) && Math.abs(value) <= LARGEST
                ? Optional.of(Long.toString((long) value))
                : Optional.empty();
    }
}
