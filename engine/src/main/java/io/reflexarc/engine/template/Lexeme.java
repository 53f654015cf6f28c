// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

/**
 * A word of an expression, or a stretch of text between expressions.
 *
 * @param kind what it is
 * @param text without quotes and delimiters
 */
record Lexeme(Kind kind, String text) {
    /** Kinds of lexemes. */
    enum Kind {
        DATA,
        OUTPUT_BEGIN,
        OUTPUT_END,
        BLOCK_BEGIN,
        BLOCK_END,
        NAME,
        STRING,
        INTEGER,
        FLOAT,
        OPERATOR,
        END
    }

    boolean is(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }

    /** For messages. */
    String description() {
        return switch (kind) {
            case DATA -> "template data";
            case OUTPUT_BEGIN -> "begin of print statement";
            case OUTPUT_END -> "end of print statement";
            case BLOCK_BEGIN -> "begin of statement block";
            case BLOCK_END -> "end of statement block";
            case END -> "end of template";
            case NAME, STRING, INTEGER, FLOAT, OPERATOR -> text;
        };
    }
}
