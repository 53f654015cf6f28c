// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.util.List;
import java.util.Map;

/**
 * A stretch of the load in which one kind of fault happens. An event belongs to the phase in which it was sent first, so that
 * several phases may share one load and one drain, and each is still judged by its own events.
 */
interface Phase {
    /** As in the list of tests. */
    String id();

    /** What is done. */
    String title();

    /** Faults that must have fired. */
    int planned();

    /** Does the harm; the load goes on meanwhile, and ends with it. */
    void act(Stage stage);

    /** What is wrong beyond what is always wrong; adds what was measured to the numbers. */
    List<String> judge(Evidence evidence, Map<String, Object> numbers);

    /**
     * What a phase is judged by.
     *
     * @param stage the site
     * @param faults that fired for it
     * @param replies to events of the phase
     * @param findings about events of the phase
     * @param from when it began, in microseconds
     * @param until when it ended
     */
    record Evidence(
            Stage stage, List<Fault> faults, List<Sender.Sent> replies, Findings findings, long from, long until) {}
}
