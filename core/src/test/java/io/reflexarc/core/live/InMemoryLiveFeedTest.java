// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InMemoryLiveFeedTest {
    private final Deque<Runnable> queued = new ArrayDeque<>();
    private final InMemoryLiveFeed feed = new InMemoryLiveFeed(queued::add);

    @Test
    void tellsEveryListenerInOrderUntilItCancels() {
        List<String> heard = new ArrayList<>();
        LiveFeed.Subscription subscription = feed.subscribe(
                        update -> heard.add(((LiveUpdate.Counted) update).process()))
                .result();

        feed.publish(counted("a"));
        feed.publish(counted("b"));
        runQueued();
        subscription.cancel();
        feed.publish(counted("c"));
        runQueued();

        assertThat(heard).containsExactly("a", "b");
    }

    @Test
    void severalRingsMayBecomeOne() {
        var rung = new AtomicInteger();
        feed.onRing("tasks", rung::incrementAndGet);

        feed.ring("tasks");
        feed.ring("tasks");
        feed.ring("activations");
        runQueued();

        assertThat(rung).hasValue(1);
    }

    private void runQueued() {
        while (!queued.isEmpty()) {
            queued.remove().run();
        }
    }

    private static LiveUpdate counted(String process) {
        return new LiveUpdate.Counted(process, Instant.EPOCH, Map.of(), Map.of());
    }
}
