// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import io.reflexarc.core.event.EventStreamStore;
import io.reflexarc.core.event.Secret;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.live.LiveFeed;
import io.reflexarc.core.live.LiveUpdate;
import io.reflexarc.core.log.Appended;
import io.reflexarc.core.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Shows some of the requests of each stream to whoever watches, over the live feed, which stores nothing; and counts how all of
 * them were answered. Shared by all event loops; a request that is not shown costs an addition.
 */
final class RequestTap {
    /** Accepted requests of a stream that are shown in a second, and as many refused ones. */
    static final int SHOWN_PER_SECOND = 5;

    /** Bytes of a body that are shown. */
    static final int SHOWN_BYTES = 2_048;

    private static final int ACCEPTED = 202;
    private static final int MOST_HEADERS = 40;
    private static final int LONGEST_VALUE = 200;
    private static final Set<String> NEVER_SHOWN = Set.of("authorization", "cookie", "proxy-authorization");
    private static final Pattern SECRET = Pattern.compile("token|secret|passw|api-?key|signature|credential");

    private final LiveFeed feed;
    private final EventStreamStore store;
    private final Map<StreamId, Shown> shown = new ConcurrentHashMap<>();
    private final Map<StreamId, Tally> answers = new ConcurrentHashMap<>();

    RequestTap(LiveFeed feed, EventStreamStore store) {
        this.feed = feed;
        this.store = store;
    }

    /** The log holds the events of a request. */
    void accepted(KnownStream stream, Visit visit, List<Appended> events) {
        count(stream, ACCEPTED, visit.at());
        if (shown(stream).accepted.incrementAndGet() <= SHOWN_PER_SECOND) {
            Optional<EventId> first = events.stream().map(Appended::id).findFirst();
            show(stream, visit, ACCEPTED, "", events.size(), first);
        }
    }

    /** A request was refused. */
    void refused(KnownStream stream, Visit visit, ProblemException problem) {
        count(stream, problem.type().status(), visit.at());
        if (shown(stream).refused.incrementAndGet() <= SHOWN_PER_SECOND) {
            show(stream, visit, problem.type().status(), problem.detail(), 0, Optional.empty());
        }
    }

    private Shown shown(KnownStream stream) {
        return shown.computeIfAbsent(stream.stream().uuid(), unused -> new Shown());
    }

    private void count(KnownStream stream, int status, Instant at) {
        answers.compute(
                stream.stream().uuid(), (id, known) -> (known == null ? new Tally() : known).add(status, 1, at));
    }

    private void show(KnownStream stream, Visit visit, int status, String reason, int events, Optional<EventId> event) {
        Buffer body = visit.body();
        feed.publish(new LiveUpdate.RequestSeen(
                stream.stream().uuid(),
                visit.at(),
                status,
                reason,
                events,
                event,
                headers(stream, visit),
                body.length(),
                body.getBuffer(0, Math.min(SHOWN_BYTES, body.length())).toString(StandardCharsets.UTF_8)));
    }

    private static List<LiveUpdate.Header> headers(KnownStream stream, Visit visit) {
        List<LiveUpdate.Header> headers = new ArrayList<>();
        for (Map.Entry<String, String> header : visit.request().headers()) {
            if (headers.size() == MOST_HEADERS) {
                break;
            }
            String name = header.getKey().toLowerCase(Locale.ROOT);
            boolean secret = stream.proves(name)
                    || NEVER_SHOWN.contains(name)
                    || SECRET.matcher(name).find();
            String value = header.getValue();
            headers.add(new LiveUpdate.Header(shortened(header.getKey()), secret ? Secret.MASK : shortened(value)));
        }
        return headers;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    }

    /** Once a second: more may be shown. */
    void next() {
        shown.clear();
    }

    /** Every few seconds and at the end: the answers go to the streams. What fails is counted again next time. */
    Future<Void> store() {
        List<Future<Void>> writes = new ArrayList<>();
        for (StreamId stream : answers.keySet()) {
            Tally counted = answers.remove(stream);
            if (counted != null) {
                writes.add(store.answered(stream, counted.requests, counted.last)
                        .onFailure(cause ->
                                answers.compute(stream, (id, known) -> known == null ? counted : known.add(counted))));
            }
        }
        return Future.join(writes).mapEmpty();
    }

    /** What was shown of a stream in this second. */
    private static final class Shown {
        private final AtomicInteger accepted = new AtomicInteger();
        private final AtomicInteger refused = new AtomicInteger();
    }

    /** Guarded by the map that holds it: changed within compute only, and by nobody once it was removed. */
    private static final class Tally {
        private final Map<Integer, Long> requests = new HashMap<>();
        private Instant last = Instant.MIN;

        Tally add(int status, long count, Instant at) {
            requests.merge(status, count, Long::sum);
            last = at.isAfter(last) ? at : last;
            return this;
        }

        Tally add(Tally other) {
            other.requests.forEach((status, count) -> add(status, count, other.last));
            return this;
        }
    }
}
