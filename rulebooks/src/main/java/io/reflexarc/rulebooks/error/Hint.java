// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.error;

import java.util.Optional;

/**
 * A word that nobody knows, and the known one that was probably meant.
 *
 * @param word as written
 * @param nearest to put in its place; empty where no known word is near
 */
public record Hint(String word, Optional<String> nearest) {
    /** {@code ; did you mean "x"?}, to end a message with; nothing where no known word is near. */
    @Override
    public String toString() {
        return nearest.map(known -> "; did you mean \"" + known + "\"?").orElse("");
    }
}
