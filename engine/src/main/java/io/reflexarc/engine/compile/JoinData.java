// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

/**
 * What a join remembers of its cost.
 *
 * @param rule name of its terminal
 * @param seenUpTo sequence of the newest item among those that it has looked at
 * @param stopped whether it was too much
 */
public record JoinData(String rule, long seenUpTo, boolean stopped) {}
