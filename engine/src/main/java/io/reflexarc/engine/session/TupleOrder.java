// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.session;

import io.reflexarc.engine.compile.Evaluator;
import io.reflexarc.engine.compile.Found;
import io.reflexarc.engine.compile.Item;
import io.reflexarc.engine.compile.Scope;
import io.reflexarc.engine.compile.Terminal;
import io.reflexarc.engine.compile.Truth;
import io.reflexarc.rulebooks.Trigger;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order of what one entry completes, from nothing but the items in memory, so that a restored session has the same: by
 * rule in file; then by the condition that the newest item fulfils; then by its partners, as the joins of the original
 * hand them on. Each join goes through what it remembers and turns the order round. It remembers items in the order of
 * their arrival, but those that came before the rule had something for each of its other conditions the other way round;
 * only the events of the first condition, and those of a rule with a timeout, are always in order. For one entry.
 */
final class TupleOrder implements Comparator<Found> {
    /** So many items are looked at to know since when a condition has had something; later ones count as none. */
    private static final int MAX_LOOKS = 1_000;

    private final Evaluator evaluator;
    private final Collection<Item> memory;
    private final Map<String, Long> firsts = new HashMap<>();

    /**
     * The order over a memory.
     *
     * @param evaluator of conditions
     * @param memory in the order of arrival, the newest item included
     */
    TupleOrder(Evaluator evaluator, Collection<Item> memory) {
        this.evaluator = evaluator;
        this.memory = memory;
    }

    @Override
    public int compare(Found one, Found other) {
        int order = Integer.compare(one.terminal().order(), other.terminal().order());
        if (order == 0 && one.items().size() == other.items().size()) {
            order = comparePartners(one, other);
        }
        return order == 0
                ? Integer.compare(one.terminal().position(), other.terminal().position())
                : order;
    }

    private int comparePartners(Found one, Found other) {
        int place = newest(one.items());
        int order = Integer.compare(place, newest(other.items()));
        return order != 0 || one.items().isEmpty()
                ? order
                : joined(one, other, one.items().size() - 1, place);
    }

    /** The order that comes out of the join of this condition, and so of all before it. */
    private int joined(Found one, Found other, int join, int newest) {
        if (join == 0) {
            return newest == 0 ? 0 : remembered(one, other, 0);
        }
        if (join == newest) {
            return -joined(one, other, join - 1, newest);
        }
        int order = -remembered(one, other, join);
        int before = -joined(one, other, join - 1, newest);
        boolean partnersFirst = join == 1 && newest > 1;
        return partnersFirst ? (order != 0 ? order : before) : (before != 0 ? before : order);
    }

    /** The order in which a join remembers what fulfils its condition. */
    private int remembered(Found one, Found other, int position) {
        Item mine = one.items().get(position);
        Item theirs = other.items().get(position);
        if (mine.sequence() == theirs.sequence()) {
            return 0;
        }
        boolean early = early(one, position, mine);
        int byArrival = Long.compare(mine.sequence(), theirs.sequence());
        return early == early(other, position, theirs) ? (early ? -byArrival : byArrival) : (early ? -1 : 1);
    }

    /** Whether it came before all other conditions of the rule had something. */
    private boolean early(Found found, int position, Item item) {
        Terminal terminal = found.terminal();
        boolean timed = terminal.rule().trigger() instanceof Trigger.All all
                && all.timeout().isPresent();
        if (timed || (position == 0 && !item.isFact())) {
            return false;
        }
        List<Trigger.Pattern> patterns = terminal.rule().trigger().patterns();
        Item newest = found.items().get(newest(found.items()));
        for (int i = 0; i < patterns.size(); i++) {
            if (i != position && item.sequence() < first(terminal, patterns, i, newest)) {
                return true;
            }
        }
        return false;
    }

    /** Since when a condition has had something beside the newest item. */
    private long first(Terminal terminal, List<Trigger.Pattern> patterns, int position, Item newest) {
        return firsts.computeIfAbsent(
                terminal.name() + "/" + position,
                unused -> memory.stream()
                        .limit(MAX_LOOKS)
                        .filter(item -> item.sequence() != newest.sequence())
                        .filter(item -> mayFulfil(patterns.get(position), item))
                        .mapToLong(Item::sequence)
                        .findFirst()
                        .orElse(Long.MAX_VALUE));
    }

    private boolean mayFulfil(Trigger.Pattern pattern, Item item) {
        Truth alone = evaluator.test(pattern.condition(), Scope.of(item.fields()));
        return alone == Truth.TRUE || alone == Truth.OPEN;
    }

    private static int newest(List<Item> items) {
        int newest = 0;
        for (int i = 1; i < items.size(); i++) {
            if (items.get(i).sequence() > items.get(newest).sequence()) {
                newest = i;
            }
        }
        return newest;
    }
}
