// SPDX-License-Identifier: Apache-2.0
/** Why a rule matched an event or not, from the same operators as the match. */
@NullMarked
package io.reflexarc.engine.explain;

import org.jspecify.annotations.NullMarked;
