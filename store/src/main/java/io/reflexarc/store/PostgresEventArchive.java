// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.artifact.ArtifactStore;
import io.reflexarc.core.history.EventArchive;
import io.reflexarc.core.history.Recorded;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The archive: segments as objects, their index in PostgreSQL. A segment is announced, its object written, then one transaction
 * makes it part of the archive and moves the archive's end, if the end is where the writer believed it to be. What a crash
 * leaves behind is an announced segment that nobody reads; it is deleted a day later.
 */
final class PostgresEventArchive implements EventArchive {
    private static final int LOOKED_AT = 500;
    private static final int LOOKED_FOR_AN_EVENT = 20_000;
    private static final int DROPPED_AT_ONCE = 100;
    private static final Duration UNFINISHED = Duration.ofDays(1);
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);
    /** Whether a segment may hold what all probes are for. */
    private static final String MAY_HOLD = """
            (not exists (select from unnest(%s::bigint[]) as probe
                          where get_bit(bloom, probe & (8 * octet_length(bloom)::bigint - 1)) = 0))
            """;

    private final Database database;
    private final ArtifactStore objects;
    private final InstantSource clock;

    PostgresEventArchive(Database database, ArtifactStore objects, InstantSource clock) {
        this.database = database;
        this.objects = objects;
        this.clock = clock;
    }

    @Override
    public Future<ArchiveState> state(StreamId stream) {
        return database.first("""
                        select a.position_major, a.position_minor, a.trouble, a.trouble_since,
                               s.segments, s.events, s.stored, s.oldest, s.newest
                          from (select count(*) as segments, coalesce(sum(events), 0) as events,
                                       coalesce(sum(stored), 0)::bigint as stored,
                                       min(from_at) as oldest, max(to_at) as newest
                                  from history_segments where stream_uuid = $1 and complete) s
                          left join archived_streams a on a.stream_uuid = $1
                        """, Tuple.of(stream.value()), PostgresEventArchive::state)
                .map(found -> found.orElse(ArchiveState.NONE));
    }

    private static ArchiveState state(Row row) {
        return new ArchiveState(
                row.getLong("position_major") == null
                        ? Position.START
                        : new Position(row.getLong("position_major"), row.getLong("position_minor")),
                row.getLong("segments"),
                row.getLong("events"),
                row.getLong("stored"),
                Columns.optionalInstant(row, "oldest"),
                Columns.optionalInstant(row, "newest"),
                Columns.optionalText(row, "trouble"),
                Columns.optionalInstant(row, "trouble_since"));
    }

    @Override
    public Future<Void> write(StreamId stream, Position end, List<Recorded> events) {
        Position first = events.getFirst().position();
        Position last = events.getLast().position();
        String key = "history/" + stream + "/" + first + "_" + last;
        Buffer content = SegmentCodec.write(events);
        return announce(stream, key, events, content.length())
                .compose(announced -> objects.put(key, content, "application/gzip"))
                .compose(put -> database.transaction(connection -> advance(connection, stream, key, end, last)));
    }

    /** A segment that was announced before a crash is announced again: its object will be the same. */
    private Future<?> announce(StreamId stream, String key, List<Recorded> events, int stored) {
        SegmentFilter filter =
                SegmentFilter.of(events.stream().map(Recorded::event).toList());
        List<Instant> times =
                events.stream().map(one -> one.event().receivedAt()).sorted().toList();
        long bytes = events.stream().mapToLong(one -> one.event().body().size()).sum();
        Position first = events.getFirst().position();
        Position last = events.getLast().position();
        return database.run(
                """
                insert into history_segments (stream_uuid, object_key, first_major, first_minor, last_major, last_minor,
                       from_at, to_at, events, bytes, stored, bloom, exact, plain)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, true)
                on conflict (object_key) do update set created_at = now()
                """,
                Tuple.tuple()
                        .addUUID(stream.value())
                        .addString(key)
                        .addLong(first.major())
                        .addLong(first.minor())
                        .addLong(last.major())
                        .addLong(last.minor())
                        .addOffsetDateTime(Columns.time(times.getFirst()))
                        .addOffsetDateTime(Columns.time(times.getLast()))
                        .addInteger(events.size())
                        .addLong(bytes)
                        .addLong((long) stored)
                        .addBuffer(Buffer.buffer(filter.bits()))
                        .addBoolean(filter.exact()));
    }

    private static Future<Void> advance(
            SqlConnection connection, StreamId stream, String key, Position end, Position last) {
        return Database.run(
                        connection,
                        "insert into archived_streams (stream_uuid) values ($1) on conflict do nothing",
                        Tuple.of(stream.value()))
                .compose(known -> Database.run(
                        connection,
                        """
                        update archived_streams
                           set position_major = $4, position_minor = $5, archived_at = now(),
                               trouble = null, trouble_since = null
                         where stream_uuid = $1 and position_major = $2 and position_minor = $3
                        """,
                        Tuple.of(stream.value(), end.major(), end.minor(), last.major(), last.minor())))
                .compose(moved -> moved.rowCount() == 1
                        ? Database.run(
                                connection,
                                "update history_segments set complete = true where object_key = $1 and not complete",
                                Tuple.of(key))
                        : Future.failedFuture(goneOn(stream)))
                .compose(completed ->
                        completed.rowCount() == 1 ? Future.succeededFuture() : Future.failedFuture(goneOn(stream)));
    }

    private static ProblemException goneOn(StreamId stream) {
        return new ProblemException(
                ProblemType.CONFLICT, "the archive of stream " + stream + " was written by another process meanwhile");
    }

    @Override
    public Future<Void> trouble(StreamId stream, Optional<String> what) {
        return database.run(
                        """
                        insert into archived_streams as known (stream_uuid, trouble, trouble_since)
                        values ($1, $2, case when $2::text is null then null else now() end)
                        on conflict (stream_uuid) do update
                           set trouble = excluded.trouble,
                               trouble_since = case when excluded.trouble is null then null
                                                    else coalesce(known.trouble_since, now()) end
                        """,
                        Tuple.of(stream.value(), what.map(Columns::readable).orElse(null)))
                .mapEmpty();
    }

    @Override
    public Future<Step> next(StreamId stream, Position before, Query query) {
        String sql = """
                select object_key, first_major, first_minor, to_at, (not exact or (%s and (not plain or %s))) as wanted
                  from (select * from history_segments
                         where stream_uuid = $1 and complete and (first_major, first_minor) < ($2, $3)
                           and ($4::timestamptz is null or to_at >= $4) and ($5::timestamptz is null or from_at < $5)
                         order by last_major desc, last_minor desc limit %d) newest
                """.formatted(MAY_HOLD.formatted("$6"), MAY_HOLD.formatted("$7"), LOOKED_AT);
        return database.list(
                        sql,
                        Tuple.of(
                                stream.value(),
                                before.major(),
                                before.minor(),
                                time(query.since()),
                                time(query.until()),
                                SegmentFilter.probesOfTexts(query.required()),
                                SegmentFilter.probesOfPlain(query.required())),
                        Looked::of)
                .map(PostgresEventArchive::step);
    }

    private static @Nullable OffsetDateTime time(Optional<Instant> time) {
        return time.map(Columns::time).orElse(null);
    }

    private static Step step(List<Looked> looked) {
        for (Looked one : looked) {
            if (one.wanted) {
                return new Step(Optional.of(one.segment), Optional.of(one.segment.first()));
            }
        }
        return new Step(
                Optional.empty(),
                looked.size() < LOOKED_AT
                        ? Optional.empty()
                        : Optional.of(looked.getLast().segment.first()));
    }

    @Override
    public Future<List<Recorded>> read(StreamId stream, Segment segment, Position before) {
        return objects.get(segment.key())
                .map(content -> content.map(bytes -> SegmentCodec.read(stream, bytes, before))
                        // Retention took it since the index was asked
                        .orElse(List.of()));
    }

    @Override
    public Future<Optional<Recorded>> find(EventId id) {
        Optional<Instant> made = timeOf(id);
        String sql = """
                select stream_uuid, object_key, first_major, first_minor, last_major, to_at, true as wanted
                  from (select * from history_segments
                         where complete and ($1::timestamptz is null or to_at >= $1)
                           and ($2::timestamptz is null or from_at <= $2)
                         order by to_at desc limit %d) newest
                 where %s
                 order by to_at desc limit 20
                """.formatted(LOOKED_FOR_AN_EVENT, MAY_HOLD.formatted("$3"));
        return database.list(
                        sql,
                        Tuple.of(
                                time(made.map(at -> at.minus(CLOCKS_DIFFER))),
                                time(made.map(at -> at.plus(CLOCKS_DIFFER))),
                                SegmentFilter.probesOfId(id.value())),
                        row -> new Place(new StreamId(row.getUUID("stream_uuid")), Looked.of(row).segment))
                .compose(places -> find(id, new ArrayList<>(places)));
    }

    private Future<Optional<Recorded>> find(EventId id, List<Place> places) {
        if (places.isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        Place place = places.removeFirst();
        return find(id, place, new Position(Long.MAX_VALUE, Long.MAX_VALUE))
                .compose(found -> found.isPresent() ? Future.succeededFuture(found) : find(id, places));
    }

    /** Part after part of one segment. */
    private Future<Optional<Recorded>> find(EventId id, Place place, Position before) {
        return read(place.stream, place.segment, before).compose(events -> {
            Optional<Recorded> found =
                    events.stream().filter(one -> one.event().id().equals(id)).findFirst();
            return found.isPresent() || events.isEmpty()
                    ? Future.succeededFuture(found)
                    : find(id, place, events.getLast().position());
        });
    }

    /** Ids that the ingress makes hold their time (RFC 9562, version 7); others may be of any time. */
    private static Optional<Instant> timeOf(EventId id) {
        try {
            UUID uuid = UUID.fromString(id.value());
            return uuid.version() == 7
                    ? Optional.of(Instant.ofEpochMilli(uuid.getMostSignificantBits() >>> 16))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public Future<Integer> dropBefore(Instant time) {
        return database.list(
                        """
                        (select id, object_key from history_segments where to_at < $1 and complete order by to_at limit $3)
                        union all
                        (select id, object_key from history_segments where not complete and created_at < $2 limit $3)
                        """,
                        Tuple.of(
                                Columns.time(time), Columns.time(clock.instant().minus(UNFINISHED)), DROPPED_AT_ONCE),
                        row -> new Old(row.getLong("id"), row.getString("object_key")))
                .compose(old -> Future.join(old.stream()
                                .map(one -> objects.delete(one.key)
                                        .compose(gone -> database.run(
                                                "delete from history_segments where id = $1", Tuple.of(one.id))))
                                .toList())
                        .map(old.size()));
    }

    private record Old(long id, String key) {}

    private record Place(StreamId stream, Segment segment) {}

    private record Looked(Segment segment, boolean wanted) {
        static Looked of(Row row) {
            return new Looked(
                    new Segment(
                            row.getString("object_key"),
                            new Position(row.getLong("first_major"), row.getLong("first_minor")),
                            Columns.instant(row, "to_at")),
                    row.getBoolean("wanted"));
        }
    }
}
