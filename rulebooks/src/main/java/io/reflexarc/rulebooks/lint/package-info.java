// SPDX-License-Identifier: Apache-2.0
/**
 * What a rulebook's author should know before it runs: mistakes, rules that can never match, names nobody knows, and what runs
 * here only. Pure functions of the text; nothing here warns of what the original's own examples do on purpose.
 */
@NullMarked
package io.reflexarc.rulebooks.lint;

import org.jspecify.annotations.NullMarked;
