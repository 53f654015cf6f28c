// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.condition;

/** What a part of a condition turned out to be, with its place in the text, brackets around it included. */
sealed interface Operand {
    int start();

    int end();

    /**
     * Something to compare.
     *
     * @param variable whether it was written as {@code vars.…}
     */
    record Value(Expression expression, boolean variable, int start, int end) implements Operand {}

    /** Something that is true or not. */
    record Test(Condition condition, int start, int end) implements Operand {}
}
