// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.condition;

import java.util.List;

/**
 * A condition as a tree. Three-valued: where a field that a part needs is missing, the part is undefined, which counts as
 * false and stays false under {@code not}.
 */
public sealed interface Condition {
    /** As written, for explanations. */
    String text();

    /** Both. {@code and} and {@code or} have the same precedence and group from the left. */
    record And(Condition left, Condition right, String text) implements Condition {}

    /** One or both. */
    record Or(Condition left, Condition right, String text) implements Condition {}

    /** Negation, pushed inwards onto the parts by evaluation. */
    record Not(Condition condition, String text) implements Condition {}

    /** {@code ==  !=  <  <=  >  >=}. */
    record Compare(Expression left, Comparison operator, Expression right, String text) implements Condition {}

    /**
     * {@code item in list}, {@code list contains item} and their negations.
     *
     * @param item looked for
     * @param list looked in
     * @param negated {@code not in}, {@code not contains}
     * @param contains written as {@code list contains item}
     */
    record Membership(Expression item, Expression list, boolean negated, boolean contains, String text)
            implements Condition {}

    /** {@code is defined}, {@code is not defined}. */
    record Defined(Expression.Path path, boolean negated, String text) implements Condition {}

    /** {@code is match(…)}, {@code is search(…)}, {@code is regex(…)} and {@code is not …}. */
    record Search(
            Expression subject,
            SearchKind kind,
            Expression pattern,
            boolean ignoreCase,
            boolean multiline,
            boolean negated,
            String text)
            implements Condition {}

    /** {@code is select(operator, value)} and {@code is not select}. The operator is as written, lower case. */
    record Select(Expression list, String operator, Expression value, boolean negated, String text)
            implements Condition {}

    /** {@code is selectattr(key, operator, value)} and {@code is not selectattr}. */
    record SelectAttr(
            Expression list, List<String> key, String operator, Expression value, boolean negated, String text)
            implements Condition {
        public SelectAttr {
            key = List.copyOf(key);
        }
    }

    /** An expression alone: true when its value is {@code true}. */
    record Bare(Expression expression, String text) implements Condition {}

    /** Operators of {@link Compare}. */
    enum Comparison {
        EQUAL("=="),
        NOT_EQUAL("!="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String symbol;

        Comparison(String symbol) {
            this.symbol = symbol;
        }

        /** As written. */
        public String symbol() {
            return symbol;
        }
    }

    /** Kinds of {@link Search}. */
    enum SearchKind {
        MATCH,
        SEARCH,
        REGEX
    }
}
