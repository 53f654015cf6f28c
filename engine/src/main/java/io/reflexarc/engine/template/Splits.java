// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Cutting strings as Python does. */
final class Splits {
    private Splits() {}

    static Value split(String text, Arguments arguments) {
        Optional<Value> separator = arguments.get(0, "sep").filter(value -> !(value instanceof Value.None));
        int limit = arguments.number(1, "maxsplit", -1);
        return Methods.texts(
                separator.isEmpty() ? blanks(text, limit) : split(text, requireSeparator(separator.get()), limit));
    }

    static Value splitFromRight(String text, Arguments arguments) {
        Optional<Value> separator = arguments.get(0, "sep").filter(value -> !(value instanceof Value.None));
        int limit = arguments.number(1, "maxsplit", -1);
        String reversed = reverse(text);
        List<String> parts = separator.isEmpty()
                ? blanks(reversed, limit)
                : split(reversed, reverse(requireSeparator(separator.get())), limit);
        List<String> mirrored =
                new ArrayList<>(parts.stream().map(Splits::reverse).toList());
        Collections.reverse(mirrored);
        return Methods.texts(mirrored);
    }

    static String reverse(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    private static String requireSeparator(Value separator) {
        String text = Texts.str(separator);
        if (text.isEmpty()) {
            throw new TemplateFailure("empty separator");
        }
        return text;
    }

    private static List<String> split(String text, String separator, int limit) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        int at = text.indexOf(separator);
        while (at >= 0 && (limit < 0 || parts.size() < limit)) {
            parts.add(text.substring(from, at));
            from = at + separator.length();
            at = text.indexOf(separator, from);
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static List<String> blanks(String text, int limit) {
        List<String> parts = new ArrayList<>();
        String rest = text.stripLeading();
        while (!rest.isEmpty()) {
            int end = 0;
            while (end < rest.length() && !Character.isWhitespace(rest.charAt(end))) {
                end++;
            }
            if (limit >= 0 && parts.size() == limit) {
                parts.add(rest.stripTrailing());
                return parts;
            }
            parts.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        return parts;
    }

    static Value partition(String text, String separator) {
        int at = text.indexOf(separator);
        return at < 0 ? Value.tuple(Value.of(text), Value.of(""), Value.of("")) : parts(text, at, separator);
    }

    static Value partitionFromRight(String text, String separator) {
        int at = text.lastIndexOf(separator);
        return at < 0 ? Value.tuple(Value.of(""), Value.of(""), Value.of(text)) : parts(text, at, separator);
    }

    private static Value parts(String text, int at, String separator) {
        return Value.tuple(
                Value.of(text.substring(0, at)),
                Value.of(separator),
                Value.of(text.substring(at + separator.length())));
    }

    static int count(String text, String part) {
        if (part.isEmpty()) {
            return text.codePointCount(0, text.length()) + 1;
        }
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }
}
