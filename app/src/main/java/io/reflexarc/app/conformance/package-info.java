// SPDX-License-Identifier: Apache-2.0
/**
 * Runs recorded verdicts of {@code ansible-rulebook} through the engine that serves production, in virtual time, and says
 * where the two differ.
 */
@NullMarked
package io.reflexarc.app.conformance;

import org.jspecify.annotations.NullMarked;
