// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

import io.reflexarc.rulebooks.condition.Expression.Path;
import io.reflexarc.rulebooks.condition.Expression.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one event has at the paths of a ruleset. Rules ask for the same few paths again and again: each is read once for an
 * event, when the first of them asks. For one thread.
 */
final class Readings {
    private final Map<List<Step>, Integer> places = new HashMap<>();
    private final List<Path> paths = new ArrayList<>();
    private @Nullable Object[] values = new Object[0];
    private long[] readFor = new long[0];
    private long turn;
    private Scope scope = Scope.of(Map.of());

    /** Place of a path into the event itself; the same for the same steps. */
    int place(Path path) {
        return places.computeIfAbsent(path.steps(), steps -> {
            paths.add(path);
            values = new Object[paths.size()];
            readFor = new long[paths.size()];
            return paths.size() - 1;
        });
    }

    /** The next event. */
    void turnTo(Map<String, Object> event) {
        scope = Scope.of(event);
        turn++;
    }

    /** What the event has there. */
    @Nullable
    Object at(int place) {
        if (readFor[place] != turn) {
            readFor[place] = turn;
            values[place] = Values.read(paths.get(place), scope);
        }
        return values[place];
    }

    /** The event, for what is too rare to have a place. */
    Scope scope() {
        return scope;
    }
}
