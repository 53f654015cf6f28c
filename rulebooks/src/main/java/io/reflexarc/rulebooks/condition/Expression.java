// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.condition;

import java.math.BigInteger;
import java.util.List;

/** A value in a condition: a literal, a path, or arithmetic on them. Variables have become literals already. */
public sealed interface Expression {
    /** A string. */
    record Text(String value) implements Expression {}

    /** A whole number of any size. */
    record Whole(BigInteger value) implements Expression {}

    /** A number with a fraction or exponent. */
    record Decimal(double value) implements Expression {}

    /** {@code true} or {@code false}. */
    record Truth(boolean value) implements Expression {}

    /** {@code null}. */
    record Null() implements Expression {}

    /** A list of scalars. */
    record ListOf(List<Expression> items) implements Expression {
        public ListOf {
            items = List.copyOf(items);
        }
    }

    /**
     * A path into the event itself ({@code event.a.b}; {@code event} and {@code fact} mean the same) or into what another
     * condition of the rule matched ({@code events.first.a}).
     *
     * @param binding empty string for the event itself, else the name of the other condition
     * @param steps at least one
     * @param text as written
     */
    record Path(String binding, List<Step> steps, String text) implements Expression {
        public Path {
            steps = List.copyOf(steps);
        }

        /** Whether it looks into what another condition matched. */
        public boolean foreign() {
            return !binding.isEmpty();
        }
    }

    /** {@code +  -  *  /}. */
    record Arithmetic(Expression left, char operator, Expression right) implements Expression {}

    /** One step of a path. */
    sealed interface Step {
        /** {@code .name}: on a list it collects the field of every element. */
        record Name(String name) implements Step {}

        /** {@code ["key"]}: a key of an object only. */
        record Key(String key) implements Step {}

        /** {@code [n]}: an element of a list, from the end when negative. */
        record Index(int index) implements Step {}
    }
}
