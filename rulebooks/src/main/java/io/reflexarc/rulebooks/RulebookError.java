// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import io.reflexarc.rulebooks.error.ErrorKind;
import io.reflexarc.rulebooks.error.Hint;
import java.util.Optional;

/**
 * One mistake in a rulebook.
 *
 * @param kind what sort of mistake
 * @param place where
 * @param message what is wrong and how to mend it
 * @param hint which word is wrong, where it is a word
 */
public record RulebookError(ErrorKind kind, Place place, String message, Optional<Hint> hint) {}
