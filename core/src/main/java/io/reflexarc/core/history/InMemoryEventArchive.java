// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.history;

import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** An archive that lives as long as its process. Its index knows times only. Safe for any thread. */
public final class InMemoryEventArchive implements EventArchive {
    private final ConcurrentHashMap<StreamId, List<List<Recorded>>> segments = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<StreamId, String> troubles = new ConcurrentHashMap<>();

    @Override
    public Future<ArchiveState> state(StreamId stream) {
        List<List<Recorded>> all = of(stream);
        List<Recorded> events = all.stream().flatMap(List::stream).toList();
        return Future.succeededFuture(new ArchiveState(
                end(all),
                all.size(),
                events.size(),
                0,
                events.stream().findFirst().map(one -> one.event().receivedAt()),
                events.reversed().stream().findFirst().map(one -> one.event().receivedAt()),
                Optional.ofNullable(troubles.get(stream)),
                Optional.empty()));
    }

    private static Position end(List<List<Recorded>> all) {
        return all.isEmpty() ? Position.START : all.getLast().getLast().position();
    }

    private List<List<Recorded>> of(StreamId stream) {
        return segments.getOrDefault(stream, List.of());
    }

    @Override
    public Future<Void> write(StreamId stream, Position end, List<Recorded> events) {
        boolean[] written = new boolean[1];
        segments.compute(stream, (id, known) -> {
            List<List<Recorded>> all = new ArrayList<>(known == null ? List.of() : known);
            written[0] = end(all).equals(end);
            if (written[0]) {
                all.add(List.copyOf(events));
            }
            return all;
        });
        troubles.remove(stream);
        return written[0]
                ? Future.succeededFuture()
                : Future.failedFuture(new ProblemException(
                        ProblemType.CONFLICT, "the archive of stream " + stream + " does not end at " + end));
    }

    @Override
    public Future<Void> trouble(StreamId stream, Optional<String> what) {
        what.ifPresentOrElse(text -> troubles.put(stream, text), () -> troubles.remove(stream));
        return Future.succeededFuture();
    }

    @Override
    public Future<Step> next(StreamId stream, Position before, Query query) {
        for (List<Recorded> one : of(stream).reversed()) {
            Segment segment = segment(one);
            boolean over = query.since().filter(segment.newest()::isBefore).isPresent();
            if (segment.first().compareTo(before) < 0 && !over) {
                return Future.succeededFuture(new Step(Optional.of(segment), Optional.of(segment.first())));
            }
        }
        return Future.succeededFuture(new Step(Optional.empty(), Optional.empty()));
    }

    private static Segment segment(List<Recorded> events) {
        return new Segment(
                events.getFirst().position().toString(),
                events.getFirst().position(),
                events.getLast().event().receivedAt());
    }

    @Override
    public Future<List<Recorded>> read(StreamId stream, Segment segment, Position before) {
        return Future.succeededFuture(of(stream).stream()
                .filter(one -> segment(one).equals(segment))
                .flatMap(one -> one.reversed().stream())
                .filter(one -> one.position().compareTo(before) < 0)
                .toList());
    }

    @Override
    public Future<Optional<Recorded>> find(EventId id) {
        return Future.succeededFuture(segments.values().stream()
                .flatMap(List::stream)
                .flatMap(List::stream)
                .filter(one -> one.event().id().equals(id))
                .findFirst());
    }

    @Override
    public Future<Integer> dropBefore(Instant time) {
        int before = segments.values().stream().mapToInt(List::size).sum();
        segments.replaceAll((stream, all) -> all.stream()
                .filter(one -> !segment(one).newest().isBefore(time))
                .toList());
        return Future.succeededFuture(
                before - segments.values().stream().mapToInt(List::size).sum());
    }
}
