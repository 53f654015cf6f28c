// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.reflexarc.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Verdicts on whole runs as lines, so that they can be compared and shown. The recording has put placeholders where a value
 * is another one in every run: whatever stands there and has the form of such a value is taken for the same.
 */
final class ActionVerdict {
    private static final List<String> LISTS = List.of("emitted", "output", "reports", "runs", "source_events");
    private static final Map<String, String> PLACEHOLDERS = Map.of(
            "<uuid>", "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
            "<time>", "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+(?:Z|[+-][0-9:]+)?|[0-9]{9,}(?:\\.[0-9]+)?",
            "<tmp>", "[^\\s]*");
    private static final Pattern PLACEHOLDER = Pattern.compile("<(?:uuid|time|tmp)>");

    private ActionVerdict() {}

    /** What was recorded. */
    static Verdict expected(RecordedCase recorded) {
        return lines(recorded.expected(), recorded.expected());
    }

    /** What was found, with the placeholders of what was recorded. */
    static Verdict found(RecordedCase recorded, ActionNotes notes) {
        return lines(aligned(recorded.expected(), notes.verdict()), recorded.expected());
    }

    /** Only what was recorded at all; where nothing happened, a recording has no list. */
    private static Verdict lines(JsonNode verdict, JsonNode recorded) {
        List<String> lines = new ArrayList<>();
        lines.add("exit code " + verdict.path("exit_code").asInt());
        for (String list : LISTS) {
            if (!list.equals("source_events") || recorded.has(list)) {
                verdict.path(list).forEach(item -> lines.add(list + ": " + Verdict.canonical(shown(item))));
            }
        }
        if (recorded.has("shutdown")) {
            lines.add("shutdown: " + Verdict.canonical(withoutEmptyPlugin(verdict.path("shutdown"))));
        }
        return new Verdict(lines);
    }

    private static JsonNode withoutEmptyPlugin(JsonNode shutdown) {
        if (shutdown instanceof ObjectNode given && given.path("source_plugin").asText().isEmpty()) {
            return given.deepCopy().without("source_plugin");
        }
        return shutdown;
    }

    /** Words of a failure are each program's own, and a report of one need not repeat the events. */
    private static JsonNode shown(JsonNode item) {
        if (item instanceof ObjectNode report && report.path("status").asText().equals("failed")) {
            ObjectNode copy = report.deepCopy();
            copy.remove(List.of("message", "matching_events"));
            return copy;
        }
        return item;
    }

    private static JsonNode aligned(JsonNode expected, JsonNode found) {
        if (expected.isTextual()) {
            boolean same = PLACEHOLDER.matcher(expected.textValue()).find()
                    && (found.isTextual() || found.isNumber())
                    && found.asText().matches(regex(expected.textValue()));
            return same ? TextNode.valueOf(expected.textValue()) : found;
        }
        if (found instanceof ObjectNode object) {
            ObjectNode copy = Json.mapper().createObjectNode();
            object.properties().forEach(field -> copy.set(
                    field.getKey(), aligned(expected.path(field.getKey()), field.getValue())));
            return copy;
        }
        if (found instanceof ArrayNode array) {
            ArrayNode copy = Json.mapper().createArrayNode();
            for (int i = 0; i < array.size(); i++) {
                copy.add(aligned(expected.path(i), array.get(i)));
            }
            return copy;
        }
        return found;
    }

    private static String regex(String text) {
        StringBuilder regex = new StringBuilder("(?s)");
        var matcher = PLACEHOLDER.matcher(text);
        int end = 0;
        while (matcher.find()) {
            regex.append(Pattern.quote(text.substring(end, matcher.start())))
                    .append("(?:")
                    .append(PLACEHOLDERS.get(matcher.group()))
                    .append(')');
            end = matcher.end();
        }
        return regex.append(Pattern.quote(text.substring(end))).toString();
    }
}
