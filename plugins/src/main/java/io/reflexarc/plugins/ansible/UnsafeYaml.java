// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes JSON as YAML for Ansible with every string, keys included, tagged {@code !unsafe}: Ansible takes such a string as
 * it is and never looks for a template in it. Without the tag, <code>{{ lookup('pipe', …) }}</code> in the payload of an event
 * would be run on the control node by the first task that prints the payload.
 */
final class UnsafeYaml {
    /**
     * Texts that YAML 1.1 takes for something else than a string. Ansible asks that question of a string tagged unsafe even
     * when it is quoted, so these are tagged as strings; none of them can hold a template. Python's {@code $} also matches before a
     * final line feed.
     */
    private static final Pattern NOT_A_STRING_TO_YAML =
            Pattern.compile("(?:(?i:y|n|yes|no|true|false|on|off|null)?|~|=|<<|[!&*]"
                    + "|[-+]?[0-9.][0-9a-fA-FxXoObB_.:+-]*|[-+]?\\.(?i:inf|nan)|[0-9][0-9TtZz:.+ \\t-]*)\n?");

    private final StringBuilder out = new StringBuilder();

    private UnsafeYaml() {}

    static String of(JsonNode tree) {
        UnsafeYaml yaml = new UnsafeYaml();
        yaml.write(tree);
        return yaml.out.append('\n').toString();
    }

    private void write(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> object(node);
            case ARRAY -> array(node);
            case STRING -> string(node.textValue());
            case NUMBER -> number(node);
            case BOOLEAN -> out.append(node.booleanValue());
            case NULL, MISSING -> out.append("null");
            case BINARY, POJO -> throw new IllegalArgumentException("not of a JSON text: " + node.getNodeType());
        }
    }

    private void object(JsonNode node) {
        out.append('{');
        Iterator<Map.Entry<String, JsonNode>> fields = node.properties().iterator();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            // The question mark: a key may be longer than the 1024 characters that a simple one may have
            out.append("? ");
            string(field.getKey());
            out.append(" : ");
            write(field.getValue());
            out.append(fields.hasNext() ? ", " : "");
        }
        out.append('}');
    }

    private void array(JsonNode node) {
        out.append('[');
        for (int i = 0; i < node.size(); i++) {
            out.append(i == 0 ? "" : ", ");
            write(node.get(i));
        }
        out.append(']');
    }

    /** PyYAML reads 1E5 and 1.0E5 as strings unless told otherwise. */
    private void number(JsonNode node) {
        out.append(node.isIntegralNumber() ? "!!int \"" : "!!float \"")
                .append(node.asText())
                .append('"');
    }

    private void string(String text) {
        out.append(NOT_A_STRING_TO_YAML.matcher(text).matches() ? "!!str \"" : "!unsafe \"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c >= ' ' && c < 0x7F) {
                out.append((char) c);
            } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                out.append("\\uFFFD");
            } else {
                // Unlike JSON, YAML does not join two \\u escapes into one character
                out.append(c > 0xFFFF ? "\\U%08X".formatted(c) : "\\u%04X".formatted(c));
            }
        });
        out.append('"');
    }
}
