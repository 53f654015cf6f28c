// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as rulebooks write them: {@code 5 minutes}. */
final class Durations {
    /** At most twelve digits: no overflow in any unit, and longer than anything waits. */
    private static final Pattern PATTERN =
            Pattern.compile("([0-9]{1,12})\\s(milliseconds?|seconds?|minutes?|hours?|days?)");

    private Durations() {}

    static boolean isDuration(String text) {
        return PATTERN.matcher(text).matches();
    }

    /** The duration; zero for what is none, which the schema has refused by then. */
    static Duration parse(String text) {
        return span(text).duration();
    }

    /** The same with its unit. */
    static Span span(String text) {
        Matcher matcher = PATTERN.matcher(text);
        return matcher.matches()
                ? new Span(Long.parseLong(matcher.group(1)), unit(matcher.group(2)))
                : new Span(0, ChronoUnit.SECONDS);
    }

    /** The unit in the plural. */
    static String word(ChronoUnit unit) {
        return unit == ChronoUnit.MILLIS ? "milliseconds" : unit.name().toLowerCase(Locale.ROOT);
    }

    private static ChronoUnit unit(String word) {
        return switch (word.endsWith("s") ? word : word + "s") {
            case "milliseconds" -> ChronoUnit.MILLIS;
            case "seconds" -> ChronoUnit.SECONDS;
            case "minutes" -> ChronoUnit.MINUTES;
            case "hours" -> ChronoUnit.HOURS;
            default -> ChronoUnit.DAYS;
        };
    }
}
