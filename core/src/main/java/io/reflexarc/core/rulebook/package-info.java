// SPDX-License-Identifier: Apache-2.0
/** Rulebooks as they are kept: texts and their versions. */
@NullMarked
package io.reflexarc.core.rulebook;

import org.jspecify.annotations.NullMarked;
