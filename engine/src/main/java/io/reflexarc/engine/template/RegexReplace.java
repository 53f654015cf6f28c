// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The filter {@code regex_replace}, with Python's regular expressions as far as Java's are the same. */
final class RegexReplace {
    /**
     * How often matching may look at a character: a pattern that goes back and forth is stopped, the same on every replay.
     */
    private static final int MAX_LOOKS = 100_000;

    /** And this often more for each character of the text. */
    private static final int LOOKS_PER_CHARACTER = 20;

    private static final Pattern GROUP = Pattern.compile("\\\\(?:([0-9]{1,2})|g<([A-Za-z_0-9]+)>|(.))", Pattern.DOTALL);

    private RegexReplace() {}

    static String replace(Meter meter, String text, Arguments arguments) {
        String regex = arguments.text(0, "pattern", "");
        String replacement = arguments.text(1, "replacement", "");
        int limit = arguments.number(2, "count", 0);
        int mandatory = arguments.number(5, "mandatory_count", 0);
        try {
            Matcher matcher = matcher(
                    text, regex, arguments.flag(3, "ignore_case", false), arguments.flag(4, "multiline", false));
            StringBuilder out = new StringBuilder();
            int from = 0;
            int found = 0;
            while ((limit <= 0 || found < limit) && matcher.find()) {
                String with = expand(replacement, matcher);
                meter.step();
                meter.characters(with.length());
                out.append(text, from, matcher.start()).append(with);
                from = matcher.end();
                found++;
            }
            if (mandatory > 0 && found < mandatory) {
                throw new TemplateFailure("Regex replace failed: expected at least " + mandatory
                        + " replacements, but only found " + found + ".");
            }
            return out.append(text, from, text.length()).toString();
        } catch (StackOverflowError e) {
            throw new TemplateFailure("the pattern goes too deep on this text");
        }
    }

    /** A match in steps that are counted; it throws when there are too many. */
    static Matcher matcher(String text, String regex, boolean ignoreCase, boolean multiline) {
        int flags = Pattern.UNIX_LINES | Pattern.UNICODE_CHARACTER_CLASS;
        flags |= ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
        flags |= multiline ? Pattern.MULTILINE : 0;
        return compile(regex, flags).matcher(new CountedText(text, new int[1]));
    }

    private static Pattern compile(String regex, int flags) {
        String java = regex.replace("(?P<", "(?<").replaceAll("\\(\\?P=([A-Za-z_]\\w*)\\)", "\\\\k<$1>");
        try {
            return Pattern.compile(java, flags);
        } catch (PatternSyntaxException e) {
            throw new TemplateFailure(
                    e.getDescription().startsWith("Unclosed group")
                            ? "missing ), unterminated subpattern at position " + unclosed(regex)
                            : e.getDescription() + " at position " + Math.max(0, e.getIndex()));
        }
    }

    /** Where the innermost group that is never closed begins. */
    private static int unclosed(String regex) {
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < regex.length(); i++) {
            switch (regex.charAt(i)) {
                case '\\' -> i++;
                case '(' -> open.push(i);
                case ')' -> open.poll();
                default -> {}
            }
        }
        return open.isEmpty() ? 0 : open.peek();
    }

    /** {@code \1} and {@code \g<name>} stand for groups, {@code \n} and {@code \t} for what they mean in Python. */
    private static String expand(String replacement, Matcher match) {
        if (replacement.indexOf('\\') < 0) {
            return replacement;
        }
        Matcher escape = GROUP.matcher(replacement);
        StringBuilder out = new StringBuilder();
        while (escape.find()) {
            escape.appendReplacement(out, Matcher.quoteReplacement(expand(escape, match)));
        }
        return escape.appendTail(out).toString();
    }

    private static String expand(Matcher escape, Matcher match) {
        if (escape.group(1) != null) {
            return group(match, Integer.parseInt(escape.group(1)));
        }
        if (escape.group(2) != null) {
            String name = escape.group(2);
            boolean number = name.length() < 3 && name.chars().allMatch(Character::isDigit);
            return number ? group(match, Integer.parseInt(name)) : named(match, name);
        }
        return Escapes.unescape(escape.group());
    }

    private static String group(Matcher match, int group) {
        if (group > match.groupCount()) {
            throw new TemplateFailure("invalid group reference " + group);
        }
        String found = match.group(group);
        return found == null ? "" : found;
    }

    private static String named(Matcher match, String name) {
        if (!match.namedGroups().containsKey(name)) {
            throw new TemplateFailure("unknown group name '" + name + "'");
        }
        String found = match.group(name);
        return found == null ? "" : found;
    }

    /** A text that counts how often it is looked at. */
    private record CountedText(String text, int[] looks) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++looks[0] > MAX_LOOKS + (long) text.length() * LOOKS_PER_CHARACTER) {
                throw new TemplateFailure("the pattern takes too many steps on this text");
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
