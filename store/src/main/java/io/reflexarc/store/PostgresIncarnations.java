// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.log.Incarnations;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;

/** Which log this database belongs to. */
final class PostgresIncarnations implements Incarnations {
    private static final String EXPECTED = "select incarnation from log_incarnations order by id desc limit 1";

    private final Database database;

    PostgresIncarnations(Database database) {
        this.database = database;
    }

    @Override
    public Future<Optional<Incarnation>> expected() {
        return database.first(EXPECTED, Tuple.tuple(), row -> new Incarnation(row.getUUID(0)));
    }

    @Override
    public Future<Void> expect(Incarnation incarnation) {
        return database.transaction(connection -> Database.run(
                        connection, "lock table log_incarnations in exclusive mode", Tuple.tuple())
                .compose(locked -> Database.run(connection, """
                        insert into log_incarnations (incarnation)
                        select $1::uuid where $1::uuid is distinct from (%s) returning id
                        """.formatted(EXPECTED), Tuple.of(incarnation.value())))
                .compose(opened -> opened.size() == 0
                        ? Future.succeededFuture()
                        : startOver(connection, Database.single(opened))));
    }

    /** Every owner is fenced, and every session begins anew: what only an old one could release or await is ended. */
    private static Future<Void> startOver(SqlConnection connection, long incarnation) {
        Future<RowSet<Row>> fenced = Database.run(connection, """
                with fenced as (
                    update leases set owner = '', epoch = epoch + 1, until = '-infinity' returning activation_id, epoch
                )
                update inboxes i
                   set epoch = fenced.epoch, incarnation = $1, position_major = 0, position_minor = 0,
                       begin_major = 0, begin_minor = 0
                  from fenced where i.activation_id = fenced.activation_id
                returning i.activation_id
                """, Tuple.of(incarnation));
        return fenced.compose(rows -> {
                    List<ActivationId> activations = Database.all(rows, row -> new ActivationId(row.getLong(0)));
                    return TaskEnding.cancelWaiting(
                            connection, activations, "the event log that its activation read was lost");
                })
                .compose(cancelled -> Database.run(connection, "delete from snapshots", Tuple.tuple()))
                .compose(deleted -> Database.run(connection, "delete from unsent_outcomes", Tuple.tuple()))
                .mapEmpty();
    }
}
