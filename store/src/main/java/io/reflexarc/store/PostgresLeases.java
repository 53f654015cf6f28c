// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.activation.Lease;
import io.reflexarc.core.activation.Leases;
import io.reflexarc.core.activation.Placement;
import io.reflexarc.core.id.ActivationId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Leases in PostgreSQL, by its clock. The epoch is copied to the inboxes in the same statement, so that a claim waits for
 * a commit under way and every later commit of the old owner is refused.
 */
final class PostgresLeases implements Leases {
    private final Database database;

    PostgresLeases(Database database) {
        this.database = database;
    }

    @Override
    public Future<Optional<Lease>> claim(ActivationId activation, String owner, Duration length) {
        return database.first(
                """
                with lease as (
                    update leases
                       set owner = $2, epoch = epoch + 1, until = now() + $3::bigint * interval '1 millisecond'
                     where activation_id = $1 and until < now()
                    returning activation_id, epoch, until
                ), fenced as (
                    update inboxes i set epoch = lease.epoch from lease where i.activation_id = lease.activation_id
                )
                select epoch, until from lease
                """,
                Tuple.of(activation.value(), owner, Columns.millis(length)),
                row -> new Lease(activation, owner, row.getLong("epoch"), Columns.instant(row, "until")));
    }

    @Override
    public Future<Boolean> renew(Lease lease, Duration length) {
        return database.count(
                        """
                        update leases set until = now() + $4::bigint * interval '1 millisecond'
                         where activation_id = $1 and owner = $2 and epoch = $3
                        """, Tuple.of(lease.activation().value(), lease.owner(), lease.epoch(), Columns.millis(length)))
                .map(rows -> rows == 1);
    }

    @Override
    public Future<Void> release(Lease lease) {
        return database.run("""
                        update leases set owner = '', until = '-infinity'
                         where activation_id = $1 and owner = $2 and epoch = $3
                        """, Tuple.of(lease.activation().value(), lease.owner(), lease.epoch()))
                .mapEmpty();
    }

    @Override
    public Future<Placement> attend(String process, Duration length) {
        return database.list(
                        """
                        with attending as (
                            insert into attendants (process, until)
                            values ($1, now() + $2::bigint * interval '1 millisecond')
                            on conflict (process) do update set until = excluded.until
                        ), gone as (
                            delete from attendants where until < now() - interval '1 minute' and process <> $1
                        )
                        select process, null::bigint as activation_id from attendants
                         where until > now() and process <> $1
                        union all
                        select owner, activation_id from leases where until > now()
                        """,
                        Tuple.of(process, Columns.millis(length)),
                        row -> new Attending(row.getString(0), Optional.ofNullable(row.getLong(1))))
                .map(rows -> Attending.placement(process, rows));
    }

    @Override
    public Future<Void> leave(String process) {
        return database.run("delete from attendants where process = $1", Tuple.of(process))
                .mapEmpty();
    }

    /** A process, or one of its leases. */
    private record Attending(String process, Optional<Long> activation) {
        static Placement placement(String own, List<Attending> rows) {
            Set<String> processes = new HashSet<>(Set.of(own));
            Map<ActivationId, String> owners = new HashMap<>();
            for (Attending row : rows) {
                row.activation.ifPresentOrElse(
                        id -> owners.put(new ActivationId(id), row.process), () -> processes.add(row.process));
            }
            return new Placement(processes, owners);
        }
    }

    @Override
    public Future<Boolean> lead(String work, String owner, Duration length) {
        return database.count("""
                        insert into leaders (work, owner, until)
                        values ($1, $2, now() + $3::bigint * interval '1 millisecond')
                        on conflict (work) do update set owner = excluded.owner, until = excluded.until
                         where leaders.owner = excluded.owner or leaders.until < now()
                        """, Tuple.of(work, owner, Columns.millis(length)))
                .map(rows -> rows == 1);
    }
}
