// SPDX-License-Identifier: Apache-2.0
/** Rulebooks: YAML in the {@code ansible-rulebook} language to typed, immutable records. No I/O here. */
@NullMarked
package io.reflexarc.rulebooks;

import org.jspecify.annotations.NullMarked;
