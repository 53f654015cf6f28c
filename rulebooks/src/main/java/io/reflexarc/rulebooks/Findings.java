// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import io.reflexarc.rulebooks.error.ErrorKind;
import io.reflexarc.rulebooks.error.Hint;
import io.reflexarc.rulebooks.error.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Collects what is wrong with a rulebook, so that its author sees everything at once. */
final class Findings {
    /** Nobody reads more; a broken megabyte would name each of its nodes. */
    private static final int MAX_ERRORS = 200;

    private final List<RulebookError> errors = new ArrayList<>();

    void add(ErrorKind kind, Place place, String message) {
        add(kind, place, message, Optional.empty());
    }

    void add(ErrorKind kind, Place place, String message, Optional<Hint> hint) {
        if (errors.size() < MAX_ERRORS) {
            errors.add(new RulebookError(kind, place, message, hint));
        }
    }

    /** One wrong word; the message ends with what was probably meant. */
    void schema(Place place, String message, Hint hint) {
        add(ErrorKind.SCHEMA_ERROR, place, message + hint, Optional.of(hint));
    }

    void schema(Place place, String message) {
        add(ErrorKind.SCHEMA_ERROR, place, message);
    }

    /** None or several of the keys stand where one must; a misspelt one is named. */
    void oneOf(String noun, Mapping mapping, Collection<String> keys) {
        Optional<Hint> hint = mapping.fields().fields().keySet().stream()
                .map(key -> Nearest.hint(key, keys))
                .filter(one -> one.nearest().isPresent() && !keys.contains(one.word()))
                .findFirst();
        String message = noun + " needs one of " + String.join(", ", keys)
                + hint.map(Hint::toString).orElse("");
        add(ErrorKind.SCHEMA_ERROR, mapping.place(), message, hint);
    }

    boolean isEmpty() {
        return errors.isEmpty();
    }

    List<RulebookError> errors() {
        return List.copyOf(errors);
    }
}
