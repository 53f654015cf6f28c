// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import io.reflexarc.core.event.EventStream;
import io.reflexarc.core.event.EventStreamStore;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams that one event loop has seen lately, and the ids that are none. A change of a stream is seen after two seconds.
 * While the store does not answer, a known stream goes on for a minute: taking events needs the log, not the store.
 */
final class StreamDirectory {
    private static final Logger LOGGER = LoggerFactory.getLogger(StreamDirectory.class);
    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final Duration USABLE = Duration.ofMinutes(1);
    /** A store that did not answer is left alone for so long, whoever asks. */
    private static final Duration REST = Duration.ofSeconds(1);

    private static final int MOST = 10_000;

    private final EventStreamStore store;
    private final InstantSource clock;
    private final Context context;
    private final RateLimit strangers;
    private final Map<StreamId, Known> known = new Recent<>();
    private final Map<StreamId, Instant> absent = new Recent<>();
    private final Map<StreamId, Promise<Optional<KnownStream>>> loading = new HashMap<>();
    private Optional<Instant> failedAt = Optional.empty();

    /**
     * An empty directory.
     *
     * @param strangers how often ids are looked up that were no stream before; shared, so that guessing ids cannot load the
     *     store
     */
    StreamDirectory(EventStreamStore store, InstantSource clock, Context context, RateLimit strangers) {
        this.store = store;
        this.clock = clock;
        this.context = context;
        this.strangers = strangers;
    }

    /** The enabled stream with this id. Call on the event loop only. */
    Future<Optional<KnownStream>> find(StreamId id) {
        Instant now = clock.instant();
        Known found = known.get(id);
        if (found != null && fresh(found.loadedAt(), now)) {
            return Future.succeededFuture(Optional.of(found.stream()));
        }
        if (failedAt.filter(at -> now.isBefore(at.plus(REST))).isPresent()) {
            return withoutStore(id, now);
        }
        Instant missedAt = absent.get(id);
        if (missedAt != null && fresh(missedAt, now)) {
            return Future.succeededFuture(Optional.empty());
        }
        Promise<Optional<KnownStream>> underWay = loading.get(id);
        if (underWay != null) {
            return underWay.future();
        }
        if (found == null && !strangers.take(now)) {
            return Future.failedFuture(new ProblemException(
                    ProblemType.TOO_MANY_REQUESTS,
                    "Too many requests for streams that do not exist: try again later."));
        }
        return load(id);
    }

    private Future<Optional<KnownStream>> load(StreamId id) {
        Promise<Optional<KnownStream>> promise = Promise.promise();
        loading.put(id, promise);
        store.find(id)
                .onComplete(answer -> context.runOnContext(unused -> {
                    loading.remove(id);
                    promise.handle(accept(id, answer));
                }));
        return promise.future();
    }

    private Future<Optional<KnownStream>> accept(StreamId id, AsyncResult<Optional<EventStream>> answer) {
        Instant now = clock.instant();
        if (answer.failed()) {
            if (failedAt.isEmpty()) {
                LOGGER.atWarn()
                        .addKeyValue("cause", String.valueOf(answer.cause().getMessage()))
                        .log("event streams cannot be looked up, known ones go on for a minute");
            }
            failedAt = Optional.of(now);
            return withoutStore(id, now);
        }
        if (failedAt.isPresent()) {
            failedAt = Optional.empty();
            LOGGER.atInfo().log("event streams can be looked up again");
        }
        Known before = known.get(id);
        Optional<EventStream> enabled = answer.result().filter(EventStream::enabled);
        if (enabled.isEmpty()) {
            known.remove(id);
            absent.put(id, now);
            return Future.succeededFuture(Optional.empty());
        }
        KnownStream made = before != null && same(before.stream().stream(), enabled.get())
                ? before.stream()
                : KnownStream.of(enabled.get());
        absent.remove(id);
        known.put(id, new Known(made, now));
        return Future.succeededFuture(Optional.of(made));
    }

    private Future<Optional<KnownStream>> withoutStore(StreamId id, Instant now) {
        Known before = known.get(id);
        return before != null && now.isBefore(before.loadedAt().plus(USABLE))
                ? Future.succeededFuture(Optional.of(before.stream()))
                : Future.failedFuture(new ProblemException(
                        ProblemType.DEPENDENCY_DOWN, "The store of event streams does not answer."));
    }

    private static boolean same(EventStream one, EventStream other) {
        return one.credential().equals(other.credential())
                && one.type() == other.type()
                && one.limits().equals(other.limits())
                && one.previous().equals(other.previous())
                && one.name().equals(other.name());
    }

    private static boolean fresh(Instant loadedAt, Instant now) {
        return now.isBefore(loadedAt.plus(FRESH));
    }

    private record Known(KnownStream stream, Instant loadedAt) {}

    /** Forgets what was used least lately. */
    private static final class Recent<V> extends LinkedHashMap<StreamId, V> {
        private static final long serialVersionUID = 1L;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<StreamId, V> eldest) {
            return size() > MOST;
        }
    }
}
