// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.source;

import io.reflexarc.core.event.Subject;
import io.reflexarc.core.live.LiveFeed;
import io.reflexarc.core.live.LiveUpdate;
import io.reflexarc.core.log.Appended;
import io.reflexarc.core.log.NewEvent;
import io.reflexarc.core.source.SourceHost.Wanted;
import io.reflexarc.core.source.SourceTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Step 12 of the path of an event, for what the sources of activations bring: tells the live feed of some of them and of the
 * number of all. Shared by all sources of a process; while none brings anything, nothing runs.
 */
public final class SourceReports {
    private static final int SAMPLES_PER_SECOND = 200;
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final String process;
    private final LiveFeed feed;
    private final SourceTime time;
    private final AtomicInteger samplesLeft = new AtomicInteger(SAMPLES_PER_SECOND);
    private final AtomicBoolean due = new AtomicBoolean();
    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

    /** From a process of this name to this feed. */
    public SourceReports(String process, LiveFeed feed, SourceTime time) {
        this.process = process;
        this.feed = feed;
        this.time = time;
    }

    /** Events of a source are in the log. Repeats are no arrivals. */
    void accepted(Wanted source, List<NewEvent> events, List<Appended> appended) {
        int fresh = 0;
        for (int i = 0; i < events.size(); i++) {
            if (!appended.get(i).repeated()) {
                fresh++;
                sample(source, events.get(i));
            }
        }
        if (fresh > 0) {
            counts.computeIfAbsent("events/" + source.called(), unused -> new AtomicLong())
                    .addAndGet(fresh);
            if (due.compareAndSet(false, true)) {
                time.start("source-reports", this::publishSoon);
            }
        }
    }

    private void sample(Wanted source, NewEvent event) {
        if (samplesLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            feed.publish(new LiveUpdate.EventArrived(
                    event.id(),
                    source.stream(),
                    source.called(),
                    event.receivedAt(),
                    Subject.of(event.body()),
                    event.body().size()));
        }
    }

    private void publishSoon() {
        try {
            time.sleep(BETWEEN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // What is counted from here on has a report of its own
        due.set(false);
        samplesLeft.set(SAMPLES_PER_SECOND);
        Map<String, Long> report = new HashMap<>();
        counts.forEach((name, count) -> {
            long value = count.getAndSet(0);
            if (value > 0) {
                report.put(name, value);
            }
        });
        feed.publish(new LiveUpdate.Counted(process, time.instant(), report, Map.of()));
    }
}
