// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

/**
 * The longest text that every match of a regular expression holds, as far as it can be told by looking at the top level of
 * the expression only; the empty text where it cannot. Looking for it first is much cheaper than running the expression.
 */
final class RequiredText {
    private static final String NONE = "";

    private final String pattern;
    private final StringBuilder run = new StringBuilder();
    private String longest = NONE;
    private int at;

    private RequiredText(String pattern) {
        this.pattern = pattern;
    }

    /** Flags as {@link java.util.regex.Pattern} has them: any that changes what a letter means rules the answer out. */
    static String of(String pattern, int flags) {
        boolean plain = (flags & ~java.util.regex.Pattern.MULTILINE) == 0
                && !pattern.replace("(?:", "(").contains("(?")
                && !pattern.contains("\\Q")
                // here the bracket closes nothing
                && !pattern.contains("[]")
                && !pattern.contains("[^]")
                && pattern.chars().noneMatch(c -> Character.isSurrogate((char) c));
        return plain ? new RequiredText(pattern).found() : NONE;
    }

    private String found() {
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            switch (c) {
                case '|' -> {
                    return NONE;
                }
                case '(' -> skipGroup();
                case '[' -> skipClass();
                case '\\' -> escape();
                case '.', '^', '$', ')', ']' -> {
                    end();
                    at++;
                }
                case '*', '?', '{' -> optional();
                case '+' -> {
                    end();
                    at++;
                }
                default -> {
                    run.append(c);
                    at++;
                }
            }
        }
        end();
        return longest;
    }

    private void end() {
        if (run.length() > longest.length()) {
            longest = run.toString();
        }
        run.setLength(0);
    }

    /** What stands before it need not be there. */
    private void optional() {
        if (!run.isEmpty()) {
            run.setLength(run.length() - 1);
        }
        end();
        int close = pattern.charAt(at) == '{' ? pattern.indexOf('}', at) : at;
        at = close < 0 ? pattern.length() : close + 1;
    }

    /** A letter or digit after it makes a class, an anchor or a reference, some with an argument: the rest is not read. */
    private void escape() {
        if (at + 1 < pattern.length() && !Character.isLetterOrDigit(pattern.charAt(at + 1))) {
            run.append(pattern.charAt(at + 1));
            at += 2;
        } else if (at + 1 < pattern.length() && "dDwWsSbB".indexOf(pattern.charAt(at + 1)) >= 0) {
            end();
            at += 2;
        } else {
            end();
            giveUp();
        }
    }

    private void skipGroup() {
        end();
        int depth = 0;
        do {
            switch (pattern.charAt(at)) {
                case '(' -> depth++;
                case ')' -> depth--;
                case '\\' -> at++;
                case '[' -> {
                    skipClass();
                    at--;
                }
                default -> {
                    // inside a group nothing is required
                }
            }
            at++;
        } while (depth > 0 && at < pattern.length());
    }

    /** Classes may hold classes. */
    private void skipClass() {
        end();
        int depth = 0;
        do {
            switch (pattern.charAt(at)) {
                case '[' -> depth++;
                case ']' -> depth--;
                case '\\' -> at++;
                default -> {
                    // one of many characters
                }
            }
            at++;
        } while (depth > 0 && at < pattern.length());
    }

    /** A top-level alternative in what is not read would make nothing required. */
    private void giveUp() {
        if (pattern.indexOf('|', at) >= 0) {
            longest = NONE;
        }
        at = pattern.length();
    }
}
