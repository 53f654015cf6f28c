// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.ActivationVersions;
import io.reflexarc.core.activation.VersionChange;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;

/** Which version decided when, in PostgreSQL. */
final class PostgresActivationVersions implements ActivationVersions {
    private final Database database;

    PostgresActivationVersions(Database database) {
        this.database = database;
    }

    @Override
    public Future<Void> requested(ActivationId activation, VersionChange change) {
        return database.run(VersionRows.REQUESTED, VersionRows.arguments(InboxId.of(activation), change))
                .mapEmpty();
    }

    @Override
    public Future<Page<VersionChange>> list(ActivationId activation, PageRequest request) {
        Database.Query query = new Database.Query(
                VersionRows.SELECT + " where activation_id = $1 and part = 0", Tuple.of(activation.value()));
        return database.page(query, "entry_major desc, entry_minor desc", request, VersionRows::change);
    }

    @Override
    public Future<Optional<VersionChange>> find(ActivationId activation, Position entry) {
        return database.first(
                VersionRows.SELECT + " where activation_id = $1 and part = 0 and entry_major = $2 and entry_minor = $3",
                Tuple.of(activation.value(), entry.major(), entry.minor()),
                VersionRows::change);
    }

    @Override
    public Future<List<Activation>> activations(long rulebook) {
        return database.list(
                PostgresActivationStore.SELECT + " where a.rulebook_id = $1 order by a.id",
                Tuple.of(rulebook),
                PostgresActivationStore::activation);
    }

    @Override
    public Future<Void> follow(ActivationId activation, boolean follows) {
        return database.run("update activations set follows = $2 where id = $1", Tuple.of(activation.value(), follows))
                .mapEmpty();
    }

    @Override
    public Future<Boolean> beginWith(ActivationId activation, VersionChange first) {
        // The new epoch refuses whoever has just read the old version and is about to run it.
        return database.transaction(connection -> Database.run(
                        connection, """
                        with fenced as (
                            update leases l set owner = '', epoch = l.epoch + 1, until = '-infinity'
                              from activations a, inboxes i
                             where l.activation_id = $1 and a.id = $1 and i.activation_id = $1 and i.part = 0
                               and (l.until < now() or not a.enabled) and a.status in ('pending', 'stopped', 'error')
                               and i.position_major = i.begin_major and i.position_minor = i.begin_minor
                               and not exists (select 1 from snapshots s where s.activation_id = $1)
                            returning l.epoch
                        ), inbox as (
                            update inboxes i set epoch = fenced.epoch from fenced where i.activation_id = $1
                        )
                        update activations a set rulebook_version_id = $2 from fenced where a.id = $1
                        """, Tuple.of(activation.value(), first.version()))
                .compose(rows -> rows.rowCount() == 0
                        ? Future.succeededFuture(false)
                        : Database.run(
                                        connection,
                                        VersionRows.DECIDED,
                                        VersionRows.arguments(InboxId.of(activation), first))
                                .map(true)));
    }
}
