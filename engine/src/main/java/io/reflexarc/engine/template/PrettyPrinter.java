// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values spread over lines of 80 columns as Python's module {@code pprint} does it: what fits stays on its line, names are
 * sorted, long strings are cut between words.
 */
final class PrettyPrinter {
    private static final int WIDTH = 80;
    private static final Pattern WORD = Pattern.compile("\\S*\\s*");
    private static final Pattern LINE = Pattern.compile("[^\\n\\r\\x0B\\f\\x1C-\\x1E\\x85\\u2028\\u2029]*"
            + "(?:\\r\\n|[\\n\\r\\x0B\\f\\x1C-\\x1E\\x85\\u2028\\u2029]|$)");

    private final StringBuilder out = new StringBuilder();

    private PrettyPrinter() {}

    static String format(JsonNode value) {
        PrettyPrinter printer = new PrettyPrinter();
        printer.write(sorted(value), 0, 0, 1);
        return printer.out.toString();
    }

    /** Names in order, at every depth. */
    private static JsonNode sorted(JsonNode value) {
        if (value.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode(value.size());
            value.forEach(item -> list.add(sorted(item)));
            return list;
        }
        if (!value.isObject()) {
            return value;
        }
        Map<String, JsonNode> fields = new TreeMap<>();
        value.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        fields.forEach(object::set);
        return object;
    }

    /**
     * Writes a value.
     *
     * @param indent columns before it
     * @param allowance columns that must stay free behind it
     * @param level 1 for the outermost
     */
    private void write(JsonNode value, int indent, int allowance, int level) {
        String whole = PythonText.repr(value);
        if (whole.codePointCount(0, whole.length()) <= WIDTH - indent - allowance) {
            out.append(whole);
            return;
        }
        switch (value.getNodeType()) {
            case OBJECT -> object(value, indent, allowance, level);
            case ARRAY -> array(value, indent, allowance, level);
            case STRING -> string(value.textValue(), indent, allowance, level);
            default -> out.append(whole);
        }
    }

    private void object(JsonNode value, int indent, int allowance, int level) {
        out.append('{');
        int left = value.size();
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            String name = quoted(field.getKey()) + ": ";
            out.append(name);
            left--;
            int column = indent + 1 + name.codePointCount(0, name.length());
            write(field.getValue(), column, left == 0 ? allowance + 1 : 1, level + 1);
            if (left > 0) {
                next(indent + 1);
            }
        }
        out.append('}');
    }

    private void array(JsonNode value, int indent, int allowance, int level) {
        out.append('[');
        int left = value.size();
        for (JsonNode item : value) {
            left--;
            write(item, indent + 1, left == 0 ? allowance + 1 : 1, level + 1);
            if (left > 0) {
                next(indent + 1);
            }
        }
        out.append(']');
    }

    private void next(int indent) {
        out.append(",\n").append(" ".repeat(indent));
    }

    /** A long string becomes several literals in a column; the outermost one stands in parentheses. */
    private void string(String text, int indent, int allowance, int level) {
        boolean outermost = level == 1;
        int column = outermost ? indent + 1 : indent;
        List<String> pieces = pieces(text, WIDTH - column, outermost ? allowance + 1 : allowance);
        if (pieces.size() <= 1) {
            out.append(quoted(text));
            return;
        }
        out.append(outermost ? "(" : "")
                .append(String.join("\n" + " ".repeat(column), pieces))
                .append(outermost ? ")" : "");
    }

    private static List<String> pieces(String text, int width, int allowance) {
        List<String> lines = parts(LINE, text);
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            boolean last = i == lines.size() - 1;
            if (fits(lines.get(i), last ? width - allowance : width)) {
                pieces.add(quoted(lines.get(i)));
            } else {
                cut(lines.get(i), width, last ? allowance : 0, pieces);
            }
        }
        return pieces;
    }

    private static void cut(String line, int width, int allowance, List<String> pieces) {
        List<String> words = parts(WORD, line);
        String current = "";
        for (int i = 0; i < words.size(); i++) {
            String longer = current + words.get(i);
            int room = i == words.size() - 1 ? width - allowance : width;
            if (fits(longer, room)) {
                current = longer;
            } else {
                if (!current.isEmpty()) {
                    pieces.add(quoted(current));
                }
                current = words.get(i);
            }
        }
        if (!current.isEmpty()) {
            pieces.add(quoted(current));
        }
    }

    private static List<String> parts(Pattern pattern, String text) {
        List<String> parts = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            if (!matcher.group().isEmpty()) {
                parts.add(matcher.group());
            }
        }
        return parts;
    }

    private static boolean fits(String text, int width) {
        String quoted = quoted(text);
        return quoted.codePointCount(0, quoted.length()) <= width;
    }

    private static String quoted(String text) {
        return Texts.repr(Value.of(text));
    }
}
