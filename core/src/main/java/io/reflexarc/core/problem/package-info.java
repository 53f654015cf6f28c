// SPDX-License-Identifier: Apache-2.0
/** Foreseen trouble: the one exception type and its catalogue (RFC 9457). */
@NullMarked
package io.reflexarc.core.problem;

import org.jspecify.annotations.NullMarked;
