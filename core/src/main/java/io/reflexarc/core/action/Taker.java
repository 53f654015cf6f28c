// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.action;

import java.time.Duration;
import java.util.List;

/**
 * A worker as its queue sees it: who has room for a task gets it in the commit that makes it, without asking for it. Safe for
 * any thread; no method waits.
 */
public interface Taker {
    /** Its name among the workers. */
    String worker();

    /** Whether tasks of this queue are for it. */
    boolean takes(String queue);

    /** How long a task is its own before it must renew. */
    Duration lease();

    /** Keeps room for so many tasks, or fewer; answers for how many. Each is {@linkplain #take taken} or {@linkplain #release released} later. */
    int reserve(int most);

    /** Tasks that are its own now, each in a place that was reserved. */
    void take(List<ClaimedTask> tasks);

    /** So many reserved places are not needed. */
    void release(int places);

    /** Tasks that had to wait for the end of others may be claimed now. */
    void due();
}
