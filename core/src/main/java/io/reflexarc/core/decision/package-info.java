// SPDX-License-Identifier: Apache-2.0
/** Decisions: a rule that matched, what it matched, and what it makes happen. */
@NullMarked
package io.reflexarc.core.decision;

import org.jspecify.annotations.NullMarked;
