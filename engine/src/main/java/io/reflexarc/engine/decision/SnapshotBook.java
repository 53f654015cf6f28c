// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import io.reflexarc.core.activation.Snapshot;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.compile.CompiledRulesets;
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
 * Snapshots of one session, each as what it has more than the one before: an event that waits is written once, however many
 * snapshots it sees, so that one of them costs what has happened since, not what the session holds.
 *
 * <p>Items are written in pages. A page of which half is gone, and small ones as soon as there is as much to add, are written
 * anew: there are never many more than the logarithm of what they hold. Belongs to one owner, like its session.
 */
public final class SnapshotBook {
    /** Counts up with every change of what is written. */
    public static final String FORMAT = "session/3";

    /** Those before are one document, as {@link #whole} makes it. */
    private static final Set<String> IN_ONE_PIECE = Set.of("session/1", "session/2");

    private static final int PAGE_BYTES = 512 * 1024;

    /** By number. */
    private final Map<Long, Written> pages = new LinkedHashMap<>();

    private final Map<Place, Kept> places = new HashMap<>();
    private long next = 1;

    /** Whether this build reads that format. */
    public static boolean reads(String format) {
        return format.equals(FORMAT) || IN_ONE_PIECE.contains(format);
    }

    /** The session of a snapshot; the next one is written in addition to it. */
    public RulebookSession open(
            SessionPlan plan, Snapshot snapshot, SessionObserver observer, CompiledRulesets compiled) {
        if (!snapshot.format().equals(FORMAT)) {
            return RulebookSession.restore(plan, snapshot.state().as(SessionData.class), observer, compiled);
        }
        SnapshotContent content = SnapshotContent.of(snapshot);
        next = content.head().next();
        content.head().pages().forEach(use -> pages.put(use.number(), new Written(use)));
        content.items().forEach((ruleset, items) -> items.forEach(item -> keep(ruleset, item.held(), item.page())));
        return RulebookSession.restore(plan, content.data(), observer, compiled);
    }

    /** A snapshot as one document, in the words of {@link RulebookSession#state}. */
    public static JsonText whole(Snapshot snapshot) {
        return snapshot.format().equals(FORMAT)
                ? JsonText.of(SnapshotContent.of(snapshot).data())
                : snapshot.state();
    }

    /** What has happened since the last one was written. */
    public Snapshot write(Position at, RulebookSession session) {
        SessionData data = session.data();
        Set<Long> before = Set.copyOf(pages.keySet());
        Map<String, SessionState> empty = new LinkedHashMap<>();
        Map<String, List<Long>> spare = new LinkedHashMap<>();
        Map<String, List<Held>> fresh = new LinkedHashMap<>();
        Set<Place> seen = new HashSet<>();
        data.rulesets().forEach((ruleset, memory) -> {
            empty.put(ruleset, memory.holding(List.of(), List.of()));
            List<Held> added = new ArrayList<>();
            memory.items().forEach(held -> see(ruleset, held, seen, added));
            memory.spare().forEach(held -> see(ruleset, held, seen, added));
            fresh.put(ruleset, added);
            if (!memory.spare().isEmpty()) {
                spare.put(ruleset, memory.spare().stream().map(Held::sequence).toList());
            }
        });
        forgetAllBut(seen);
        List<Snapshot.Page> written = new ArrayList<>();
        fresh.forEach((ruleset, added) -> {
            added.addAll(rewritten(ruleset, added));
            written.addAll(write(ruleset, added));
        });
        Set<Long> kept = new HashSet<>(pages.keySet());
        kept.retainAll(before);
        List<SnapshotHead.Use> uses = pages.entrySet().stream()
                .map(page ->
                        new SnapshotHead.Use(page.getKey(), page.getValue().ruleset, List.copyOf(page.getValue().gone)))
                .toList();
        SnapshotHead head = new SnapshotHead(data.holding(empty), uses, spare, next);
        return new Snapshot(at, FORMAT, JsonText.of(head), written, kept);
    }

    /** Notes what is held, and what of it stands on no page as it is now. */
    private void see(String ruleset, Held held, Set<Place> seen, List<Held> added) {
        Place place = new Place(ruleset, held.sequence());
        seen.add(place);
        Kept kept = places.get(place);
        if (kept == null) {
            added.add(held);
        } else if (!kept.is(held)) {
            forget(place, kept);
            added.add(held);
        } else {
            kept.held = held;
        }
    }

    private void forgetAllBut(Set<Place> seen) {
        List<Place> over =
                places.keySet().stream().filter(place -> !seen.contains(place)).toList();
        over.forEach(place -> forget(place, Objects.requireNonNull(places.get(place))));
        pages.values().removeIf(page -> page.alive.isEmpty());
    }

    private void forget(Place place, Kept kept) {
        places.remove(place);
        Written page = written(kept.page);
        page.alive.remove(place);
        page.gone.add(place.sequence());
        page.bytes -= SnapshotPages.size(kept.held);
    }

    /** What moves to the new pages: from those that are mostly gone, and from small ones, the newest first. */
    private List<Held> rewritten(String ruleset, List<Held> added) {
        long size = added.stream().mapToInt(SnapshotPages::size).sum();
        List<Held> moved = new ArrayList<>();
        for (long number :
                pages.keySet().stream().sorted(Comparator.reverseOrder()).toList()) {
            Written page = written(number);
            boolean hollow = page.gone.size() > page.alive.size();
            boolean small = size > 0 && page.bytes <= size && page.bytes < PAGE_BYTES / 2;
            if (page.ruleset.equals(ruleset) && (hollow || small)) {
                size += page.bytes;
                for (Place place : page.alive) {
                    moved.add(Objects.requireNonNull(places.remove(place)).held);
                }
                pages.remove(number);
            }
        }
        return moved;
    }

    private List<Snapshot.Page> write(String ruleset, List<Held> items) {
        List<Snapshot.Page> written = new ArrayList<>();
        List<Held> page = new ArrayList<>();
        int size = 0;
        for (Held item : items) {
            page.add(item);
            size += SnapshotPages.size(item);
            if (size >= PAGE_BYTES) {
                written.add(page(ruleset, page));
                page = new ArrayList<>();
                size = 0;
            }
        }
        if (!page.isEmpty()) {
            written.add(page(ruleset, page));
        }
        return written;
    }

    private Snapshot.Page page(String ruleset, List<Held> items) {
        long number = next++;
        pages.put(number, new Written(ruleset));
        items.forEach(item -> keep(ruleset, item, number));
        return new Snapshot.Page(number, SnapshotPages.write(items));
    }

    private void keep(String ruleset, Held held, long number) {
        Place place = new Place(ruleset, held.sequence());
        places.put(place, new Kept(held, number));
        Written page = written(number);
        page.alive.add(place);
        page.bytes += SnapshotPages.size(held);
    }

    private Written written(long number) {
        return Objects.requireNonNull(pages.get(number));
    }

    /** An item of a session; sequences begin anew where a ruleset goes and comes back. */
    private record Place(String ruleset, long sequence) {}

    /** An item that stands on a page. */
    private static final class Kept {
        private final long page;
        private Held held;

        Kept(Held held, long page) {
            this.held = held;
            this.page = page;
        }

        boolean is(Held other) {
            return held.id().equals(other.id()) && held.shown().equals(other.shown());
        }
    }

    /** A page, and what of it is still held. */
    private static final class Written {
        private final String ruleset;
        private final Set<Place> alive = new HashSet<>();
        private final List<Long> gone = new ArrayList<>();
        private long bytes;

        Written(String ruleset) {
            this.ruleset = ruleset;
        }

        Written(SnapshotHead.Use use) {
            this.ruleset = use.ruleset();
            this.gone.addAll(use.gone());
        }
    }
}
