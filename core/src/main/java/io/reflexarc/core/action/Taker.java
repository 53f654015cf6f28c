// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.action;

import java.time.Duration;
import java.util.List;

/**
 * A worker as its queue sees it: who has room for a task gets it in the commit that makes it, or that ends the one before it,
 * without asking for it. Safe for any thread; no method waits.
 */
public interface Taker {
    /** Its name among the workers. */
    String worker();

    /** Whose tasks are for it. */
    List<String> queues();

    /** How long a task is its own before it must renew, from the moment its room was reserved at the latest. */
    Duration lease();

    /** Keeps room for so many new tasks, or fewer; for none while others wait that were there before them. */
    Places reserve(int most);

    /** Keeps room for so many of those next in line, or fewer; for half of what there is while others wait as well. */
    Places follow(int most);

    /** Tasks that had to wait for the end of others may be claimed now. */
    void due();

    /** Room that is kept. */
    interface Places {
        /** For how many tasks. */
        int count();

        /** Once: these tasks are the worker's, the rest of the room is free again. */
        void settle(List<ClaimedTask> tasks);
    }
}
