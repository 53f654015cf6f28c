// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.event.EventStream;
import io.reflexarc.core.event.EventStreamStore;
import io.reflexarc.core.event.StreamLimits;
import io.reflexarc.core.event.StreamType;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Event streams in PostgreSQL, their credentials encrypted. */
final class PostgresEventStreamStore implements EventStreamStore {
    private static final String COLUMNS = """
            id, uuid, organization_id, name, type, credential, credential_key, enabled, created_at, events_received,
            last_event_at, events_per_second, burst, max_body_bytes, previous_credential, previous_key, previous_until
            """;
    private static final String SELECT = "select " + COLUMNS + " from event_streams";

    private static final Map<String, OrderedQuery.Type> ORDERS = Map.of(
            "name", OrderedQuery.Type.TEXT,
            "type", OrderedQuery.Type.TEXT,
            "events_received", OrderedQuery.Type.NUMBER,
            "last_event_at", OrderedQuery.Type.TIME,
            "created_at", OrderedQuery.Type.TIME);

    private final Database database;
    private final CredentialCodec credentials;

    PostgresEventStreamStore(Database database, CredentialCodec credentials) {
        this.database = database;
        this.credentials = credentials;
    }

    @Override
    public Future<EventStream> create(NewStream stream) {
        StreamId uuid = new StreamId(UUID.randomUUID());
        Future<EventStream> created = database.run(
                        """
                        insert into event_streams (uuid, organization_id, name, type, credential, credential_key,
                               events_per_second, burst, max_body_bytes)
                        values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning\s""" + COLUMNS,
                        limits(
                                Tuple.of(
                                        uuid.value(),
                                        stream.organization(),
                                        stream.name(),
                                        Columns.label(stream.type()),
                                        credentials.encrypt(uuid, stream.credential()),
                                        credentials.keyId()),
                                stream.limits()))
                .map(rows -> stream(rows.iterator().next()));
        return nameTaken(created, stream.name());
    }

    @Override
    public Future<EventStream> update(EventStream stream) {
        Future<Optional<EventStream>> updated = database.first(
                """
                update event_streams
                   set name = $2, type = $3, credential = $4, credential_key = $5, enabled = $6,
                       events_per_second = $8, burst = $9, max_body_bytes = $10,
                       previous_credential = $11, previous_key = $12, previous_until = $13
                 where id = $1 and uuid = $7 returning\s""" + COLUMNS,
                previous(
                        stream,
                        limits(
                                Tuple.tuple()
                                        .addLong(stream.id())
                                        .addString(stream.name())
                                        .addString(Columns.label(stream.type()))
                                        .addBuffer(credentials.encrypt(stream.uuid(), stream.credential()))
                                        .addString(credentials.keyId())
                                        .addBoolean(stream.enabled())
                                        .addUUID(stream.uuid().value()),
                                stream.limits())),
                this::stream);
        return nameTaken(updated, stream.name()).map(found -> found.orElseThrow(() -> missing(stream.id())));
    }

    private static Tuple limits(Tuple tuple, StreamLimits limits) {
        return tuple.addValue(limits.eventsPerSecond().orElse(null))
                .addValue(limits.burst().orElse(null))
                .addValue(limits.maxBodyBytes().orElse(null));
    }

    private Tuple previous(EventStream stream, Tuple tuple) {
        Optional<EventStream.Previous> previous = stream.previous();
        return tuple.addValue(previous.map(old -> credentials.encrypt(stream.uuid(), old.credential()))
                        .orElse(null))
                .addValue(previous.map(old -> credentials.keyId()).orElse(null))
                .addValue(previous.map(old -> Columns.time(old.until())).orElse(null));
    }

    private static <T> Future<T> nameTaken(Future<T> future, String name) {
        return Database.conflict(
                future,
                "event_stream_name",
                "there is already an event stream named \"" + name + "\": choose another name");
    }

    private static ProblemException missing(long id) {
        return new ProblemException(ProblemType.NOT_FOUND, "there is no event stream " + id);
    }

    @Override
    public Future<Optional<EventStream>> find(long id) {
        return database.first(SELECT + " where id = $1", Tuple.of(id), this::stream);
    }

    @Override
    public Future<Optional<EventStream>> find(StreamId uuid) {
        return database.first(SELECT + " where uuid = $1", Tuple.of(uuid.value()), this::stream);
    }

    @Override
    public Future<Page<EventStream>> list(PageRequest request) {
        Database.Query query = new Filters(request)
                .with("name", "name ilike ?", Filters::part)
                .with("type", "type = ?", type -> type)
                .with("enabled", "enabled = ?", Boolean::valueOf)
                .of(SELECT);
        return new OrderedQuery<>(query, ORDERS, this::stream).page(database, request);
    }

    @Override
    public Future<Void> delete(long id) {
        return database.delete(
                "event_streams",
                id,
                "an activation uses event stream " + id + ": delete the activation first",
                () -> missing(id));
    }

    @Override
    public Future<Void> count(StreamId uuid, long events, Instant last) {
        return database.run("""
                        update event_streams
                           set events_received = events_received + $2, last_event_at = greatest(last_event_at, $3)
                         where uuid = $1
                        """, Tuple.of(uuid.value(), events, Columns.time(last)))
                .mapEmpty();
    }

    @Override
    public Future<Void> answered(StreamId uuid, Map<Integer, Long> requests, Instant last) {
        Integer[] statuses = requests.keySet().toArray(new Integer[0]);
        Long[] counts = new Long[statuses.length];
        for (int i = 0; i < statuses.length; i++) {
            counts[i] = requests.getOrDefault(statuses[i], 0L);
        }
        return database.run("""
                        insert into stream_answers as known (stream_uuid, status, requests, last_at)
                        select s.uuid, a.status, a.requests, $4
                          from event_streams s, unnest($2::integer[], $3::bigint[]) as a (status, requests)
                         where s.uuid = $1
                        on conflict (stream_uuid, status) do update
                           set requests = known.requests + excluded.requests,
                               last_at = greatest(known.last_at, excluded.last_at)
                        """, Tuple.of(uuid.value(), statuses, counts, Columns.time(last)))
                .mapEmpty();
    }

    @Override
    public Future<List<Answered>> answers(StreamId uuid) {
        return database.list(
                "select status, requests, last_at from stream_answers where stream_uuid = $1 order by status",
                Tuple.of(uuid.value()),
                row -> new Answered(
                        row.getInteger("status"), row.getLong("requests"), Columns.instant(row, "last_at")));
    }

    private Optional<EventStream.Previous> previous(StreamId uuid, Row row) {
        return Columns.optionalInstant(row, "previous_until")
                .map(until -> new EventStream.Previous(
                        credentials.decrypt(uuid, row.getBuffer("previous_credential"), row.getString("previous_key")),
                        until));
    }

    private EventStream stream(Row row) {
        StreamId uuid = new StreamId(row.getUUID("uuid"));
        return new EventStream(
                row.getLong("id"),
                uuid,
                row.getLong("organization_id"),
                row.getString("name"),
                Columns.parse(StreamType.class, row.getString("type")),
                credentials.decrypt(uuid, row.getBuffer("credential"), row.getString("credential_key")),
                row.getBoolean("enabled"),
                Columns.instant(row, "created_at"),
                row.getLong("events_received"),
                Columns.optionalInstant(row, "last_event_at"),
                new StreamLimits(
                        Optional.ofNullable(row.getInteger("events_per_second")),
                        Optional.ofNullable(row.getInteger("burst")),
                        Optional.ofNullable(row.getInteger("max_body_bytes"))),
                previous(uuid, row));
    }
}
