// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import io.reflexarc.core.event.EventStream;
import io.reflexarc.core.event.EventStreamStore;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.live.LiveFeed;
import io.reflexarc.core.live.LiveUpdate;
import io.reflexarc.core.log.Appended;
import io.reflexarc.core.telemetry.Meters;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Step 12 of the path of an event, for arrivals: tells the live feed, the meters and the counters of the streams. Shared by
 * all event loops; costs no request more than some additions.
 */
final class ArrivalReports {
    private static final Logger LOGGER = LoggerFactory.getLogger(ArrivalReports.class);
    private static final int SAMPLES_PER_SECOND = 200;

    private final String process;
    private final LiveFeed feed;
    private final Meters meters;
    private final EventStreamStore store;
    private final InstantSource clock;
    private final AtomicInteger samplesLeft = new AtomicInteger(SAMPLES_PER_SECOND);
    private final ConcurrentHashMap<String, AtomicLong> counts = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<StreamId, Total> totals = new ConcurrentHashMap<>();

    ArrivalReports(String process, LiveFeed feed, Meters meters, EventStreamStore store, InstantSource clock) {
        this.process = process;
        this.feed = feed;
        this.meters = meters;
        this.store = store;
        this.clock = clock;
    }

    /** Events of one request are in the log. Repeats are no arrivals. */
    void accepted(EventStream stream, List<Intake.Taken> taken, List<Appended> appended, Instant at) {
        int fresh = 0;
        for (int i = 0; i < taken.size(); i++) {
            if (!appended.get(i).repeated()) {
                fresh++;
                sample(stream, taken.get(i), at);
            }
        }
        if (fresh < taken.size()) {
            meters.eventsRepeated(stream.name(), taken.size() - fresh);
        }
        if (fresh > 0) {
            meters.eventsAccepted(stream.name(), fresh);
            add("events/" + stream.name(), fresh);
            totals.merge(stream.uuid(), new Total(fresh, at), Total::plus);
        }
    }

    /** A request was refused; the stream's name is {@code unknown} when there is none. */
    void refused(String stream, int status) {
        meters.eventsRefused(stream, status);
        add("refused/" + status, 1);
    }

    private void add(String name, long count) {
        counts.computeIfAbsent(name, unused -> new AtomicLong()).addAndGet(count);
    }

    private void sample(EventStream stream, Intake.Taken taken, Instant at) {
        if (samplesLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            feed.publish(new LiveUpdate.EventArrived(
                    taken.event().id(),
                    stream.uuid(),
                    stream.name(),
                    at,
                    taken.subject(),
                    taken.event().body().size()));
        }
    }

    /** Once a second: what was counted goes to the live feed. */
    void publishCounts() {
        samplesLeft.set(SAMPLES_PER_SECOND);
        Map<String, Long> report = new HashMap<>();
        counts.forEach((name, count) -> {
            long value = count.getAndSet(0);
            if (value > 0) {
                report.put(name, value);
            }
        });
        if (!report.isEmpty()) {
            feed.publish(new LiveUpdate.Counted(process, clock.instant(), report, Map.of()));
        }
    }

    /** Every few seconds and at the end: what was counted goes to the streams. What fails is counted again next time. */
    Future<Void> storeTotals() {
        List<Future<Void>> writes = new ArrayList<>();
        for (StreamId stream : totals.keySet()) {
            Total total = totals.remove(stream);
            if (total != null) {
                writes.add(store.count(stream, total.events(), total.last()).onFailure(cause -> {
                    totals.merge(stream, total, Total::plus);
                    LOGGER.atDebug()
                            .setCause(cause)
                            .addKeyValue("stream", stream)
                            .log("events could not be counted, trying again");
                }));
            }
        }
        return Future.join(writes).mapEmpty();
    }

    private record Total(long events, Instant last) {
        Total plus(Total other) {
            return new Total(events + other.events, last.isAfter(other.last) ? last : other.last);
        }
    }
}
