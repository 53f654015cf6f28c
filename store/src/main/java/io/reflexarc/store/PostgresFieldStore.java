// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.history.FieldStore;
import io.reflexarc.core.history.StreamFields;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;

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
    public Future<Void> write(StreamId stream, StreamFields fields) {
        return database.run("""
                        insert into stream_fields (stream_uuid, fields)
                        select uuid, $2 from event_streams where uuid = $1
                        on conflict (stream_uuid) do update set fields = excluded.fields, updated_at = now()
                        """, Tuple.of(stream.value(), Columns.bytes(JsonText.of(fields))))
                .mapEmpty();
    }
}
