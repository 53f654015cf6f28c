// SPDX-License-Identifier: Apache-2.0
/** The condition language: a sealed tree and its recursive-descent parser. */
@NullMarked
package io.reflexarc.rulebooks.condition;

import org.jspecify.annotations.NullMarked;
