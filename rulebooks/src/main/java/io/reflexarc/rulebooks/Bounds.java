// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

/**
 * How much a ruleset may remember. Written in the rulebook, so that a replay stops where the first run stopped.
 *
 * @param waitingEvents events that wait for partners; beyond them the oldest go
 * @param combinations that the joins of one rule look at for one event; beyond them the rule is stopped
 */
public record Bounds(int waitingEvents, int combinations) {
    /** What may be written. */
    public static final int MOST = 1_000_000;

    /** Where nothing is written. */
    public static final Bounds DEFAULT = new Bounds(100_000, 100_000);
}
