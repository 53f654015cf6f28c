// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.session;

import io.reflexarc.engine.compile.Found;
import io.reflexarc.engine.compile.Item;
import java.util.Comparator;
import java.util.List;

/**
 * The order of what one entry completes, from nothing but the items themselves, so that a restored session has the same:
 * by rule in file; then by the condition that the newest item fulfils; then by its partners, newest event first. Further
 * partners alternate, since each join of the original turns its order round. Facts come oldest first.
 */
enum TupleOrder implements Comparator<Found> {
    INSTANCE;

    @Override
    public int compare(Found one, Found other) {
        int order = Integer.compare(one.terminal().order(), other.terminal().order());
        if (order == 0 && one.items().size() == other.items().size()) {
            order = compareItems(one.items(), other.items());
        }
        return order == 0
                ? Integer.compare(one.terminal().position(), other.terminal().position())
                : order;
    }

    private static int compareItems(List<Item> one, List<Item> other) {
        int order = Integer.compare(newest(one), newest(other));
        int last = one.size() - 1;
        for (int i = last; i >= 0 && order == 0; i--) {
            boolean newestFirst = i == last || (last - i) % 2 == 1;
            order = compare(one.get(i), other.get(i), newestFirst);
        }
        return order;
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

    private static int compare(Item one, Item other, boolean newestFirst) {
        if (one.isFact() != other.isFact()) {
            return Boolean.compare(one.isFact(), other.isFact());
        }
        int byArrival = Long.compare(one.sequence(), other.sequence());
        return newestFirst && !one.isFact() ? -byArrival : byArrival;
    }
}
