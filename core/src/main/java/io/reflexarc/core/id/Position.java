// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.id;

/**
 * Place of an entry in an inbox. Totally ordered; the Redis form is {@code millis-sequence}.
 *
 * @param major milliseconds part
 * @param minor sequence within it
 */
public record Position(long major, long minor) implements Comparable<Position> {
    /** Before every entry. */
    public static final Position START = new Position(0, 0);

    /** Parses {@code major-minor}. */
    public static Position parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 1) {
            throw new IllegalArgumentException("not a position: " + text);
        }
        return new Position(Long.parseLong(text, 0, dash, 10), Long.parseLong(text, dash + 1, text.length(), 10));
    }

    @Override
    public int compareTo(Position other) {
        int byMajor = Long.compare(major, other.major);
        return byMajor != 0 ? byMajor : Long.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "-" + minor;
    }
}
