// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import java.util.List;
import java.util.Map;

/**
 * What of a snapshot is written each time: everything but the events and facts, and where those stand.
 *
 * @param session without what it holds
 * @param pages that hold it
 * @param spare sequences of facts that are put aside, by ruleset, in their order; all others are in memory, in theirs
 * @param next number of the page to be written next
 */
record SnapshotHead(SessionData session, List<Use> pages, Map<String, List<Long>> spare, long next) {
    /**
     * What a page is good for.
     *
     * @param number of the page
     * @param ruleset whose items it holds
     * @param gone sequences of those of its items that are not held any more
     */
    record Use(long number, String ruleset, List<Long> gone) {}
}
