// SPDX-License-Identifier: Apache-2.0
/** The deterministic rule session: one ruleset, one owner thread, a clock that only its owner moves. */
@NullMarked
package io.reflexarc.engine.session;

import org.jspecify.annotations.NullMarked;
