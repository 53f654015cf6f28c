// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.json;

import java.util.regex.Pattern;

/**
 * A shell-style pattern for a whole name, as Python's {@code fnmatch} reads it: {@code *}, {@code ?}, {@code [abc]}, {@code
 * [!abc]}; nothing else is special.
 */
public final class Glob {
    private final String text;
    private final Pattern pattern;

    /** Compiles it; every text is a pattern. */
    public Glob(String text) {
        this.text = text;
        this.pattern = Pattern.compile(expression(text), Pattern.DOTALL);
    }

    /** Whether all of the name fits. */
    public boolean matches(String name) {
        return text.equals(name) || pattern.matcher(name).matches();
    }

    private static String expression(String text) {
        StringBuilder expression = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int close = c == '[' ? closing(text, i) : -1;
            if (c == '*') {
                // Possessive where nothing follows; several in a row are one
                if (expression.length() < 2 || !expression.toString().endsWith(".*")) {
                    expression.append(".*");
                }
            } else if (c == '?') {
                expression.append('.');
            } else if (close > 0) {
                expression.append(set(text.substring(i + 1, close)));
                i = close;
            } else {
                expression.append(Pattern.quote(String.valueOf(c)));
            }
            i++;
        }
        return expression.toString();
    }

    /** Where a set ends; a bracket right after the opening one belongs to it. Negative when it is no set. */
    private static int closing(String text, int open) {
        int from = open + 1;
        if (from < text.length() && text.charAt(from) == '!') {
            from++;
        }
        return text.indexOf(']', from + 1);
    }

    private static String set(String inside) {
        boolean not = inside.startsWith("!");
        String members = (not ? inside.substring(1) : inside).replaceAll("([\\\\\\[\\]^&])", "\\\\$1");
        return (not ? "[^" : "[") + members + "]";
    }

    @Override
    public String toString() {
        return text;
    }
}
