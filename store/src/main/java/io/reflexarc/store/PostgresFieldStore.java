// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.history.FieldStore;
import io.reflexarc.core.history.RecordedStream;
import io.reflexarc.core.history.StreamFields;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Fields of streams in PostgreSQL: one document for each stream. */
final class PostgresFieldStore implements FieldStore {
    private final Database database;

    PostgresFieldStore(Database database) {
        this.database = database;
    }

    @Override
    public Future<StreamFields> read(StreamId stream) {
        return database.first(
                        "select fields from stream_fields where stream_uuid = $1",
                        Tuple.of(stream.value()),
                        row -> Columns.json(row, "fields").as(StreamFields.class))
                .map(found -> found.orElse(StreamFields.NONE));
    }

    @Override
    public Future<List<StreamFields>> latest(Collection<StreamId> streams, int most) {
        UUID[] ids = streams.stream().map(StreamId::value).toArray(UUID[]::new);
        return database.list(
                "select fields from stream_fields where stream_uuid = any($1) order by updated_at desc limit $2",
                Tuple.of(ids, most),
                row -> Columns.json(row, "fields").as(StreamFields.class));
    }

    @Override
    public Future<Void> write(RecordedStream stream, StreamFields fields) {
        return database.run(
                        """
                        insert into stream_fields (stream_uuid, event_stream_uuid, activation_id, fields)
                        select $1, one.event_stream_uuid, one.activation_id, $2
                        from (select uuid as event_stream_uuid, null::bigint as activation_id
                              from event_streams where uuid = $1
                              union all
                              select null, id from activations where id = $3) as one
                        on conflict (stream_uuid) do update set fields = excluded.fields, updated_at = now()
                        """,
                        Tuple.of(
                                stream.id().value(),
                                Columns.bytes(JsonText.of(fields)),
                                stream.activation().map(ActivationId::value).orElse(null)))
                .mapEmpty();
    }
}
