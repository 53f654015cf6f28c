// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

import io.reflexarc.rulebooks.Rule;

/**
 * Where a tuple of Drools ends: a rule, or one condition of an {@code any} or {@code not_all}.
 *
 * @param rule the rule
 * @param order its place in the file
 * @param position which of its conditions, 0 where it is all of them together
 * @param name unique, as Drools knows it
 */
public record Terminal(Rule rule, int order, int position, String name) {}
