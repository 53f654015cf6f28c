// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.live;

import java.time.Instant;

/**
 * How often something of a rulebook happened in one second, in all its activations together. What did not happen has no row.
 *
 * @param at end of the second
 * @param rulebookId of the rulebook
 * @param kind {@code rule}: it matched; {@code source}: it brought events
 * @param ruleset name
 * @param name of the rule or the source; empty for the sources that the activation runs itself for the ruleset, together
 * @param count how often
 */
public record CounterRow(Instant at, long rulebookId, String kind, String ruleset, String name, long count) {}
