// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import io.vertx.core.Future;
import java.util.List;

/**
 * Step 7 of the path of an event: decisions, tasks and position, committed together.
 */
public interface DecisionLog {
    /** How far the inbox has been decided; a fresh one is at {@link Position#START}. */
    Future<Progress> progress(InboxId inbox);

    /**
     * Commits in one transaction guarded by the epoch and by {@code from}. A failed future with another cause than a
     * {@link io.reflexarc.core.problem.ProblemException} means that the result is unknown: read {@link #progress} back.
     */
    Future<Result> commit(Commit commit);

    /** Committed decisions whose entry lies after {@code after} and not after {@code upTo}, in order, to compare a replay with. */
    Future<List<Decision>> decisions(InboxId inbox, Position after, Position upTo);

    /** What became of a commit. */
    enum Result {
        COMMITTED,
        /** Committed, and none of its tasks waits for a worker: those that need not wait have one. */
        HANDED_OVER,
        /** Another owner has taken over: the session must be discarded. */
        FENCED
    }
}
