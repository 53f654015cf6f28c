// SPDX-License-Identifier: Apache-2.0
/** What can be wrong with a rulebook. */
@NullMarked
package io.reflexarc.rulebooks.error;

import org.jspecify.annotations.NullMarked;
