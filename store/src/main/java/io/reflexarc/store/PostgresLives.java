// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.process.Lives;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Set;

/** Processes that live, by PostgreSQL's clock and its advisory locks. */
final class PostgresLives implements Lives {
    private static final String LIVE = """
            with told as (
                insert into lives (process, worker, until, present)
                values ($1, $2, now() + $3::bigint * interval '1 millisecond',
                        $4 and (select %s from (select $1::text as name) own))
                on conflict (process) do update set until = excluded.until, present = excluded.present
            ), gone as (
                delete from lives where until < now() - interval '1 minute' and process <> $1
            )
            select count(*) from lives where until > now() and process <> $1
            """.formatted(SignOfLife.GIVEN);

    private static final String SILENT = """
            select name from (select process as name from lives where present and until > now() and process <> $1) other
             where not %s and (select %s from (select $1::text as name) own)
            """.formatted(SignOfLife.GIVEN, SignOfLife.GIVEN);

    /**
     * Of its tasks only the lease is shortened: whoever takes them over judges them as always. A worker with a name that was chosen
     * for it may have begun others since, in the process that came after.
     */
    private static final String BURY = """
            with silent as (
                delete from lives
                 where process in (select name from (select $1::text as name) other where not %s) and present
                returning process, worker
            ), leases_freed as (
                update leases set owner = '', until = '-infinity' where owner in (select process from silent)
            ), led as (
                update leaders set until = '-infinity' where owner in (select process from silent)
            ), attended as (
                delete from attendants where process in (select process from silent)
            ), tasks_lost as (
                update tasks t set lease_until = now() - interval '1 millisecond' from silent
                 where t.state = 'running' and t.worker = silent.worker
                   and t.begun_at < coalesce((select min(next.since) from lives next
                                               where next.worker = silent.worker and next.process <> silent.process),
                                             'infinity')
            )
            select count(*) from silent
            """.formatted(SignOfLife.GIVEN);

    private final Database database;
    private final SignOfLife sign;

    PostgresLives(Database database, SignOfLife sign) {
        this.database = database;
        this.sign = sign;
    }

    @Override
    public Future<Boolean> live(String process, String worker, Duration length) {
        return database.run(LIVE, Tuple.of(process, worker, Columns.millis(length), sign.given(process)))
                .map(rows -> Database.single(rows) > 0);
    }

    /** Who gives no sign itself, because PostgreSQL has just come back, judges nobody. */
    @Override
    public Future<Set<String>> silent(String process) {
        return sign.given(process)
                ? database.list(SILENT, Tuple.of(process), row -> row.getString(0))
                        .map(Set::copyOf)
                : Future.succeededFuture(Set.of());
    }

    @Override
    public Future<Boolean> bury(String process) {
        return database.run(BURY, Tuple.of(process)).map(rows -> Database.single(rows) == 1);
    }

    @Override
    public Future<Void> leave(String process) {
        return database.run("delete from lives where process = $1", Tuple.of(process))
                .mapEmpty();
    }
}
