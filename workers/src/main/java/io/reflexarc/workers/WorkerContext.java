// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.workers;

import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.action.ActionQueue;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.Resources;
import io.reflexarc.core.artifact.ArtifactStore;
import io.reflexarc.core.live.LiveFeed;
import io.reflexarc.core.telemetry.Meters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/**
 * Everything that a worker needs.
 *
 * @param queue where tasks come from
 * @param catalogue actions that this process knows
 * @param resources what is lent to the actions
 * @param artifacts where long output goes
 * @param live who is told, and woken
 * @param meters metrics
 * @param clock for deadlines and leases
 * @param random for the jitter of retries
 * @param name unique among the living workers
 * @param queues which tasks it takes
 * @param concurrency most attempts at a time
 * @param drain how long running attempts may go on when the worker is stopped
 * @param echo is told everything that an attempt prints, at once and on its thread
 */
public record WorkerContext(
        ActionQueue queue,
        ActionCatalogue catalogue,
        Resources resources,
        ArtifactStore artifacts,
        LiveFeed live,
        Meters meters,
        InstantSource clock,
        RandomGenerator random,
        String name,
        List<String> queues,
        int concurrency,
        Duration drain,
        BiConsumer<ActionTask, String> echo) {
    /** Attempts at a time when nobody says otherwise. */
    public static final int DEFAULT_CONCURRENCY = 25;

    /** How long running attempts may go on when nobody says otherwise. */
    public static final Duration DEFAULT_DRAIN = Duration.ofSeconds(10);

    /** Without an echo. */
    public WorkerContext(
            ActionQueue queue,
            ActionCatalogue catalogue,
            Resources resources,
            ArtifactStore artifacts,
            LiveFeed live,
            Meters meters,
            InstantSource clock,
            RandomGenerator random,
            String name,
            List<String> queues,
            int concurrency,
            Duration drain) {
        this(
                queue,
                catalogue,
                resources,
                artifacts,
                live,
                meters,
                clock,
                random,
                name,
                queues,
                concurrency,
                drain,
                (task, text) -> {});
    }

    public WorkerContext {
        queues = List.copyOf(queues);
        if (concurrency < 1 || queues.isEmpty()) {
            throw new IllegalArgumentException(
                    "a worker has at least one queue and runs at least one attempt at a time");
        }
    }
}
