// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the checker found.
 *
 * @param planned events that were to be sent
 * @param acknowledged of them, with a 202
 * @param matching events that a rule matches
 * @param acted events that had an effect
 * @param lost acknowledged and matching, without an effect
 * @param phantom effects without an event that asks for them
 * @param unrecorded effects without a decision
 * @param rawDuplicates calls beyond the first for an event
 * @param unexplained of them, with the number of an attempt that was seen already
 * @param duplicateEffects of them, with another idempotency key: what a target that knows keys would do twice
 * @param orderViolations effects that came before one that was due earlier
 * @param undecided acknowledged events without a decision that has ended, or not read at all
 * @param doubleDecided decisions of a rule about an event beyond the first
 * @param examples some of them, in words
 */
record Findings(
        int planned,
        int acknowledged,
        int matching,
        int acted,
        int lost,
        int phantom,
        int unrecorded,
        int rawDuplicates,
        int unexplained,
        int duplicateEffects,
        int orderViolations,
        int undecided,
        int doubleDecided,
        List<String> examples) {
    /** Names of what must be zero in every run. */
    static final List<String> FORBIDDEN = List.of(
            "lost",
            "phantom",
            "unrecorded",
            "dup_effect",
            "order_violations",
            "undecided",
            "double_decided",
            "dup_unexplained");

    /** What must be zero in every run, by its name in reports. */
    Map<String, Integer> forbidden() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("lost", lost);
        counts.put("phantom", phantom);
        counts.put("unrecorded", unrecorded);
        counts.put("dup_effect", duplicateEffects);
        counts.put("order_violations", orderViolations);
        counts.put("undecided", undecided);
        counts.put("double_decided", doubleDecided);
        counts.put("dup_unexplained", unexplained);
        return counts;
    }

    boolean clean() {
        return forbidden().values().stream().allMatch(count -> count == 0);
    }
}
