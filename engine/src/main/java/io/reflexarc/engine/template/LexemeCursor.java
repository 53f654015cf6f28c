// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import io.reflexarc.engine.template.Lexeme.Kind;
import java.util.List;
import java.util.Locale;

/** A place in the lexemes of a template. */
final class LexemeCursor {
    private final List<Lexeme> lexemes;
    private int next;

    LexemeCursor(List<Lexeme> lexemes) {
        this.lexemes = lexemes;
    }

    Lexeme peek() {
        return lexemes.get(next);
    }

    Lexeme peekAfter() {
        return lexemes.get(Math.min(next + 1, lexemes.size() - 1));
    }

    Lexeme take() {
        Lexeme lexeme = peek();
        next = Math.min(next + 1, lexemes.size() - 1);
        return lexeme;
    }

    boolean accept(String operator) {
        boolean found = peek().is(operator);
        if (found) {
            take();
        }
        return found;
    }

    boolean acceptName(String name) {
        boolean found = peek().isName(name);
        if (found) {
            take();
        }
        return found;
    }

    Lexeme expect(Kind kind) {
        if (peek().kind() != kind) {
            throw new TemplateFailure(
                    "expected token '" + new Lexeme(kind, kind.name().toLowerCase(Locale.ROOT)).description()
                            + "', got '" + peek().description() + "'");
        }
        return take();
    }

    void expect(String operator) {
        if (!accept(operator)) {
            throw new TemplateFailure("expected token '" + operator + "', got '" + peek().description() + "'");
        }
    }

    void expectName(String name) {
        if (!acceptName(name)) {
            throw new TemplateFailure("expected token '" + name + "', got '" + peek().description() + "'");
        }
    }

    TemplateFailure unexpected() {
        return new TemplateFailure("unexpected '" + peek().description() + "'");
    }
}
