// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import io.reflexarc.core.activation.Snapshot;
import io.reflexarc.engine.session.SessionState;
import io.reflexarc.engine.session.SessionState.Held;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A snapshot that was read.
 *
 * @param head what was written last
 * @param items by ruleset, what is held, in no order
 */
record SnapshotContent(SnapshotHead head, Map<String, List<Item>> items) {
    static SnapshotContent of(Snapshot snapshot) {
        SnapshotHead head = snapshot.state().as(SnapshotHead.class);
        Map<Long, Snapshot.Page> pages = new HashMap<>();
        snapshot.pages().forEach(page -> pages.put(page.number(), page));
        Map<String, List<Item>> items = new HashMap<>();
        for (SnapshotHead.Use use : head.pages()) {
            Snapshot.Page page = Objects.requireNonNull(pages.get(use.number()), "page " + use.number());
            Set<Long> gone = new HashSet<>(use.gone());
            List<Item> held = items.computeIfAbsent(use.ruleset(), unused -> new ArrayList<>());
            for (Held item : SnapshotPages.read(page.data())) {
                if (!gone.contains(item.sequence())) {
                    held.add(new Item(item, use.number()));
                }
            }
        }
        return new SnapshotContent(head, items);
    }

    /** The session as it was. */
    SessionData data() {
        Map<String, SessionState> memories = new LinkedHashMap<>();
        head.session().rulesets().forEach((ruleset, memory) -> memories.put(ruleset, filled(ruleset, memory)));
        return head.session().holding(memories);
    }

    private SessionState filled(String ruleset, SessionState memory) {
        List<Long> order = head.spare().getOrDefault(ruleset, List.of());
        Set<Long> aside = new HashSet<>(order);
        Map<Long, Held> spare = new HashMap<>();
        List<Held> held = new ArrayList<>();
        for (Item item : items.getOrDefault(ruleset, List.of())) {
            if (aside.contains(item.held().sequence())) {
                spare.put(item.held().sequence(), item.held());
            } else {
                held.add(item.held());
            }
        }
        held.sort(Comparator.comparingLong(Held::sequence));
        return memory.holding(
                held,
                order.stream()
                        .map(sequence -> Objects.requireNonNull(spare.get(sequence)))
                        .toList());
    }

    /** An item and the page on which it stands. */
    record Item(Held held, long page) {}
}
