// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.condition;

import io.reflexarc.rulebooks.condition.Expression.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a condition into tokens. A path is one token, because no blank may stand inside it; the sign of a number is a
 * token of its own.
 */
final class ConditionLexer {
    /** More tokens than any condition that a person writes. */
    static final int MAX_TOKENS = 4_000;

    private static final Set<String> PATH_PREFIXES = Set.of("event", "events", "fact", "facts", "vars");
    private static final Set<String> LITERALS = Set.of("true", "True", "false", "False", "null");
    private static final List<String> SYMBOLS =
            List.of("<<", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ",", "=");
    private static final Pattern DIGITS = Pattern.compile("(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
    private static final Pattern INDEX = Pattern.compile("\\[([+-]?[0-9]+)]");
    private static final Pattern KEY = Pattern.compile("\\[(?:\"([^\"\\n]*)\"|'([^'\\n]*)')]");

    private final String text;
    private int at;

    private ConditionLexer(String text) {
        this.text = text;
    }

    /** The tokens in order, the last one an {@link Token.End}. */
    static List<Token> tokens(String text) {
        return new ConditionLexer(text).all();
    }

    private List<Token> all() {
        List<Token> tokens = new ArrayList<>();
        while (true) {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (at == text.length()) {
                tokens.add(new Token.End(at, at));
                return tokens;
            }
            if (tokens.size() == MAX_TOKENS) {
                throw new ConditionSyntax(at, "the condition is too long; split it into several rules");
            }
            tokens.add(next());
        }
    }

    private Token next() {
        char c = text.charAt(at);
        if (c == '"' || c == '\'') {
            return quoted(c);
        }
        if (c == '.' || isDigit(c)) {
            Matcher digits = DIGITS.matcher(text).region(at, text.length());
            if (digits.lookingAt()) {
                return digits(digits.group());
            }
        }
        if (isLetter(c)) {
            String word = text.substring(at, endOfWord());
            return PATH_PREFIXES.contains(word) ? path(word) : word(word);
        }
        int start = at;
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                at += symbol.length();
                return new Token.Symbol(symbol, start, at);
            }
        }
        throw new ConditionSyntax(start, unexpected(start));
    }

    private int endOfWord() {
        int end = at;
        while (end < text.length() && (isLetter(text.charAt(end)) || isDigit(text.charAt(end)))) {
            end++;
        }
        return end;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private String unexpected(int offset) {
        String character = Character.toString(text.codePointAt(offset));
        return switch (character) {
            case "|" -> "filters are not possible in a condition; compare the field itself";
            case "{" -> "write a template as a string, \"{{ name }}\", or the variable as vars.name";
            case "#" -> "a condition cannot hold a comment";
            case "!" -> "\"!\" means nothing here; write \"!=\" or \"not\"";
            default -> "unexpected \"" + character + "\"";
        };
    }

    private Token quoted(char quote) {
        int start = at;
        int end = text.indexOf(quote, start + 1);
        int newline = text.indexOf('\n', start);
        if (end < 0 || (newline >= 0 && newline < end)) {
            throw new ConditionSyntax(start, "the string that begins here has no closing " + quote + " on its line");
        }
        at = end + 1;
        return new Token.Quoted(unescape(text.substring(start + 1, end)), start, at);
    }

    /** Only four escapes exist; any other backslash stands for itself, as patterns need it. */
    private static String unescape(String raw) {
        return raw.replace("\\t", "\t")
                .replace("\\n", "\n")
                .replace("\\f", "\f")
                .replace("\\r", "\r");
    }

    private Token digits(String digits) {
        int start = at;
        at += digits.length();
        if (at < text.length() && (isIdentifierPart(text.charAt(at)) || text.charAt(at) == '.')) {
            throw new ConditionSyntax(start, "a number ends with a digit; put text in quotes");
        }
        return new Token.Digits(digits, start, at);
    }

    private Token word(String word) {
        int start = at;
        at += word.length();
        if (at < text.length() && text.charAt(at) == '.') {
            throw new ConditionSyntax(
                    start,
                    "a path begins with event, events, fact, facts or vars; did you mean \"event." + word + "\"?");
        }
        boolean broken = at < text.length() && isIdentifierPart(text.charAt(at));
        if (broken || (!LITERALS.contains(word) && beginsWithLiteral(word))) {
            throw new ConditionSyntax(start, "\"" + wholeWord(start) + "\" must be put in quotes");
        }
        return new Token.Word(word, start, at);
    }

    private static boolean beginsWithLiteral(String word) {
        for (String literal : LITERALS) {
            if (word.startsWith(literal)) {
                return true;
            }
        }
        return false;
    }

    private String wholeWord(int start) {
        int end = start;
        while (end < text.length() && isIdentifierPart(text.charAt(end))) {
            end++;
        }
        return text.substring(start, end);
    }

    private Token path(String prefix) {
        int start = at;
        at += prefix.length();
        if (at < text.length() && isIdentifierPart(text.charAt(at))) {
            throw new ConditionSyntax(
                    start, "\"" + wholeWord(start) + "\" must be put in quotes, or begin with event.");
        }
        List<Step> steps = new ArrayList<>();
        while (at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == '[')) {
            steps.add(text.charAt(at) == '.' ? name() : bracket());
        }
        return new Token.PathToken(prefix, List.copyOf(steps), start, at);
    }

    private Step name() {
        int start = at + 1;
        String name = start < text.length() && isIdentifierStart(text.charAt(start)) ? wholeWord(start) : "";
        if (name.isEmpty()) {
            throw new ConditionSyntax(
                    at,
                    "a name of letters, digits and _ must follow the dot; write [\"…\"] for another key, [0] for an item");
        }
        at = start + name.length();
        return new Step.Name(name);
    }

    private Step bracket() {
        Matcher index = INDEX.matcher(text).region(at, text.length());
        if (index.lookingAt()) {
            int start = at;
            at = index.end();
            return new Step.Index(index(index.group(1), start));
        }
        Matcher key = KEY.matcher(text).region(at, text.length());
        if (key.lookingAt()) {
            at = key.end();
            return new Step.Key(key.group(1) == null ? key.group(2) : key.group(1));
        }
        throw new ConditionSyntax(at, "only a whole number or a quoted key, without blanks, can stand in [ ]");
    }

    private static int index(String digits, int offset) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new ConditionSyntax(offset, "no list has that many items");
        }
    }

    private static boolean isIdentifierStart(char c) {
        return c == '_' || (c <= 0xFF && Character.isLetter(c));
    }

    private static boolean isIdentifierPart(char c) {
        return isIdentifierStart(c) || isDigit(c) || c == '\u00B7';
    }
}
