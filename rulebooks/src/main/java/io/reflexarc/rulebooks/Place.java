// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

/**
 * A place in a rulebook's text.
 *
 * @param line 1-based
 * @param column 1-based
 */
public record Place(int line, int column) {
    @Override
    public String toString() {
        return line + ":" + column;
    }
}
