// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * A length of time as a rulebook writes it; events show it as it was written, so 60 seconds are not one minute.
 *
 * @param amount how many
 * @param unit of what
 */
public record Span(long amount, ChronoUnit unit) {
    /** As a length. */
    public Duration duration() {
        return Duration.of(amount, unit);
    }

    /** In the words of a rulebook, e.g. {@code 60 seconds}, always in the plural. */
    @Override
    public String toString() {
        return amount + " " + Durations.word(unit);
    }
}
