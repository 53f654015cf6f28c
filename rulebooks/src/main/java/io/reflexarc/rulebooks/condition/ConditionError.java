// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.condition;

import io.reflexarc.rulebooks.error.ErrorKind;

/**
 * What is wrong with a condition.
 *
 * @param kind what sort of mistake
 * @param offset 0-based index of the character in the condition's text
 * @param message what is wrong and how to mend it
 */
public record ConditionError(ErrorKind kind, int offset, String message) {}
