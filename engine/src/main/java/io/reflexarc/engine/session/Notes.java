// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.session;

import io.reflexarc.core.id.EventId;
import io.reflexarc.engine.compile.Found;
import io.reflexarc.engine.compile.Item;
import io.reflexarc.engine.session.SessionState.Group;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Puts into words for {@link Note} what {@link Selection} does, and remembers who swallowed what. */
final class Notes {
    private final Consumer<Note> listener;
    private final Map<Long, String> swallowers = new HashMap<>();

    Notes(Consumer<Note> listener) {
        this.listener = listener;
    }

    void throttled(Found found, boolean admitted, Optional<Group> group) {
        swallow(found);
        if (!admitted) {
            listener.accept(new Note.Throttled(
                    found.terminal().rule(), ids(found), group.map(Group::count).orElse(1), group.map(Group::until)));
        }
    }

    void windowed(Found found, Optional<Instant> end, Set<Long> swallowed) {
        boolean completed = found.items().stream().anyMatch(item -> swallowed.contains(item.sequence()));
        if (completed) {
            swallow(found);
        }
        listener.accept(new Note.Windowed(found.terminal().rule(), ids(found), completed ? Optional.empty() : end));
    }

    void twice(Found found) {
        listener.accept(new Note.Twice(found.terminal().rule(), ids(found)));
    }

    void taken(Found found) {
        String by = found.items().stream()
                .flatMap(item -> Optional.ofNullable(swallowers.get(item.sequence())).stream())
                .findFirst()
                .orElse("");
        listener.accept(new Note.Taken(found.terminal().rule(), ids(found), by));
    }

    void displaced(Found found, Found first) {
        listener.accept(new Note.Taken(
                found.terminal().rule(), ids(found), first.terminal().rule().name()));
    }

    private void swallow(Found found) {
        found.items()
                .forEach(item ->
                        swallowers.put(item.sequence(), found.terminal().rule().name()));
    }

    private static List<EventId> ids(Found found) {
        return found.items().stream().map(Item::id).toList();
    }
}
