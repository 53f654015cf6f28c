// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.lint;

import io.reflexarc.rulebooks.Place;

/**
 * One thing that the author should know.
 *
 * @param severity how much it matters
 * @param code short name of the kind of finding, stable
 * @param place where
 * @param message what is wrong and how to mend it
 */
public record Finding(Severity severity, String code, Place place, String message) {}
