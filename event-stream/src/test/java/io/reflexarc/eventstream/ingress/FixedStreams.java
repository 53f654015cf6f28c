// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import io.reflexarc.core.event.EventStream;
import io.reflexarc.core.event.EventStreamStore;
import io.reflexarc.core.event.StreamCredential;
import io.reflexarc.core.event.StreamLimits;
import io.reflexarc.core.event.StreamType;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Streams in memory, for the ingress: only what it asks. */
final class FixedStreams implements EventStreamStore {
    final AtomicInteger lookups = new AtomicInteger();
    final Map<StreamId, Long> counted = new ConcurrentHashMap<>();
    final AtomicReference<Optional<Throwable>> failure = new AtomicReference<>(Optional.empty());
    private final Map<StreamId, EventStream> streams = new ConcurrentHashMap<>();
    final Map<String, Long> answers = new ConcurrentSkipListMap<>();

    EventStream add(String name, StreamType type, StreamCredential credential) {
        var id = new StreamId(UUID.randomUUID());
        var stream = new EventStream(
                streams.size() + 1L, id, 1, name, type, credential, true, Instant.EPOCH, 0, Optional.empty());
        streams.put(id, stream);
        return stream;
    }

    EventStream limited(EventStream stream, StreamLimits limits) {
        var limited = new EventStream(
                stream.id(),
                stream.uuid(),
                stream.organization(),
                stream.name(),
                stream.type(),
                stream.credential(),
                true,
                stream.createdAt(),
                0,
                Optional.empty(),
                limits);
        streams.put(stream.uuid(), limited);
        return limited;
    }

    void rotate(EventStream stream, StreamCredential credential, Instant until) {
        streams.put(
                stream.uuid(),
                new EventStream(
                        stream.id(),
                        stream.uuid(),
                        stream.organization(),
                        stream.name(),
                        stream.type(),
                        credential,
                        true,
                        stream.createdAt(),
                        0,
                        Optional.empty(),
                        stream.limits(),
                        Optional.of(new EventStream.Previous(stream.credential(), until))));
    }

    void disable(EventStream stream) {
        streams.put(
                stream.uuid(),
                new EventStream(
                        stream.id(),
                        stream.uuid(),
                        stream.organization(),
                        stream.name(),
                        stream.type(),
                        stream.credential(),
                        false,
                        stream.createdAt(),
                        0,
                        Optional.empty()));
    }

    @Override
    public Future<Optional<EventStream>> find(StreamId uuid) {
        lookups.incrementAndGet();
        return failure.get()
                .<Future<Optional<EventStream>>>map(Future::failedFuture)
                .orElseGet(() -> Future.succeededFuture(Optional.ofNullable(streams.get(uuid))));
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
        counted.merge(uuid, events, Long::sum);
        return Future.succeededFuture();
    }

    @Override
    public Future<EventStream> create(NewStream stream) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<EventStream> update(EventStream stream) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Optional<EventStream>> find(long id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Page<EventStream>> list(PageRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> delete(long id) {
        throw new UnsupportedOperationException();
    }
}
