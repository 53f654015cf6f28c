// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.reflexarc.core.json.Json;
import io.reflexarc.rulebooks.RulebookParser;
import io.reflexarc.rulebooks.condition.StringTemplate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Verdicts on whole runs as lines, so that they can be compared and shown. The recording has put placeholders where a value
 * is another one in every run: whatever stands there and has the form of such a value is taken for the same.
 */
final class ActionVerdict {
    private static final RulebookParser READER = new RulebookParser(Set.of(), StringTemplate.NONE);
    private static final List<String> LISTS = List.of("emitted", "output", "reports", "runs", "source_events");
    private static final Map<String, String> PLACEHOLDERS = Map.of(
            "<uuid>", "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
            "<time>", "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+(?:Z|[+-][0-9:]+)?|[0-9]{9,}(?:\\.[0-9]+)?",
            "<tmp>", "[^\\s]*");
    /** How the recording writes an object of Python that is no JSON. */
    private static final Pattern PYTHON_OBJECT = Pattern.compile("<(?!uuid>|time>|tmp>)[A-Za-z][A-Za-z0-9_]*>");

    private static final Pattern PLACEHOLDER = Pattern.compile("<(?:uuid|time|tmp)>");

    private ActionVerdict() {}

    /** What was recorded. */
    static Verdict expected(RecordedCase recorded) {
        return lines(recorded.expected(), recorded);
    }

    /** What was found, with the placeholders of what was recorded. */
    static Verdict found(RecordedCase recorded, ActionNotes notes) {
        return lines(aligned(recorded.expected(), notes.verdict()), recorded);
    }

    /** Only what was recorded at all; where nothing happened, a recording has no list. */
    private static Verdict lines(JsonNode verdict, RecordedCase recorded) {
        List<String> lines = new ArrayList<>();
        lines.add("exit code " + verdict.path("exit_code").asInt());
        for (String list : LISTS) {
            if (!list.equals("source_events") || recorded.expected().has(list)) {
                List<String> items = new ArrayList<>();
                for (JsonNode item : verdict.path(list)) {
                    if (happened(list, item, recorded)) {
                        items.add(list + ": " + Verdict.canonical(shown(item)));
                    }
                }
                if (isParallel(recorded)) {
                    items.sort(Comparator.naturalOrder());
                }
                lines.addAll(items);
            }
        }
        if (recorded.expected().has("shutdown")) {
            lines.add("shutdown: " + Verdict.canonical(shown(verdict.path("shutdown"))));
        }
        return new Verdict(lines);
    }

    /** What runs at the same time has no order. */
    private static boolean isParallel(RecordedCase recorded) {
        return recorded.rulebook().contains("execution_strategy: parallel")
                || recorded.all().path("args").toString().contains("parallel");
    }

    /**
     * The recording notes what an action hands over before it fails: also what is no JSON and so reaches nobody, and what is
     * for a ruleset that is not there.
     */
    private static boolean happened(String list, JsonNode item, RecordedCase recorded) {
        return switch (list) {
            case "emitted" ->
                !holdsPythonObject(item.path("body"))
                        && rulesets(recorded).contains(item.path("ruleset").asText());
            case "output" -> !holdsPythonObject(item.path("content"));
            default -> true;
        };
    }

    private static List<String> rulesets(RecordedCase recorded) {
        List<String> names = new ArrayList<>();
        READER.json(recorded.rulebook(), recorded.id())
                .tree()
                .forEach(ruleset -> names.add(ruleset.path("name").asText()));
        return names;
    }

    private static boolean holdsPythonObject(JsonNode value) {
        if (value.isTextual()) {
            return PYTHON_OBJECT.matcher(value.textValue()).matches();
        }
        for (JsonNode inner : value) {
            if (holdsPythonObject(inner)) {
                return true;
            }
        }
        return false;
    }

    /** Words of a failure are each program's own, and a report of one need not repeat the events; 60 and 60.0 are one delay. */
    private static JsonNode shown(JsonNode item) {
        if (!(item instanceof ObjectNode given)) {
            return item;
        }
        ObjectNode copy = given.deepCopy();
        if (copy.path("status").asText().equals("failed")) {
            copy.remove(List.of("message", "matching_events"));
        }
        if (copy.path("delay").isNumber()) {
            copy.put("delay", copy.path("delay").doubleValue());
        }
        if (copy.path("source_plugin").asText("?").isEmpty()) {
            copy.remove("source_plugin");
        }
        return copy;
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
            object.properties()
                    .forEach(field ->
                            copy.set(field.getKey(), aligned(expected.path(field.getKey()), field.getValue())));
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
