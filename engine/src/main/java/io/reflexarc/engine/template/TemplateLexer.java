// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import io.reflexarc.engine.template.Lexeme.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a template into text and the words of its expressions. One line end at the end of the template is dropped. */
final class TemplateLexer {
    private static final Pattern BEGIN = Pattern.compile("\\{\\{|\\{%|\\{#");
    private static final Pattern RAW = Pattern.compile("\\{%[-+]?\\s*raw\\s*(-?)%}");
    private static final Pattern END_RAW = Pattern.compile("\\{%([-+]?)\\s*endraw\\s*(-?|\\+?)%}");
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{M}\\p{Nd}_]*");
    private static final Pattern FLOAT = Pattern.compile(
            "[0-9](?:_?[0-9])*(?:\\.[0-9](?:_?[0-9])*(?:[eE][+-]?[0-9](?:_?[0-9])*)?|[eE][+-]?[0-9](?:_?[0-9])*)");
    private static final Pattern INTEGER =
            Pattern.compile("0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[0-9a-fA-F])+|[1-9](?:_?[0-9])*|0(?:_?0)*");
    private static final List<String> OPERATORS = List.of(
            "**", "//", "==", "!=", ">=", "<=", "+", "-", "*", "/", "%", "~", "(", ")", "[", "]", "{", "}", ">", "<",
            "=", ".", ":", "|", ",", ";");

    private final String text;
    private final List<Lexeme> lexemes = new ArrayList<>();
    private int at;
    /** Whether the text that follows loses its leading blanks. */
    private boolean trimNext;

    private TemplateLexer(String text) {
        this.text = text;
    }

    static List<Lexeme> lexemes(String template) {
        String text = template.replace("\r\n", "\n").replace('\r', '\n');
        return new TemplateLexer(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text).all();
    }

    private List<Lexeme> all() {
        Matcher begin = BEGIN.matcher(text);
        while (begin.find(at)) {
            data(text.substring(at, begin.start()), trimsBefore(begin.end()));
            at = begin.start();
            switch (begin.group()) {
                case "{#" -> comment();
                case "{{" -> expression(Kind.OUTPUT_BEGIN, Kind.OUTPUT_END, "}}");
                default -> block();
            }
        }
        data(text.substring(at), false);
        lexemes.add(new Lexeme(Kind.END, ""));
        return lexemes;
    }

    private boolean trimsBefore(int afterBegin) {
        return afterBegin < text.length() && text.charAt(afterBegin) == '-';
    }

    private void data(String data, boolean trimEnd) {
        String kept = trimNext ? data.stripLeading() : data;
        kept = trimEnd ? kept.stripTrailing() : kept;
        trimNext = false;
        if (!kept.isEmpty()) {
            lexemes.add(new Lexeme(Kind.DATA, kept));
        }
    }

    private void comment() {
        int end = text.indexOf("#}", at + 2);
        if (end < 0) {
            throw new TemplateFailure("Missing end of comment tag");
        }
        trimNext = text.charAt(end - 1) == '-';
        at = end + 2;
    }

    private void block() {
        Matcher raw = RAW.matcher(text).region(at, text.length());
        if (!raw.lookingAt()) {
            expression(Kind.BLOCK_BEGIN, Kind.BLOCK_END, "%}");
            return;
        }
        Matcher end = END_RAW.matcher(text);
        if (!end.find(raw.end())) {
            throw new TemplateFailure("Missing end of raw directive");
        }
        trimNext = raw.group(1).equals("-");
        data(text.substring(raw.end(), end.start()), end.group(1).equals("-"));
        trimNext = end.group(2).equals("-");
        at = end.end();
    }

    private void expression(Kind begin, Kind end, String close) {
        at += 2;
        if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            at++;
        }
        lexemes.add(new Lexeme(begin, ""));
        Deque<String> open = new ArrayDeque<>();
        while (true) {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (at == text.length()) {
                return;
            }
            if (open.isEmpty() && closes(close, end)) {
                return;
            }
            Lexeme word = word();
            balance(word, open);
            lexemes.add(word);
        }
    }

    private boolean closes(String close, Kind end) {
        boolean trims = text.startsWith("-" + close, at);
        if (!trims && !text.startsWith(close, at)) {
            return false;
        }
        at += trims ? close.length() + 1 : close.length();
        trimNext = trims;
        lexemes.add(new Lexeme(end, ""));
        return true;
    }

    private static void balance(Lexeme word, Deque<String> open) {
        if (word.kind() != Kind.OPERATOR) {
            return;
        }
        switch (word.text()) {
            case "(" -> open.push(")");
            case "[" -> open.push("]");
            case "{" -> open.push("}");
            case ")", "]", "}" -> {
                if (open.isEmpty()) {
                    throw new TemplateFailure("unexpected '" + word.text() + "'");
                }
                String expected = open.pop();
                if (!expected.equals(word.text())) {
                    throw new TemplateFailure("unexpected '" + word.text() + "', expected '" + expected + "'");
                }
            }
            default -> {}
        }
    }

    private Lexeme word() {
        char quote = text.charAt(at);
        int end = quote == '\'' || quote == '"' ? Escapes.end(text, at) : -1;
        if (end > 0) {
            String body = text.substring(at + 1, end - 1);
            at = end;
            return new Lexeme(Kind.STRING, Escapes.unescape(body));
        }
        Optional<Lexeme> found =
                match(FLOAT, Kind.FLOAT).or(() -> match(INTEGER, Kind.INTEGER)).or(() -> match(NAME, Kind.NAME));
        if (found.isPresent()) {
            return found.get();
        }
        for (String operator : OPERATORS) {
            if (text.startsWith(operator, at)) {
                at += operator.length();
                return new Lexeme(Kind.OPERATOR, operator);
            }
        }
        throw new TemplateFailure("unexpected char '" + Character.toString(text.codePointAt(at)) + "' at " + at);
    }

    private Optional<Lexeme> match(Pattern pattern, Kind kind) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        at = matcher.end();
        return Optional.of(new Lexeme(kind, matcher.group()));
    }
}
