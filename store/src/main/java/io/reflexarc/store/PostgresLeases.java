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
    private final SignOfLife sign;

    PostgresLeases(Database database, SignOfLife sign) {
        this.database = database;
        this.sign = sign;
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
                            insert into attendants (process, until, present)
                            values ($1, now() + $2::bigint * interval '1 millisecond',
                                    $3 and (select %s from (select $1::text as name) own))
                            on conflict (process) do update set until = excluded.until, present = excluded.present
                        ), gone as (
                            delete from attendants where until < now() - interval '1 minute' and process <> $1
                        )
                        select process, null::bigint as activation_id from attendants
                         where until > now() and process <> $1
                        union all
                        select owner, activation_id from leases where until > now()
                        """.formatted(SignOfLife.GIVEN),
                        Tuple.of(process, Columns.millis(length), sign.given(process)),
                        row -> new Attending(row.getString(0), Optional.ofNullable(row.getLong(1))))
                .map(rows -> Attending.placement(process, rows));
    }

    /** Who gives no sign itself, because PostgreSQL has just come back, judges nobody. */
    @Override
    public Future<Set<String>> silent(String process) {
        return sign.given(process)
                ? database.list(
                                """
                                select name from (select process as name from attendants
                                                   where present and until > now() and process <> $1) other
                                 where not %s and (select %s from (select $1::text as name) own)
                                """.formatted(SignOfLife.GIVEN, SignOfLife.GIVEN),
                                Tuple.of(process),
                                row -> row.getString(0))
                        .map(Set::copyOf)
                : Future.succeededFuture(Set.of());
    }

    @Override
    public Future<Boolean> bury(String process) {
        return database.count("""
                        with silent as (
                            select name from (select process as name from attendants where present and process = $1) other
                             where not\040""" + SignOfLife.GIVEN + """
                        ), freed as (
                            update leases set owner = '', until = '-infinity' where owner in (select name from silent)
                        )
                        delete from attendants where process in (select name from silent)
                        """, Tuple.of(process)).map(rows -> rows == 1);
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
