// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import io.reflexarc.engine.template.Value.None;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** The filters that rulebooks have beside those of Jinja2. */
final class RulebookFilters {
    private RulebookFilters() {}

    static Value apply(Evaluation evaluation, String name, Value value, Arguments arguments) {
        if (name.equals("bool")) {
            return bool(value);
        }
        if (value instanceof None) {
            return Value.of("");
        }
        String text = Texts.str(value);
        return switch (name) {
            case "regex_replace" -> Value.of(RegexReplace.replace(evaluation.meter(), text, arguments));
            case "basename" -> Value.of(text.substring(text.lastIndexOf('/') + 1));
            case "dirname" -> Value.of(directory(text));
            default -> Value.of(normalized(text));
        };
    }

    private static Value bool(Value value) {
        return switch (Texts.str(value).toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1", "on", "t", "y" -> Value.TRUE;
            case "false", "no", "0", "off", "f", "n", "", "none" -> Value.FALSE;
            default ->
                throw new TemplateFailure("Cannot convert " + Texts.repr(value)
                        + " to boolean. Expected: true/false, yes/no, 1/0, on/off, t/f, y/n");
        };
    }

    private static String directory(String path) {
        String head = path.substring(0, path.lastIndexOf('/') + 1);
        boolean onlySlashes = head.chars().allMatch(c -> c == '/');
        int end = head.length();
        while (!onlySlashes && end > 0 && head.charAt(end - 1) == '/') {
            end--;
        }
        return head.substring(0, end);
    }

    /** As POSIX has it, two leading slashes may mean something, three do not. */
    private static String normalized(String path) {
        if (path.isEmpty()) {
            return ".";
        }
        String root = path.startsWith("//") && !path.startsWith("///") ? "//" : path.startsWith("/") ? "/" : "";
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/", -1)) {
            boolean up = part.equals("..");
            if (up && !parts.isEmpty() && !parts.getLast().equals("..")) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".") && !(up && !root.isEmpty())) {
                parts.addLast(part);
            }
        }
        String normalized = root + String.join("/", parts);
        return normalized.isEmpty() ? "." : normalized;
    }
}
