// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import io.reflexarc.rulebooks.error.ErrorKind;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a rulebook, so that its author sees everything at once. */
final class Findings {
    /** Nobody reads more; a broken megabyte would name each of its nodes. */
    private static final int MAX_ERRORS = 200;

    private final List<RulebookError> errors = new ArrayList<>();

    void add(ErrorKind kind, Place place, String message) {
        if (errors.size() < MAX_ERRORS) {
            errors.add(new RulebookError(kind, place, message));
        }
    }

    void schema(Place place, String message) {
        add(ErrorKind.SCHEMA_ERROR, place, message);
    }

    boolean isEmpty() {
        return errors.isEmpty();
    }

    List<RulebookError> errors() {
        return List.copyOf(errors);
    }
}
