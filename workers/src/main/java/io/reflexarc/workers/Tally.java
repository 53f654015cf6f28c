// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.workers;

import io.reflexarc.core.live.LiveUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Counts what attempts came to and tells it once a second. */
final class Tally {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final WorkerContext worker;
    private final Map<String, Long> counts = new HashMap<>();
    private Instant next = Instant.MIN;

    Tally(WorkerContext worker) {
        this.worker = worker;
    }

    /** One attempt ended so. */
    void add(Attempt attempt, String outcome) {
        counts.merge("actions/" + outcome, 1L, Long::sum);
        Duration time = Duration.between(attempt.started(), worker.clock().instant());
        worker.meters().attempt(attempt.task().action(), outcome, time);
    }

    /** Tells, when a second has passed. */
    void publish(Instant now, int running) {
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(EVERY);
        worker.live()
                .publish(new LiveUpdate.Counted(
                        worker.name(), now, Map.copyOf(counts), Map.of("tasks_running", (double) running)));
        counts.clear();
    }
}
