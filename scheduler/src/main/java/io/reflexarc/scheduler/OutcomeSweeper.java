// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.scheduler;

import io.reflexarc.core.action.ActionQueue;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.log.EventLog;
import io.reflexarc.core.log.InboxMessage;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Step 10 of the path of an event, the way back: takes committed outcomes that a session waits for, appends them to its
 * inbox and marks them. A crash in between repeats an append, which the log recognises.
 */
final class OutcomeSweeper {
    private static final int BATCH = 100;

    private final ActionQueue queue;
    private final EventLog log;
    private final InstantSource clock;

    OutcomeSweeper(ActionQueue queue, EventLog log, InstantSource clock) {
        this.queue = queue;
        this.log = log;
        this.clock = clock;
    }

    /** Sends all that wait; the outcome of one inbox does not wait for another's. Call it on a virtual thread. */
    Future<Integer> sweep() {
        int sent = 0;
        Optional<Throwable> trouble = Optional.empty();
        List<ActionQueue.Unsent> batch;
        do {
            batch = queue.unsent(BATCH).await();
            List<Future<?>> appends = new ArrayList<>();
            for (ActionQueue.Unsent unsent : batch) {
                appends.add(log.append(unsent.inbox(), new InboxMessage.Ended(clock.instant(), unsent.outcome())));
            }
            List<TaskId> done = new ArrayList<>();
            for (int i = 0; i < appends.size(); i++) {
                Optional<Throwable> failure = settled(appends.get(i));
                if (failure.isEmpty()) {
                    done.add(batch.get(i).outcome().task());
                } else {
                    trouble = failure;
                }
            }
            if (!done.isEmpty()) {
                queue.markSent(done).await();
            }
            sent += done.size();
        } while (batch.size() == BATCH && trouble.isEmpty());
        return trouble.<Future<Integer>>map(Future::failedFuture).orElse(Future.succeededFuture(sent));
    }

    private static Optional<Throwable> settled(Future<?> append) {
        try {
            append.await();
            return Optional.empty();
        } catch (Exception e) {
            return Optional.of(e);
        }
    }
}
