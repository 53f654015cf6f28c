// SPDX-License-Identifier: Apache-2.0
/**
 * From a log entry to decisions: {@link io.reflexarc.engine.decision.RulebookSession} is the function of the log that an
 * activation is. No clock, no chance and no network in here; whatever waits is plain data that a snapshot can hold.
 */
@NullMarked
package io.reflexarc.engine.decision;

import org.jspecify.annotations.NullMarked;
