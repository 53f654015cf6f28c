// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.problem;

/**
 * One wrong place in an input.
 *
 * @param pointer JSON pointer (RFC 6901) or {@code line:column} of the place
 * @param message what is wrong and how to mend it
 */
public record FieldError(String pointer, String message) {}
