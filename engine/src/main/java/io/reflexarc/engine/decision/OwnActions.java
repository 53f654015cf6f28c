// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The actions that the engine does itself: what their rendered arguments ask for. */
final class OwnActions {
    private static final Set<String> NAMES =
            Set.of("debug", "print_event", "set_fact", "post_event", "retract_fact", "none", "shutdown");
    private static final Pattern SECRET =
            Pattern.compile("token|password|passphrase|key|secret", Pattern.CASE_INSENSITIVE);
    private static final Duration DEFAULT_GRACE = Duration.ofSeconds(60);

    private OwnActions() {}

    static boolean isOwn(String action) {
        return NAMES.contains(action);
    }

    /** The effect of an action whose arguments are rendered. */
    static Effect effect(String action, JsonText arguments, Surroundings around) {
        JsonNode given = arguments.tree();
        return switch (action) {
            case "none" -> new Effect.Nothing();
            case "debug" -> debug(given, around);
            case "print_event" ->
                new Effect.Print(
                        given.path("pretty").asBoolean(false)
                                ? pretty(around.events())
                                : JsonText.of(around.events()).toString());
            case "set_fact" -> post(given, "fact", action, around);
            case "post_event" -> post(given, "event", action, around);
            case "retract_fact" -> retract(given, around);
            case "shutdown" -> shutDown(given);
            default -> throw new IllegalArgumentException(action);
        };
    }

    private static Effect debug(JsonNode given, Surroundings around) {
        if (given.has("msg")) {
            List<String> lines = new ArrayList<>();
            JsonNode message = given.path("msg");
            (message.isArray() ? message : List.of(message)).forEach(line -> lines.add(text(line)));
            return new Effect.Print(String.join("\n", lines));
        }
        if (given.has("var")) {
            return variable(given.path("var").asText(), around);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("ruleset", around.ruleset());
        all.put("rule", around.rule());
        all.put("hosts", around.hosts());
        all.put("variables", masked(around.variables()));
        all.put(around.eventsName(), around.events());
        all.put("facts", around.facts().get());
        return new Effect.Print(pretty(all));
    }

    private static Effect variable(String path, Surroundings around) {
        Map<String, Object> pool = new LinkedHashMap<>(around.variables());
        pool.put(around.eventsName(), around.events());
        JsonNode found = JsonText.of(pool).tree();
        for (String part : List.of(path.split("\\.", -1))) {
            found = found.isArray() && part.matches("\\d{1,9}") ? found.path(Integer.parseInt(part)) : found.path(part);
        }
        return found.isMissingNode()
                ? new Effect.Fail("debug: there is no variable \"" + path + "\"")
                : new Effect.Print(text(found));
    }

    private static Effect post(JsonNode given, String argument, String action, Surroundings around) {
        JsonNode body = given.path(argument);
        if (!body.isObject()) {
            return new Effect.Fail(action + ": the argument \"" + argument + "\" must be a mapping");
        }
        return new Effect.Post(target(given, around), action, "fact".equals(argument), JsonText.of(body));
    }

    private static Effect retract(JsonNode given, Surroundings around) {
        JsonNode fact = given.path("fact");
        if (!fact.isObject()) {
            return new Effect.Fail("retract_fact: the argument \"fact\" must be a mapping");
        }
        return new Effect.Retract(
                target(given, around), JsonText.of(fact), given.path("partial").asBoolean(true));
    }

    private static Effect shutDown(JsonNode given) {
        double seconds = given.path("delay").asDouble(DEFAULT_GRACE.toSeconds());
        return new Effect.ShutDown(
                "now".equals(given.path("kind").asText("graceful")),
                Duration.ofMillis(Math.round(Math.max(0, seconds) * 1000)),
                given.path("message").asText("Default shutdown message"));
    }

    static String target(JsonNode given, Surroundings around) {
        return given.path("ruleset").asText(around.ruleset());
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.asText() : value.toString();
    }

    private static String pretty(Object value) {
        return Json.mapper().valueToTree(value).toPrettyString();
    }

    private static Object masked(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, Object> copy = new LinkedHashMap<>();
                map.forEach((key, inner) -> copy.put(
                        String.valueOf(key),
                        inner instanceof String
                                        && SECRET.matcher(String.valueOf(key)).find()
                                ? "******"
                                : inner == null ? "null" : masked(inner)));
                yield copy;
            }
            case List<?> list ->
                list.stream()
                        .map(inner -> inner == null ? "null" : masked(inner))
                        .toList();
            default -> value;
        };
    }
}
