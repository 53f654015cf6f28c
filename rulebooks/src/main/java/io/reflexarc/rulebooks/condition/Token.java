// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.condition;

import io.reflexarc.rulebooks.condition.Expression.Step;
import java.util.List;

/** A word of a condition, from {@code start} up to but not including {@code end}. */
sealed interface Token {
    int start();

    int end();

    /** A bare word: keyword, function or string. */
    record Word(String text, int start, int end) implements Token {}

    /** Digits, with fraction and exponent; never signed. */
    record Digits(String text, int start, int end) implements Token {}

    /** A quoted string without its quotes. */
    record Quoted(String text, int start, int end) implements Token {}

    /** {@code event.a["b"][0]}: the word it begins with, and its steps. */
    record PathToken(String prefix, List<Step> steps, int start, int end) implements Token {}

    /** An operator or a bracket. */
    record Symbol(String text, int start, int end) implements Token {}

    /** After the last. */
    record End(int start, int end) implements Token {}

    /** Whether it is this symbol. */
    default boolean is(String symbol) {
        return this instanceof Symbol token && token.text().equals(symbol);
    }

    /** Whether it is this word, in just these letters. */
    default boolean isWord(String word) {
        return this instanceof Word token && token.text().equals(word);
    }

    /** Whether it is this word, in letters of any case. */
    default boolean isWordOfAnyCase(String word) {
        return this instanceof Word token && token.text().equalsIgnoreCase(word);
    }
}
