// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

/**
 * A string value and the part of the document that it was read from, so that a character of the value can be found in the
 * document again.
 *
 * @param value as read
 * @param document the whole text, by code points
 * @param start first code point of the scalar
 * @param end after the last
 */
record ScalarText(String value, int[] document, int start, int end) {
    /** The place of a character of the value, counted in UTF-16 units. Blanks and escapes are skipped as YAML folds them. */
    Place placeOf(int offset) {
        int at = skipHeader();
        int[] wanted = value.substring(0, Math.min(offset, value.length()))
                .codePoints()
                .toArray();
        for (int character : wanted) {
            if (!Character.isWhitespace(character)) {
                at = Math.min(find(character, at) + 1, end);
            }
        }
        while (offset < value.length() && at < end && !Character.isWhitespace(value.charAt(offset)) && isBlank(at)) {
            at++;
        }
        return place(at);
    }

    private boolean isBlank(int at) {
        return Character.isWhitespace(document[at]);
    }

    /** Past the quote, or past the line that announces a block. */
    private int skipHeader() {
        if (start >= end) {
            return start;
        }
        int at = start;
        if (document[at] == '|' || document[at] == '>') {
            while (at < end && document[at] != '\n') {
                at++;
            }
            return at;
        }
        return document[at] == '"' || document[at] == '\'' ? at + 1 : at;
    }

    private int find(int character, int from) {
        int at = from;
        while (at < end && document[at] != character) {
            at++;
        }
        return at < end ? at : from;
    }

    private Place place(int at) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < at; i++) {
            boolean newline = document[i] == '\n';
            line = newline ? line + 1 : line;
            column = newline ? 1 : column + 1;
        }
        return new Place(line, column);
    }
}
