// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

/** Backslash escapes of Python strings. */
final class Escapes {
    private Escapes() {}

    /** Where the string that begins at a quote ends, the closing quote included; -1 where it does not. */
    static int end(String text, int start) {
        char quote = text.charAt(start);
        for (int at = start + 1; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == quote) {
                return at + 1;
            }
            at += c == '\\' ? 1 : 0;
        }
        return -1;
    }

    /** The text of a string without its quotes. An escape that is none stays as written. */
    static String unescape(String body) {
        if (body.indexOf('\\') < 0) {
            return body;
        }
        StringBuilder out = new StringBuilder(body.length());
        int at = 0;
        while (at < body.length()) {
            char c = body.charAt(at);
            if (c != '\\' || at + 1 == body.length()) {
                out.append(c);
                at++;
            } else {
                at = escape(body, at, out);
            }
        }
        return out.toString();
    }

    private static int escape(String body, int at, StringBuilder out) {
        char c = body.charAt(at + 1);
        return switch (c) {
            case '\n' -> at + 2;
            case '\\', '\'', '"' -> put(out, c, at + 2);
            case 'n' -> put(out, '\n', at + 2);
            case 't' -> put(out, '\t', at + 2);
            case 'r' -> put(out, '\r', at + 2);
            case 'f' -> put(out, '\f', at + 2);
            case 'b' -> put(out, '\b', at + 2);
            case 'a' -> put(out, '\u0007', at + 2);
            case 'v' -> put(out, '\u000B', at + 2);
            case 'x' -> code(body, at, 2, out);
            case 'u' -> code(body, at, 4, out);
            case 'U' -> code(body, at, 8, out);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(body, at + 1, out);
            default -> {
                out.append('\\');
                yield at + 1;
            }
        };
    }

    private static int put(StringBuilder out, char c, int next) {
        out.append(c);
        return next;
    }

    private static int code(String body, int at, int digits, StringBuilder out) {
        int end = at + 2 + digits;
        if (end > body.length()) {
            throw new TemplateFailure("truncated \\" + body.charAt(at + 1) + " escape");
        }
        try {
            int codePoint = Integer.parseUnsignedInt(body.substring(at + 2, end), 16);
            if (!Character.isValidCodePoint(codePoint)) {
                throw new TemplateFailure("illegal Unicode character");
            }
            out.appendCodePoint(codePoint);
            return end;
        } catch (NumberFormatException e) {
            throw new TemplateFailure("truncated \\" + body.charAt(at + 1) + " escape");
        }
    }

    private static int octal(String body, int start, StringBuilder out) {
        int end = start;
        while (end < body.length() && end < start + 3 && body.charAt(end) >= '0' && body.charAt(end) <= '7') {
            end++;
        }
        out.appendCodePoint(Integer.parseInt(body.substring(start, end), 8));
        return end;
    }
}
