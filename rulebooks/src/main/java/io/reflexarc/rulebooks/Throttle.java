// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import java.util.List;

/** How often a rule may match, per group. Group attributes are paths as written, without a leading {@code event.}. */
public sealed interface Throttle {
    /** Its window, as written. */
    Span window();

    /** Paths whose values make a group; empty for one group. */
    List<String> groupBy();

    /** The first match of a group counts, the others are swallowed until the window, opened by the first, is over. */
    record OnceWithin(Span window, List<String> groupBy) implements Throttle {
        public OnceWithin {
            groupBy = List.copyOf(groupBy);
        }
    }

    /** One match when the window, opened by the first event of any group, is over, with the first event of each group. */
    record OnceAfter(Span window, List<String> groupBy) implements Throttle {
        public OnceAfter {
            groupBy = List.copyOf(groupBy);
        }
    }

    /** A match at the threshold-th event of a group within a window that its first event opens. */
    record AccumulateWithin(Span window, int threshold, List<String> groupBy) implements Throttle {
        public AccumulateWithin {
            groupBy = List.copyOf(groupBy);
        }
    }
}
