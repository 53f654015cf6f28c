// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.session;

import io.reflexarc.engine.compile.Item;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Facts that no rule takes now: another version of the ruleset may. Bounded in number and bytes; the oldest go first. */
final class SpareFacts {
    private static final int MOST = 1_000;
    private static final long MOST_BYTES = 8_000_000;

    private final Map<Long, Item> facts = new LinkedHashMap<>();
    private long bytes;

    void add(Item fact) {
        facts.put(fact.sequence(), fact);
        bytes += fact.arrived().size();
        Iterator<Item> oldest = facts.values().iterator();
        while (facts.size() > MOST || (bytes > MOST_BYTES && facts.size() > 1)) {
            bytes -= oldest.next().arrived().size();
            oldest.remove();
        }
    }

    void remove(Predicate<Item> which) {
        facts.values().removeIf(fact -> {
            boolean goes = which.test(fact);
            bytes -= goes ? fact.arrived().size() : 0;
            return goes;
        });
    }

    /** In the order of arrival. */
    Stream<Item> stream() {
        return facts.values().stream();
    }
}
