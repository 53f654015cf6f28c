// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.condition;

import io.reflexarc.rulebooks.error.ErrorKind;
import io.reflexarc.rulebooks.error.Hint;
import java.util.Optional;

/**
 * What is wrong with a condition.
 *
 * @param kind what sort of mistake
 * @param offset 0-based index of the character in the condition's text
 * @param message what is wrong and how to mend it
 * @param hint which word is wrong, where it is a word
 */
public record ConditionError(ErrorKind kind, int offset, String message, Optional<Hint> hint) {
    ConditionError(ErrorKind kind, int offset, String message) {
        this(kind, offset, message, Optional.empty());
    }

    /** One wrong word; the message ends with what was probably meant. */
    ConditionError(ErrorKind kind, int offset, String message, Hint hint) {
        this(kind, offset, message + hint, Optional.of(hint));
    }
}
