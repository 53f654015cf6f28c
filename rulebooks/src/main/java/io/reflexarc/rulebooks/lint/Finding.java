// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.lint;

import io.reflexarc.rulebooks.Place;
import java.util.Optional;

/**
 * One thing that the author should know.
 *
 * @param severity how much it matters
 * @param code short name of the kind of finding, stable
 * @param place where it begins
 * @param end where it ends, the first character that is not part of it
 * @param message what is wrong and how to mend it
 * @param nearest what to write from {@code place} to {@code end} instead; empty where nobody can tell
 */
public record Finding(
        Severity severity, String code, Place place, Place end, String message, Optional<String> nearest) {
    /** About a whole text. */
    public static Finding whole(Severity severity, String code, String message) {
        Place start = new Place(1, 1);
        return new Finding(severity, code, start, start, message, Optional.empty());
    }
}
