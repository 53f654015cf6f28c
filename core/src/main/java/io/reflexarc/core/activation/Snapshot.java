// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import io.reflexarc.core.id.Position;
import io.reflexarc.core.json.JsonText;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The state of a session after an entry, as data of ours: retained events and facts in their order, throttles, windows,
 * deadlines, waiting decisions. It is written in steps: a commit brings only the pages that the snapshot before did not have,
 * whoever reads it gets all of them.
 *
 * @param at the entry it reflects
 * @param format of the data, a name with a version of its own; a session of another format does not read it
 * @param state the data that is written each time
 * @param pages the rest of it: in a commit what is new, where it is read all of it, by number
 * @param kept numbers of earlier pages that still count; empty where it is read
 */
public record Snapshot(Position at, String format, JsonText state, List<Page> pages, Set<Long> kept) {
    public Snapshot {
        pages = List.copyOf(pages);
        kept = Set.copyOf(kept);
    }

    /** All in one piece. */
    public Snapshot(Position at, String format, JsonText state) {
        this(at, format, state, List.of(), Set.of());
    }

    /** The whole of it, when this one was written after that one. */
    public Snapshot after(Optional<Snapshot> before) {
        List<Page> all = new ArrayList<>(pages);
        before.ifPresent(earlier -> earlier.pages.stream()
                .filter(page -> kept.contains(page.number()))
                .forEach(all::add));
        all.sort(Comparator.comparingLong(Page::number));
        Set<Long> missing = new HashSet<>(kept);
        all.forEach(page -> missing.remove(page.number()));
        if (!missing.isEmpty()) {
            throw new IllegalStateException("the snapshot at " + at + " rests on pages that are not there: " + missing);
        }
        return new Snapshot(at, format, state, all, Set.of());
    }

    /**
     * Some events and facts; never changed once it is written.
     *
     * @param number of one page of the inbox, never used twice by one owner after the other
     * @param data as the format has it
     */
    public record Page(long number, Buffer data) {}
}
