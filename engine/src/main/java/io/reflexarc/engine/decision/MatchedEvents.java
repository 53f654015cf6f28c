// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import io.reflexarc.core.decision.MatchedEvent;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What matched, as templates and actions see it.
 *
 * @param name {@code event} for a rule of one unnamed condition, else {@code events}
 * @param values the event, or the events by binding
 */
record MatchedEvents(String name, Map<String, Object> values) {
    private static final String ONLY = "m";

    /** With {@code var_root} applied, when the action has one: a path, or new names by path. */
    static MatchedEvents of(List<MatchedEvent> matched, Optional<Object> varRoot) {
        if (matched.isEmpty()) {
            return new MatchedEvents("event", Map.of());
        }
        Map<String, String> roots = varRoot.map(MatchedEvents::roots).orElse(Map.of());
        if (matched.size() == 1 && matched.getFirst().binding().equals(ONLY)) {
            return new MatchedEvents("event", rooted(matched.getFirst().body().object(), roots));
        }
        Map<String, Object> events = new LinkedHashMap<>();
        for (MatchedEvent event : matched) {
            Map<String, Object> body = event.body().object();
            events.put(event.binding(), body);
            roots.forEach((path, newName) -> found(body, path)
                    .ifPresent(part -> events.put(newName.isEmpty() ? event.binding() : newName, part)));
        }
        return new MatchedEvents("events", events);
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

    private static Map<String, Object> rooted(Map<String, Object> event, Map<String, String> roots) {
        return roots.keySet().stream()
                .flatMap(path -> found(event, path).stream())
                .findFirst()
                .orElse(event);
    }

    /** A mapping at a dotted path that is not empty. */
    private static Optional<Map<String, Object>> found(Map<String, Object> event, String path) {
        Object at = event;
        for (String part : List.of(path.split("\\.", -1))) {
            if (!(at instanceof Map<?, ?> map) || map.get(part) == null) {
                return Optional.empty();
            }
            at = map.get(part);
        }
        if (!(at instanceof Map<?, ?> map) || map.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return Optional.of(copy);
    }
}
