// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An expression as a tree. */
sealed interface Expr {
    /** A constant. */
    record Constant(Value value) implements Expr {}

    /** A variable. */
    record Name(String name) implements Expr {}

    /** {@code [a, b]} or {@code (a, b)}. */
    record Items(List<Expr> items, Value.Kind kind) implements Expr {}

    /** {@code {a: b}}. */
    record Entries(List<Map.Entry<Expr, Expr>> entries) implements Expr {}

    /** {@code target.name}. */
    record Attribute(Expr target, String name) implements Expr {}

    /** {@code target[key]}. */
    record Item(Expr target, Expr key) implements Expr {}

    /** {@code target[from:to:step]}. */
    record Slice(Expr target, Optional<Expr> from, Optional<Expr> to, Optional<Expr> step) implements Expr {}

    /** {@code target(arguments)}. */
    record Call(Expr target, Args arguments) implements Expr {}

    /** {@code target | name(arguments)}. */
    record Filter(Expr target, String name, Args arguments) implements Expr {}

    /** {@code target is name(arguments)}. */
    record Test(Expr target, String name, Args arguments, boolean negated) implements Expr {}

    /** {@code + - * / // % ** ~}. */
    record Calculation(String operator, Expr left, Expr right) implements Expr {}

    /** {@code -x} and {@code +x}. */
    record Sign(boolean minus, Expr operand) implements Expr {}

    /** {@code a < b < c}. */
    record Comparison(Expr first, List<Map.Entry<String, Expr>> rest) implements Expr {}

    /** {@code and}. */
    record And(Expr left, Expr right) implements Expr {}

    /** {@code or}. */
    record Or(Expr left, Expr right) implements Expr {}

    /** {@code not}. */
    record Not(Expr operand) implements Expr {}

    /** {@code a if test else b}. */
    record Choice(Expr test, Expr then, Optional<Expr> otherwise) implements Expr {}

    /**
     * Arguments as written.
     *
     * @param positional in order
     * @param named by name
     */
    record Args(List<Expr> positional, Map<String, Expr> named) {
        static final Args NONE = new Args(List.of(), Map.of());
    }
}
