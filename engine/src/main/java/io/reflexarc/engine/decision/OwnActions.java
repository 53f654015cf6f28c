// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.template.PythonText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The actions that the engine does itself: what their rendered arguments ask for. */
final class OwnActions {
    private static final Set<String> NAMES =
            Set.of("debug", "print_event", "set_fact", "post_event", "retract_fact", "none", "shutdown");
    private static final Pattern SECRET =
            Pattern.compile("token|password|passphrase|key|secret", Pattern.CASE_INSENSITIVE);
    private static final String MASK = "******";
    private static final String DEBUG = "debug";

    private OwnActions() {}

    static boolean isOwn(String action) {
        return NAMES.contains(action);
    }

    /** The effect of an action whose arguments are rendered. */
    static Effect effect(String action, JsonText arguments, Surroundings around) {
        return action.equals("none") ? new Effect.Nothing() : effect(action, arguments.tree(), around);
    }

    private static Effect effect(String action, JsonNode given, Surroundings around) {
        return switch (action) {
            case DEBUG -> debug(given, around);
            case "print_event" ->
                new Effect.Print(List.of(new Printed(
                        "event",
                        JsonText.of(around.events()),
                        given.path("pretty").asBoolean(false))));
            case "set_fact" -> post(given, "fact", action, around);
            case "post_event" -> post(given, "event", action, around);
            case "retract_fact" -> retract(given, around);
            case "shutdown" -> shutDown(given, around);
            default -> throw new IllegalArgumentException(action);
        };
    }

    private static Effect debug(JsonNode given, Surroundings around) {
        if (given.has("msg")) {
            List<Printed> lines = new ArrayList<>();
            JsonNode message = given.path("msg");
            (message.isArray() ? message : List.of(message))
                    .forEach(line -> lines.add(new Printed(DEBUG, JsonText.of(line), false)));
            return new Effect.Print(lines);
        }
        if (given.has("var")) {
            return variable(given.path("var").asText(), around);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("rule", around.rule());
        all.put("rule_set", around.ruleset());
        all.put("hosts", around.hosts());
        Map<String, Object> pool = new LinkedHashMap<>(around.variables());
        pool.put(around.eventsName(), around.events());
        all.put("variables", pool);
        return new Effect.Print(List.of(
                new Printed("debug: kwargs", JsonText.of(all), true),
                new Printed("debug: facts", JsonText.of(around.facts().get()), true)));
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
                : new Effect.Print(
                        List.of(new Printed(DEBUG, JsonText.of(path + ": " + PythonText.str(found)), false)));
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

    private static Effect shutDown(JsonNode given, Surroundings around) {
        double seconds =
                Math.max(0, given.path("delay").asDouble(around.shutdownDelay().toMillis() / 1000.0));
        String kind = given.path("kind").asText("graceful");
        String message = given.path("message").asText("Default shutdown message");
        String shown = String.format(
                Locale.ROOT,
                "%s rule: %s has initiated shutdown of type: %s. Delay: %.3f seconds, Message: %s",
                around.ruleset(),
                around.rule(),
                kind,
                seconds,
                message);
        return new Effect.ShutDown(
                "now".equals(kind),
                Duration.ofMillis(Math.round(seconds * 1000)),
                message,
                new Printed("ruleset", JsonText.of(shown), false));
    }

    static String target(JsonNode given, Surroundings around) {
        return given.path("ruleset").asText(around.ruleset());
    }

    /** Without what must not be shown: text under a name that sounds secret. */
    static Map<String, Object> masked(Map<String, Object> variables) {
        Map<String, Object> copy = new LinkedHashMap<>();
        variables.forEach((name, value) -> copy.put(name, masked(name, value)));
        return copy;
    }

    private static @Nullable Object masked(String name, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text when SECRET.matcher(name).find() -> MASK;
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>();
                map.forEach((key, inner) -> copy.put(String.valueOf(key), masked(String.valueOf(key), inner)));
                yield copy;
            }
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>();
                list.forEach(inner -> copy.add(masked("", inner)));
                yield copy;
            }
            default -> value;
        };
    }
}
