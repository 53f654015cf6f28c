// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.ActivationStatus;
import io.reflexarc.core.activation.ActivationStore;
import io.reflexarc.core.activation.ExecutionStrategy;
import io.reflexarc.core.activation.RestartPolicy;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Activations in PostgreSQL. */
final class PostgresActivationStore implements ActivationStore {
    static final String SELECT = """
            select a.id, a.organization_id, a.name, a.description, a.enabled, a.rulebook_id, a.rulebook_version_id,
                   a.follows, a.variables, a.inventory, a.strategy, a.restart_policy, a.status, a.status_message, a.restart_count,
                   a.created_at, a.status_since, n.events_seen, n.decisions_made, s.sources, s.streams
              from activations a
             cross join lateral (
                   select coalesce(sum(events_seen), 0)::bigint as events_seen,
                          coalesce(sum(decisions_made), 0)::bigint as decisions_made
                     from inboxes where activation_id = a.id) n
             cross join lateral (
                   select coalesce(array_agg(source order by source), '{}') as sources,
                          coalesce(array_agg(stream_uuid order by source), '{}') as streams
                     from activation_sources where activation_id = a.id) s
            """;

    private static final Map<String, OrderedQuery.Type> ORDERS = Map.of(
            "name", OrderedQuery.Type.TEXT,
            "status", OrderedQuery.Type.TEXT,
            "rulebook_name", OrderedQuery.Type.TEXT,
            "events_seen", OrderedQuery.Type.NUMBER,
            "decisions_made", OrderedQuery.Type.NUMBER,
            "restart_count", OrderedQuery.Type.NUMBER,
            "status_since", OrderedQuery.Type.TIME,
            "created_at", OrderedQuery.Type.TIME);

    /** Whoever owned it before commits nothing more. */
    private static final String FENCED = """
            with fenced as (
                update leases l set owner = '', epoch = l.epoch + 1, until = '-infinity'
                  from activations a
                 where l.activation_id = $1 and a.id = l.activation_id and not a.enabled and a.status = 'stopped'
                returning l.epoch
            )
            """;

    private final Database database;

    PostgresActivationStore(Database database) {
        this.database = database;
    }

    @Override
    public Future<Activation> create(NewActivation activation) {
        Future<Long> created = database.transaction(connection -> insert(connection, activation)
                .compose(id -> id.isPresent()
                        ? sources(connection, id.get(), activation.sources()).map(id.get())
                        : Future.failedFuture(new ProblemException(
                                ProblemType.INVALID,
                                "rulebook " + activation.rulebookId() + " or its version does not exist"))));
        return Database.conflict(
                        created,
                        "activation_name",
                        "there is already an activation named \"" + activation.name() + "\": choose another name")
                .recover(failure -> Future.failedFuture(
                        Database.isForeignKeyViolation(failure)
                                ? new ProblemException(
                                        ProblemType.INVALID,
                                        "a stream that stands in for a source does not exist",
                                        failure)
                                : failure))
                .compose(id -> existing(new ActivationId(id)));
    }

    private static Future<Optional<Long>> insert(SqlConnection connection, NewActivation activation) {
        return Database.run(
                        connection,
                        """
                        with version as (
                            select id, rulebook_id, number from rulebook_versions
                             where rulebook_id = $5 and ($6::bigint is null or id = $6)
                             order by number desc limit 1
                        ), activation as (
                            insert into activations (organization_id, name, description, enabled, rulebook_id,
                                   rulebook_version_id, variables, inventory, strategy, restart_policy, status, follows)
                            select $1, $2, $3, $4, rulebook_id, id, $7, $8, $9, $10, $11, $6::bigint is null from version
                            returning id, created_at
                        ), lease as (
                            insert into leases (activation_id) select id from activation
                        ), inbox as (
                            insert into inboxes (activation_id, part, incarnation)
                            select id, 0, coalesce((select max(id) from log_incarnations), 0) from activation
                        ), history as (
                            insert into activation_versions
                            select activation.id, 0, 0, 0, version.id, number, 'live', '', created_at, created_at, '', '[]'
                              from activation, version
                        )
                        select id from activation
                        """,
                        Tuple.tuple()
                                .addLong(activation.organization())
                                .addString(activation.name())
                                .addString(activation.description())
                                .addBoolean(activation.enabled())
                                .addLong(activation.rulebookId())
                                .addValue(activation.rulebookVersion().orElse(null))
                                .addBuffer(Columns.bytes(activation.variables()))
                                .addValue(activation.inventory().orElse(null))
                                .addString(Columns.label(activation.strategy()))
                                .addString(Columns.label(activation.restartPolicy()))
                                .addString((activation.enabled() ? ActivationStatus.PENDING : ActivationStatus.STOPPED)
                                        .label()))
                .map(rows -> Database.all(rows, row -> row.getLong(0)).stream().findFirst());
    }

    private static Future<?> sources(SqlConnection connection, long id, Map<String, StreamId> sources) {
        List<Map.Entry<String, StreamId>> entries = List.copyOf(sources.entrySet());
        return Database.run(
                connection,
                """
                insert into activation_sources (activation_id, source, stream_uuid)
                select $1, * from unnest($2::text[], $3::uuid[])
                """,
                Tuple.of(
                        id,
                        Columns.array(entries, String[]::new, Map.Entry::getKey),
                        Columns.array(
                                entries, UUID[]::new, entry -> entry.getValue().value())));
    }

    @Override
    public Future<Optional<Activation>> find(ActivationId id) {
        return database.first(SELECT + " where a.id = $1", Tuple.of(id.value()), PostgresActivationStore::activation);
    }

    private Future<Activation> existing(ActivationId id) {
        return find(id).map(found -> found.orElseThrow(() -> missing(id)));
    }

    private static ProblemException missing(ActivationId id) {
        return new ProblemException(ProblemType.NOT_FOUND, "there is no activation " + id);
    }

    @Override
    public Future<Page<Activation>> list(PageRequest request) {
        Database.Query query = new Filters(request)
                .with("name", "a.name ilike ?", Filters::part)
                .with("status", "a.status = ?", status -> status)
                .with("rulebook_id", "a.rulebook_id = ?", Filters::number)
                .with(
                        "event_stream_id",
                        "exists (select from activation_sources s join event_streams e on e.uuid = s.stream_uuid"
                                + " where s.activation_id = a.id and e.id = ?)",
                        Filters::number)
                .of(SELECT);
        Database.Query named = new Database.Query(
                "select w.*, r.name as rulebook_name from (" + query.sql()
                        + ") w join rulebooks r on r.id = w.rulebook_id",
                query.arguments());
        return new OrderedQuery<>(named, ORDERS, PostgresActivationStore::activation).page(database, request);
    }

    @Override
    public Future<List<Activation>> enabled() {
        return database.list(
                SELECT + " where a.enabled order by a.id", Tuple.tuple(), PostgresActivationStore::activation);
    }

    @Override
    public Future<Activation> enable(ActivationId id, boolean enabled) {
        Future<?> switched =
                enabled ? database.run("""
                        update activations set enabled = true, status = 'pending', status_message = '', status_since = now()
                         where id = $1 and not enabled
                        """, Tuple.of(id.value())) : database.run("""
                        update activations a
                           set enabled = false, status_message = '', status_since = now(),
                               status = case when l.epoch > 0 then 'stopping' else 'stopped' end
                          from leases l
                         where a.id = $1 and l.activation_id = a.id and a.enabled
                        """, Tuple.of(id.value()));
        return switched.compose(done -> existing(id));
    }

    @Override
    public Future<Boolean> status(ActivationId id, long epoch, ActivationStatus status, String message) {
        // The share lock keeps a new owner from claiming between the check and the change. What is switched off is
        // stopping until its inbox is unbound, whatever else happens to it: a supervisor finds it by that status.
        return database.transaction(connection -> Database.run(
                        connection, """
                        with owner as (
                            select activation_id from leases where activation_id = $1 and epoch = $2 for share
                        )
                        update activations a
                           set status = case when not a.enabled and $3::text not in ('stopped', 'completed', 'error')
                                   then 'stopping' else $3::text end,
                               status_message = $4,
                               status_since = case when a.status = $3 then a.status_since else now() end,
                               restart_count = a.restart_count + case
                                   when $3 = 'starting' and a.status in ('starting', 'running', 'failed', 'completed')
                                   then 1 else 0 end
                          from owner where a.id = owner.activation_id
                        """, Tuple.of(id.value(), epoch, status.label(), Columns.readable(message)))
                .compose(rows -> {
                    boolean completed = rows.rowCount() == 1 && status == ActivationStatus.COMPLETED;
                    return TaskEnding.cancelWaiting(
                                    connection, completed ? List.of(id) : List.of(), "a rule shut its activation down")
                            .map(rows.rowCount() == 1);
                }));
    }

    @Override
    public Future<Void> startAnew(ActivationId id, Position after) {
        return goOn(
                id,
                "its activation was started anew",
                FENCED + """
                , gone as (
                    delete from snapshots using fenced where activation_id = $1
                ), untold as (
                    delete from unsent_outcomes using fenced where activation_id = $1
                )
                update inboxes i
                   set epoch = fenced.epoch, position_major = $2, position_minor = $3, begin_major = $2, begin_minor = $3
                  from fenced where i.activation_id = $1
                """,
                Tuple.of(id.value(), after.major(), after.minor()));
    }

    @Override
    public Future<Void> acceptReplay(ActivationId id) {
        return goOn(id, "its activation went on from its newest snapshot", FENCED + """
                update inboxes i
                   set epoch = fenced.epoch, accepted_major = i.position_major, accepted_minor = i.position_minor
                  from fenced where i.activation_id = $1
                """, Tuple.of(id.value()));
    }

    /** Only when it has stopped; ends what a session of before alone could release. */
    private Future<Void> goOn(ActivationId id, String reason, String sql, Tuple arguments) {
        Future<Integer> gone = database.transaction(connection -> Database.run(connection, sql, arguments)
                .compose(rows -> TaskEnding.cancelWaiting(
                                connection, rows.rowCount() == 0 ? List.of() : List.of(id), reason)
                        .map(rows.rowCount())));
        return gone.compose(rows -> rows > 0 ? Future.succeededFuture() : running(id));
    }

    private Future<Void> running(ActivationId id) {
        return existing(id)
                .compose(running -> Future.failedFuture(new ProblemException(
                        ProblemType.CONFLICT,
                        "activation \"" + running.name() + "\" still runs: disable it and wait until it has stopped")));
    }

    @Override
    public Future<Void> delete(ActivationId id) {
        Future<Integer> deleted = database.transaction(connection -> Database.run(connection, """
                        delete from activations a using leases l
                         where a.id = $1 and l.activation_id = a.id and l.until < now()
                           and a.status not in ('starting', 'running', 'failed', 'diverged', 'stopping')
                        """, Tuple.of(id.value()))
                .compose(rows -> TaskEnding.cancelWaiting(
                                connection,
                                rows.rowCount() == 0 ? List.of() : List.of(id),
                                "its activation was deleted")
                        .map(rows.rowCount())));
        return deleted.compose(rows -> rows > 0 ? Future.succeededFuture() : running(id));
    }

    static Activation activation(Row row) {
        String[] sources = row.getArrayOfStrings("sources");
        UUID[] streams = row.getArrayOfUUIDs("streams");
        Map<String, StreamId> bySource = new HashMap<>();
        for (int i = 0; i < sources.length; i++) {
            bySource.put(sources[i], new StreamId(streams[i]));
        }
        return new Activation(
                new ActivationId(row.getLong("id")),
                row.getLong("organization_id"),
                row.getString("name"),
                row.getString("description"),
                row.getBoolean("enabled"),
                row.getLong("rulebook_id"),
                row.getLong("rulebook_version_id"),
                row.getBoolean("follows"),
                Columns.json(row, "variables"),
                Columns.optionalText(row, "inventory"),
                bySource,
                Columns.parse(ExecutionStrategy.class, row.getString("strategy")),
                Columns.parse(RestartPolicy.class, row.getString("restart_policy")),
                Columns.parse(ActivationStatus.class, row.getString("status")),
                row.getString("status_message"),
                row.getInteger("restart_count"),
                row.getLong("events_seen"),
                row.getLong("decisions_made"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "status_since"));
    }
}
