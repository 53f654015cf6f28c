// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a text as a Python literal: numbers, strings, tuples, lists, mappings, {@code True False None}. */
final class PythonLiteral {
    private static final int MAX_DEPTH = 60;
    private static final int MAX_DIGITS = 4_300;
    private static final Pattern FLOAT = Pattern.compile(
            "(?:[0-9](?:_?[0-9])*\\.(?:[0-9](?:_?[0-9])*)?|\\.[0-9](?:_?[0-9])*)(?:[eE][+-]?[0-9](?:_?[0-9])*)?"
                    + "|[0-9](?:_?[0-9])*[eE][+-]?[0-9](?:_?[0-9])*");
    private static final Pattern INTEGER =
            Pattern.compile("0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[0-9a-fA-F])+|[1-9](?:_?[0-9])*|0(?:_?0)*");
    private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{M}\\p{Nd}_]*");

    private final String text;
    private int at;
    private int depth;

    private PythonLiteral(String text) {
        this.text = text;
    }

    /** The literal; empty where the text is none. */
    static Optional<Value> parse(String text) {
        if (!mayBeLiteral(text)) {
            return Optional.empty();
        }
        try {
            PythonLiteral literal = new PythonLiteral(text);
            Value value = literal.top();
            return Optional.of(value);
        } catch (NotALiteral | TemplateFailure | StackOverflowError e) {
            return Optional.empty();
        }
    }

    /** Most texts are none, and their first character says so. */
    private static boolean mayBeLiteral(String text) {
        return !text.isEmpty()
                && text.indexOf('\0') < 0
                && (text.charAt(0) == '\n' || "([{'\"-+.0123456789TFNrRuU#\\".indexOf(text.charAt(0)) >= 0);
    }

    private Value top() {
        while (at < text.length() && text.charAt(at) == '\n') {
            at++;
        }
        Value first = value();
        skip(false);
        if (at < text.length() && text.charAt(at) == ',') {
            first = openTuple(first);
        }
        skip(true);
        if (at < text.length()) {
            throw new NotALiteral();
        }
        return first;
    }

    private Value openTuple(Value first) {
        List<Value> items = new ArrayList<>(List.of(first));
        while (accept(',', false)) {
            skip(false);
            if (at == text.length() || text.charAt(at) == '\n') {
                break;
            }
            items.add(value());
            skip(false);
        }
        return new Value.Seq(items, Value.Kind.TUPLE);
    }

    private Value value() {
        if (at == text.length() || ++depth > MAX_DEPTH) {
            throw new NotALiteral();
        }
        char c = text.charAt(at);
        Value value = switch (c) {
            case '(' -> tuple();
            case '[' -> list();
            case '{' -> dict();
            case '-', '+' -> signed(c);
            default -> scalar();
        };
        depth--;
        return value;
    }

    private Value signed(char sign) {
        at++;
        skip(false);
        return switch (number().orElseThrow(NotALiteral::new)) {
            case Value.Int whole -> new Value.Int(sign == '-' ? whole.number().negate() : whole.number());
            case Value.Float decimal -> new Value.Float(sign == '-' ? -decimal.number() : decimal.number());
            default -> throw new NotALiteral();
        };
    }

    private Value scalar() {
        Optional<Value> number = number();
        if (number.isPresent()) {
            return number.get();
        }
        Optional<String> string = string();
        if (string.isPresent()) {
            return strings(string.get());
        }
        return switch (match(WORD).orElseThrow(NotALiteral::new)) {
            case "True" -> Value.TRUE;
            case "False" -> Value.FALSE;
            case "None" -> Value.NONE;
            default -> throw new NotALiteral();
        };
    }

    /** Strings that stand side by side are one. */
    private Value strings(String first) {
        StringBuilder all = new StringBuilder(first);
        while (true) {
            int before = at;
            skip(depth > 1);
            Optional<String> next = string();
            if (next.isEmpty()) {
                at = before;
                return Value.of(all.toString());
            }
            all.append(next.get());
        }
    }

    private Optional<Value> number() {
        Optional<String> decimal = match(FLOAT);
        Optional<String> whole = decimal.isPresent() ? Optional.empty() : match(INTEGER);
        if (decimal.isEmpty() && whole.isEmpty()) {
            return Optional.empty();
        }
        if (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            throw new NotALiteral();
        }
        return Optional.of(decimal.map(PythonLiteral::decimal).orElseGet(() -> whole(whole.orElseThrow())));
    }

    private static Value decimal(String written) {
        double value = Double.parseDouble(written.replace("_", ""));
        if (Double.isInfinite(value)) {
            throw new NotALiteral();
        }
        return new Value.Float(value);
    }

    private static Value whole(String written) {
        String digits = written.replace("_", "").toLowerCase(Locale.ROOT);
        if (digits.length() > MAX_DIGITS) {
            throw new NotALiteral();
        }
        int radix = digits.startsWith("0x") ? 16 : digits.startsWith("0o") ? 8 : digits.startsWith("0b") ? 2 : 10;
        return new Value.Int(new BigInteger(radix == 10 ? digits : digits.substring(2), radix));
    }

    private Optional<String> string() {
        int quote = at < text.length() && "rRuU".indexOf(text.charAt(at)) >= 0 ? at + 1 : at;
        if (quote >= text.length() || (text.charAt(quote) != '\'' && text.charAt(quote) != '"')) {
            return Optional.empty();
        }
        int end = Escapes.end(text, quote);
        if (end < 0) {
            throw new NotALiteral();
        }
        String body = text.substring(quote + 1, end - 1);
        if (body.indexOf('\n') >= 0) {
            throw new NotALiteral();
        }
        boolean raw = Character.toLowerCase(text.charAt(at)) == 'r';
        at = end;
        return Optional.of(raw ? body : Escapes.unescape(body));
    }

    private Value tuple() {
        at++;
        List<Value> items = new ArrayList<>();
        boolean comma = false;
        while (!accept(')', true)) {
            requireComma(items, comma);
            items.add(value());
            comma = accept(',', true);
        }
        return items.size() == 1 && !comma ? items.getFirst() : new Value.Seq(items, Value.Kind.TUPLE);
    }

    private Value list() {
        at++;
        List<Value> items = new ArrayList<>();
        boolean comma = false;
        while (!accept(']', true)) {
            requireComma(items, comma);
            items.add(value());
            comma = accept(',', true);
        }
        return Value.list(items);
    }

    private static void requireComma(List<Value> items, boolean comma) {
        if (!items.isEmpty() && !comma) {
            throw new NotALiteral();
        }
    }

    private Value dict() {
        at++;
        Map<Value, Value> entries = new LinkedHashMap<>();
        boolean comma = true;
        while (!accept('}', true)) {
            if (!comma) {
                throw new NotALiteral();
            }
            Value key = value();
            if (!accept(':', true)) {
                throw new NotALiteral();
            }
            skip(true);
            entries.put(key, value());
            comma = accept(',', true);
        }
        return new Value.Dict(entries);
    }

    private boolean accept(char c, boolean lineEnds) {
        skip(lineEnds);
        boolean found = at < text.length() && text.charAt(at) == c;
        at += found ? 1 : 0;
        if (!found && lineEnds && at == text.length()) {
            throw new NotALiteral();
        }
        return found;
    }

    /** Passes blanks and comments, and line ends too where brackets are open. */
    private void skip(boolean lineEnds) {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == ' ' || c == '\t' || c == '\f' || (lineEnds && (c == '\n' || c == '\r'))) {
                at++;
            } else {
                return;
            }
        }
    }

    private Optional<String> match(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        at = matcher.end();
        return Optional.of(matcher.group());
    }

    /** Ends the reading of what is no literal; never leaves this class. */
    private static final class NotALiteral extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotALiteral() {
            super("not a literal", null, false, false);
        }
    }
}
