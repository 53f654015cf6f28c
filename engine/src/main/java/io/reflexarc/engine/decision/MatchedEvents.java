// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

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
    private @Nullable List<Map<String, Object>> bodies;
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
            return rooted(bodies().getFirst(), roots);
        }
        // in the order in which the original shows them, which is that of their hashes
        Map<String, Object> events = new HashMap<>();
        for (int i = 0; i < matched.size(); i++) {
            String binding = matched.get(i).binding();
            Map<String, Object> body = bodies().get(i);
            events.put(binding, body);
            roots.forEach((path, newName) ->
                    found(body, path).ifPresent(part -> events.put(newName.isEmpty() ? binding : newName, part)));
        }
        return events;
    }

    /** Read once, whoever looks. */
    private List<Map<String, Object>> bodies() {
        if (bodies == null) {
            bodies = matched.stream().map(event -> event.body().object()).toList();
        }
        return bodies;
    }

    /** {@code meta.hosts} of the events. */
    List<String> hosts() {
        List<String> hosts = new ArrayList<>();
        for (Map<String, Object> body : bodies()) {
            switch (body.get("meta") instanceof Map<?, ?> meta ? meta.get("hosts") : null) {
                case String host -> hosts.add(host);
                case List<?> several -> several.forEach(host -> hosts.add(text(host)));
                case Map<?, ?> named -> named.values().forEach(host -> hosts.add(text(host)));
                case null, default -> {
                    // no event of a host
                }
            }
        }
        return hosts;
    }

    private static String text(@Nullable Object value) {
        return value instanceof Map || value instanceof List ? "" : String.valueOf(value);
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
