// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.lint;

import io.reflexarc.rulebooks.Place;
import java.util.List;
import java.util.Optional;

/** Finds how far what stands at a place goes. Columns count code points, as the places of the parser do. */
final class Extents {
    /** A word is looked for in so many lines: no action and no source is longer. */
    private static final int LINES = 200;

    private final List<String> lines;

    Extents(String text) {
        lines = text.lines().toList();
    }

    /**
     * A part of one line.
     *
     * @param exact whether this very word was found there
     */
    record Extent(Place start, Place end, boolean exact) {}

    /** The first occurrence of a whole word at a place or after it, unless the block in which the place is ends before. */
    Optional<Extent> word(String word, Place from) {
        if (word.isEmpty()) {
            return Optional.empty();
        }
        int last = Math.min(lines.size(), from.line() - 1 + LINES);
        for (int line = from.line() - 1; line < last; line++) {
            String text = lines.get(line);
            boolean first = line == from.line() - 1;
            if (!first && endsBlock(text, from.column())) {
                return Optional.empty();
            }
            int at = find(text, word, first ? offset(text, from.column()) : 0);
            if (at >= 0) {
                Place start = place(text, line, at);
                return Optional.of(new Extent(start, place(text, line, at + word.length()), true));
            }
        }
        return Optional.empty();
    }

    private static boolean endsBlock(String line, int column) {
        int indent = line.length() - line.stripLeading().length();
        return !line.isBlank() && indent < column - 1;
    }

    private static int find(String line, String word, int from) {
        int at = line.indexOf(word, from);
        while (at >= 0 && (isPart(line, at - 1) || isPart(line, at + word.length()))) {
            at = line.indexOf(word, at + 1);
        }
        return at;
    }

    private static boolean isPart(String line, int at) {
        return at >= 0 && at < line.length() && (Character.isLetterOrDigit(line.charAt(at)) || line.charAt(at) == '_');
    }

    /** What begins at a place: a string in quotes, a word, a path, or one sign. */
    Extent at(Place start) {
        if (start.line() > lines.size()) {
            return new Extent(start, start, false);
        }
        String text = lines.get(start.line() - 1);
        int from = offset(text, start.column());
        return new Extent(start, place(text, start.line() - 1, end(text, from)), false);
    }

    private static int end(String text, int from) {
        if (from >= text.length()) {
            return text.length();
        }
        char first = text.charAt(from);
        if (first == '"' || first == '\'') {
            int close = text.indexOf(first, from + 1);
            return close < 0 ? text.length() : close + 1;
        }
        int at = from;
        while (at < text.length() && (isPart(text, at) || ".-".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return Math.max(at, text.offsetByCodePoints(from, 1));
    }

    private static int offset(String text, int column) {
        int points = Math.min(column - 1, text.codePointCount(0, text.length()));
        return text.offsetByCodePoints(0, points);
    }

    private static Place place(String text, int line, int offset) {
        return new Place(line + 1, text.codePointCount(0, offset) + 1);
    }
}
