// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.condition;

import java.util.ArrayList;
import java.util.List;

/** A place in the tokens of a condition, and what was found wrong so far without ending the reading. */
final class TokenCursor {
    private static final int MAX_DEPTH = 100;

    private final String text;
    private final List<Token> tokens;
    private final List<ConditionError> problems = new ArrayList<>();
    private int next;
    private int depth;

    TokenCursor(String text) {
        this.text = text;
        this.tokens = ConditionLexer.tokens(text);
    }

    List<Token> tokens() {
        return tokens;
    }

    List<ConditionError> problems() {
        return problems;
    }

    void problem(ConditionError problem) {
        problems.add(problem);
    }

    Token peek() {
        return tokens.get(next);
    }

    Token peekAfter() {
        return tokens.get(Math.min(next + 1, tokens.size() - 1));
    }

    Token take() {
        Token token = peek();
        if (next < tokens.size() - 1) {
            next++;
        }
        return token;
    }

    void skipTo(int index) {
        next = index;
    }

    boolean accept(String symbol) {
        if (!peek().is(symbol)) {
            return false;
        }
        take();
        return true;
    }

    boolean acceptWord(String word) {
        if (!peek().isWord(word)) {
            return false;
        }
        take();
        return true;
    }

    /** Takes two keywords that stand exactly one blank apart, in letters of any case. */
    boolean acceptTwoWordsOfAnyCase(String first, String second) {
        if (!peek().isWordOfAnyCase(first) || !peekAfter().isWordOfAnyCase(second)) {
            return false;
        }
        requireOneBlank(peek(), peekAfter());
        take();
        take();
        return true;
    }

    void requireOneBlank(Token first, Token second) {
        if (!text.substring(first.end(), second.start()).equals(" ")) {
            throw new ConditionSyntax(
                    first.start(),
                    "exactly one blank must stand between \"" + word(first) + "\" and \"" + word(second) + "\"");
        }
    }

    void expect(String symbol, String where) {
        if (!accept(symbol)) {
            throw unexpected("\"" + symbol + "\" must follow " + where);
        }
    }

    /** A syntax error at the next token. */
    ConditionSyntax unexpected(String expectation) {
        Token token = peek();
        String found = token instanceof Token.End ? "the condition ends" : "found " + word(token);
        return new ConditionSyntax(token.start(), found + "; " + expectation);
    }

    String word(Token token) {
        return text.substring(token.start(), token.end());
    }

    String slice(int start, int end) {
        return text.substring(start, end);
    }

    /** Counts one more level of nesting; {@link #leave} must follow. */
    void enter() {
        if (++depth > MAX_DEPTH) {
            throw new ConditionSyntax(peek().start(), "the condition is nested too deeply");
        }
    }

    void leave() {
        depth--;
    }
}
