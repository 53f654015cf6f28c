// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON as Python writes it, only ASCII. */
final class JsonWriter {
    private final Optional<String> indent;
    private final boolean sorted;
    private final boolean html;
    private final StringBuilder out = new StringBuilder();

    private JsonWriter(Optional<String> indent, boolean sorted, boolean html) {
        this.indent = indent;
        this.sorted = sorted;
        this.html = html;
    }

    /** As {@code json.dumps} does it. */
    static String plain(Value value, int indent, boolean sorted) {
        Optional<String> step = indent > 0 ? Optional.of(" ".repeat(Math.min(100, indent))) : Optional.empty();
        JsonWriter writer = new JsonWriter(step, sorted, false);
        writer.write(value.json(), "\n");
        return writer.out.toString();
    }

    /** As the filter {@code tojson} does it: keys sorted, safe inside HTML. */
    static String write(Value value, Optional<Value> indent) {
        Optional<String> step = indent.filter(width -> !(width instanceof Value.None))
                .map(width -> new Arguments("tojson", List.of(width), Map.of()))
                .map(width -> " ".repeat(Math.min(100, Formats.width(width.number(0, "indent")))));
        JsonWriter writer = new JsonWriter(step, true, true);
        writer.write(value.json(), "\n");
        return writer.out.toString();
    }

    private void write(JsonNode node, String line) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(node.properties());
                if (sorted) {
                    fields.sort(Map.Entry.comparingByKey());
                }
                List<Runnable> members = new ArrayList<>();
                String inner = line + indent.orElse("");
                for (Map.Entry<String, JsonNode> field : fields) {
                    members.add(() -> {
                        text(field.getKey());
                        out.append(": ");
                        write(field.getValue(), inner);
                    });
                }
                members('{', members, line, '}');
            }
            case ARRAY -> {
                List<Runnable> members = new ArrayList<>();
                String inner = line + indent.orElse("");
                node.forEach(item -> members.add(() -> write(item, inner)));
                members('[', members, line, ']');
            }
            case STRING -> text(node.textValue());
            default -> out.append(node.isFloatingPointNumber() ? Texts.str(Value.of(node)) : node.asText());
        }
    }

    private void members(char open, List<Runnable> members, String line, char close) {
        out.append(open);
        String separator = indent.isPresent() ? "," : ", ";
        for (int i = 0; i < members.size(); i++) {
            out.append(i > 0 ? separator : "")
                    .append(indent.map(step -> line + step).orElse(""));
            members.get(i).run();
        }
        out.append(members.isEmpty() ? "" : indent.map(step -> line).orElse("")).append(close);
    }

    private void text(String text) {
        out.append('"');
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < ' ' || c > '~' || (html && "<>&'".indexOf(c) >= 0)) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
