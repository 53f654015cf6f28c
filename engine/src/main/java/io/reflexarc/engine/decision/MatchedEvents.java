// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.decision.MatchedEvent;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What matched, as templates and actions see it. Many actions never look: bodies are read when one does. */
public final class MatchedEvents {
    private static final String ONLY = "m";

    private final List<MatchedEvent> matched;
    private final Map<String, String> roots;
    private @Nullable Object values;

    private MatchedEvents(List<MatchedEvent> matched, Map<String, String> roots) {
        this.matched = matched;
        this.roots = roots;
    }

    /** With {@code var_root} applied, when the action has one: a path, or new names by path. */
    static MatchedEvents of(List<MatchedEvent> matched, Optional<Object> varRoot) {
        return new MatchedEvents(matched, varRoot.map(MatchedEvents::roots).orElse(Map.of()));
    }

    /** {@code event} for a rule of one unnamed condition, else {@code events}. */
    String name() {
        return matched.isEmpty() || isOne() ? "event" : "events";
    }

    private boolean isOne() {
        return matched.size() == 1 && matched.getFirst().binding().equals(ONLY);
    }

    /** The event, or the events by binding; {@code var_root} may make any value of an event. */
    Object values() {
        if (values == null) {
            values = read();
        }
        return values;
    }

    private Object read() {
        if (matched.isEmpty()) {
            return Map.of();
        }
        if (isOne()) {
            return rooted(matched.getFirst().body().object(), roots);
        }
        // in the order in which the original shows them, which is that of their hashes
        Map<String, Object> events = new HashMap<>();
        for (MatchedEvent event : matched) {
            Map<String, Object> body = event.body().object();
            events.put(event.binding(), body);
            roots.forEach((path, newName) -> found(body, path)
                    .ifPresent(part -> events.put(newName.isEmpty() ? event.binding() : newName, part)));
        }
        return events;
    }

    /** {@code meta.hosts} of the events. */
    List<String> hosts() {
        List<String> hosts = new ArrayList<>();
        for (MatchedEvent event : matched) {
            JsonNode named = event.body().tree().path("meta").path("hosts");
            if (named.isTextual()) {
                hosts.add(named.asText());
            }
            named.elements().forEachRemaining(host -> hosts.add(host.asText()));
        }
        return hosts;
    }

    private static Map<String, String> roots(Object varRoot) {
        return switch (varRoot) {
            case String path -> Map.of(path, "");
            case Map<?, ?> named -> {
                Map<String, String> roots = new LinkedHashMap<>();
                named.forEach((path, name) -> roots.put(String.valueOf(path), String.valueOf(name)));
                yield roots;
            }
            default ->
                throw new ProblemException(ProblemType.INVALID, "var_root must be a path or a mapping of path to name");
        };
    }

    private static Object rooted(Map<String, Object> event, Map<String, String> roots) {
        return roots.keySet().stream()
                .flatMap(path -> found(event, path).stream())
                .findFirst()
                .orElse(event);
    }

    /** What is at a dotted path, unless that is nothing: null, false, zero or empty. */
    private static Optional<Object> found(Map<String, Object> event, String path) {
        Object at = event;
        for (String part : List.of(path.split("\\.", -1))) {
            if (!(at instanceof Map<?, ?> map) || map.get(part) == null) {
                return Optional.empty();
            }
            at = map.get(part);
        }
        return isNothing(at) ? Optional.empty() : Optional.of(at);
    }

    private static boolean isNothing(Object value) {
        return switch (value) {
            case Map<?, ?> map -> map.isEmpty();
            case List<?> list -> list.isEmpty();
            case String text -> text.isEmpty();
            case Boolean truth -> !truth;
            case Number number -> number.doubleValue() == 0;
            default -> false;
        };
    }

    /** What an action with this {@code var_root} sees: the events by binding, as reports show them. */
    public static Map<String, Object> seen(List<MatchedEvent> matched, Optional<Object> varRoot) {
        MatchedEvents events = of(matched, varRoot);
        if (events.isOne()) {
            return Map.of(ONLY, events.values());
        }
        Map<String, Object> seen = new LinkedHashMap<>();
        if (events.values() instanceof Map<?, ?> all) {
            all.forEach((binding, event) -> seen.put(String.valueOf(binding), event));
        }
        return seen;
    }
}
