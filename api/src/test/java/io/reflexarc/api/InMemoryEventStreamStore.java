// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api;

import io.reflexarc.core.event.EventStream;
import io.reflexarc.core.event.EventStreamStore;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.page.Order;
import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;

/** Streams of a test. */
final class InMemoryEventStreamStore implements EventStreamStore {
    private final InstantSource clock;
    private final Map<Long, EventStream> streams = new TreeMap<>();
    final Map<String, Long> answers = new ConcurrentSkipListMap<>();
    private long lastId;

    InMemoryEventStreamStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Future<EventStream> create(NewStream stream) {
        if (streams.values().stream().anyMatch(one -> one.name().equals(stream.name()))) {
            return Future.failedFuture(new ProblemException(
                    ProblemType.CONFLICT, "There is an event stream \"" + stream.name() + "\" already."));
        }
        long id = ++lastId;
        EventStream made = new EventStream(
                id,
                new StreamId(new UUID(0, id)),
                stream.organization(),
                stream.name(),
                stream.type(),
                stream.credential(),
                true,
                clock.instant(),
                0,
                Optional.empty(),
                stream.limits());
        streams.put(id, made);
        return Future.succeededFuture(made);
    }

    @Override
    public Future<EventStream> update(EventStream stream) {
        streams.put(stream.id(), stream);
        return Future.succeededFuture(stream);
    }

    @Override
    public Future<Optional<EventStream>> find(long id) {
        return Future.succeededFuture(Optional.ofNullable(streams.get(id)));
    }

    @Override
    public Future<Optional<EventStream>> find(StreamId uuid) {
        return Future.succeededFuture(
                streams.values().stream().filter(one -> one.uuid().equals(uuid)).findFirst());
    }

    @Override
    public Future<Page<EventStream>> list(PageRequest request) {
        String part = request.filter("name").orElse("").toLowerCase(Locale.ROOT);
        List<EventStream> all = streams.values().stream()
                .filter(one -> one.name().toLowerCase(Locale.ROOT).contains(part))
                .toList();
        return Future.succeededFuture(
                Order.page(all, request, Map.of("name", Comparator.comparing(EventStream::name)), EventStream::id));
    }

    @Override
    public Future<Void> delete(long id) {
        streams.remove(id);
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> answered(StreamId uuid, Map<Integer, Long> requests, Instant last) {
        requests.forEach((status, count) -> answers.merge(uuid + " " + status, count, Long::sum));
        return Future.succeededFuture();
    }

    @Override
    public Future<List<Answered>> answers(StreamId uuid) {
        return Future.succeededFuture(answers.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(uuid + " "))
                .map(entry ->
                        new Answered(Integer.parseInt(entry.getKey().substring(37)), entry.getValue(), Instant.EPOCH))
                .toList());
    }

    @Override
    public Future<Void> count(StreamId uuid, long events, Instant last) {
        return Future.succeededFuture();
    }
}
