// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.audit.ActionView;
import io.reflexarc.core.audit.AuditLog;
import io.reflexarc.core.audit.Change;
import io.reflexarc.core.audit.DecisionDetail;
import io.reflexarc.core.audit.DecisionSummary;
import io.reflexarc.core.audit.RuleMatches;
import io.reflexarc.core.audit.TaskSummary;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.reflexarc.core.page.Slice;
import io.reflexarc.core.page.SliceRequest;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Step 11 of the path of an event: what happened, asked of PostgreSQL. */
final class PostgresAuditLog implements AuditLog {
    private static final String RUNNING =
            "exists (select from tasks t where t.decision_id = d.id and t.state = 'running')";

    private static final String DECISIONS = """
            select d.id, d.activation_id, d.activation_name, d.ruleset, d.rule, d.rulebook, d.rulebook_version,
                   d.decided_at, d.committed_at, d.late, d.event_ids, d.action_names, d.seq,
                   case when d.failed_actions > 0 then 'failed'
                        when d.open_actions = 0 then 'successful'
                        when %s then 'running'
                        else 'pending' end as status
              from decisions d
            """.formatted(RUNNING);

    private static final String RULES_MATCHED = """
            select e.event_id, count(distinct (d.activation_id, d.ruleset, d.rule))::integer as rules
              from decision_events e
              join decisions d on d.id = e.decision_id and d.committed_at = e.committed_at
             where e.event_id = any ($1)
             group by e.event_id
            """;

    private final Database database;

    PostgresAuditLog(Database database) {
        this.database = database;
    }

    @Override
    public Future<Page<DecisionSummary>> decisions(PageRequest request) {
        return database.page(
                decisionFilters(request.filters()).of(DECISIONS),
                "committed_at desc, seq desc",
                request,
                AuditRows::decision);
    }

    @Override
    public Future<Slice<DecisionSummary>> decisions(SliceRequest request) {
        return new CursorQuery<>(
                        request,
                        new CursorQuery.Source<>(
                                DECISIONS,
                                "select 1 from decisions d",
                                "d.",
                                List.of("committed_at"),
                                List.of("rule", "rulebook", "activation_name"),
                                () -> decisionFilters(request.filters()),
                                AuditRows::decision))
                .run(database);
    }

    private static Filters decisionFilters(Map<String, String> given) {
        return new Filters(given)
                .with("activation_id", "d.activation_id = ?", Filters::number)
                .with("ruleset", "d.ruleset = ?", text -> text)
                .with("rule", "d.rule = ?", text -> text)
                .with("rule_part", "d.rule ilike ?", Filters::part)
                .with("rulebook", "d.rulebook ilike ?", Filters::part)
                .with("version", "d.rulebook_version = ?", Filters::number)
                .with("action", "d.action_names::jsonb @> jsonb_build_array(?::text)", text -> text)
                .with("event_id", "d.id in (select decision_id from decision_events where event_id = ?)", text -> text)
                .with("since", "d.committed_at >= ?", Filters::time)
                .with("until", "d.committed_at < ?", Filters::time)
                .choosing("status", PostgresAuditLog::statusCondition);
    }

    private static String statusCondition(String status) {
        return switch (status) {
            case "failed" -> "d.failed_actions > 0";
            case "successful" -> "d.failed_actions = 0 and d.open_actions = 0";
            case "running" -> "d.failed_actions = 0 and d.open_actions > 0 and " + RUNNING;
            case "pending" -> "d.failed_actions = 0 and d.open_actions > 0 and not " + RUNNING;
            default ->
                throw new ProblemException(
                        ProblemType.INVALID,
                        "status is pending, running, successful or failed, not \"" + status + "\"");
        };
    }

    @Override
    public Future<Optional<DecisionDetail>> decision(DecisionId id) {
        Tuple key = Tuple.of(id.value());
        var summary = database.first(DECISIONS + " where d.id = $1", key, AuditRows::decision);
        var matched = database.list(AuditRows.EVENTS, key, DecisionReader::matched);
        var own = database.list(AuditRows.OWN_ACTIONS, key, AuditRows::own);
        var tasks = database.list(AuditRows.TASKS, key, row -> row);
        var attempts = database.list(AuditRows.ATTEMPTS, key, row -> row);
        return Future.all(summary, matched, own, tasks, attempts)
                .map(all -> summary.result()
                        .map(found -> new DecisionDetail(
                                found,
                                matched.result(),
                                AuditRows.actions(own.result(), tasks.result(), attempts.result()))));
    }

    @Override
    public Future<List<DecisionSummary>> decisionsOf(EventId event) {
        return database.list(DECISIONS + """
                         where d.id in (select decision_id from decision_events where event_id = $1)
                         order by d.committed_at, d.seq
                        """, Tuple.of(event.value()), AuditRows::decision);
    }

    @Override
    public Future<Slice<TaskSummary>> tasks(SliceRequest request) {
        return new CursorQuery<>(
                        request,
                        new CursorQuery.Source<>(
                                "select " + TaskRows.SUMMARY_COLUMNS + ", seq from all_tasks",
                                "select 1 from all_tasks",
                                "",
                                List.of("created_at", "due_at"),
                                List.of("action", "rule"),
                                () -> taskFilters(request.filters()),
                                TaskRows::summary))
                .run(database);
    }

    private static Filters taskFilters(Map<String, String> given) {
        return new Filters(given)
                .with("state", "state = any (?)", text -> text.split(","))
                .with("action", "action = ?", text -> text)
                .with("rule", "rule ilike ?", Filters::part)
                .with("lock_key", "lock_key ilike ?", Filters::part)
                .with("activation_id", "activation_id = ?", Filters::number)
                .with("decision_id", "decision_id = ?", Filters::uuid)
                .with("since", "created_at >= ?", Filters::time)
                .with("until", "created_at < ?", Filters::time);
    }

    @Override
    public Future<Optional<TaskSummary>> task(TaskId id) {
        return database.first(
                "select " + TaskRows.SUMMARY_COLUMNS + " from all_tasks where id = $1",
                Tuple.of(id.value()),
                TaskRows::summary);
    }

    @Override
    public Future<Optional<ActionView>> action(TaskId id) {
        Tuple key = Tuple.of(id.value());
        var task = database.first(AuditRows.TASK, key, row -> row);
        var attempts = database.list(AuditRows.TASK_ATTEMPTS, key, row -> row);
        return Future.all(task, attempts).map(both -> task.result().map(row -> AuditRows.task(row, attempts.result())));
    }

    @Override
    public Future<Map<EventId, Integer>> rulesMatched(Collection<EventId> events) {
        String[] ids = events.stream().map(EventId::value).toArray(String[]::new);
        return database.list(RULES_MATCHED, Tuple.tuple().addArrayOfString(ids), row -> row)
                .map(rows -> rows.stream()
                        .collect(Collectors.toUnmodifiableMap(
                                row -> new EventId(row.getString("event_id")), row -> row.getInteger("rules"))));
    }

    @Override
    public Future<List<RuleMatches>> ruleMatches(long rulebook, Instant since) {
        return database.list(
                """
                select ruleset, rule, count(*) as matches, count(*) filter (where failed_actions > 0) as failed
                  from decisions
                 where committed_at >= $2
                   and rulebook_version_id in (select id from rulebook_versions where rulebook_id = $1)
                 group by ruleset, rule order by ruleset, rule
                """,
                Tuple.of(rulebook, Columns.time(since)),
                row -> new RuleMatches(
                        row.getString("ruleset"),
                        row.getString("rule"),
                        row.getLong("matches"),
                        row.getLong("failed")));
    }

    @Override
    public Future<Void> record(Change change) {
        return database.run(
                        """
                        insert into changes (at, organization_id, username, verb, kind, object, details)
                        values ($1, $2, $3, $4, $5, $6, $7)
                        """,
                        Tuple.tuple()
                                .addValue(Columns.time(change.at()))
                                .addLong(change.organization())
                                .addString(Columns.readable(change.user()))
                                .addString(change.verb())
                                .addString(change.kind())
                                .addString(Columns.readable(change.object()))
                                .addBuffer(Columns.bytes(change.details())))
                .mapEmpty();
    }

    @Override
    public Future<Page<Change>> changes(PageRequest request) {
        Database.Query query = new Filters(request)
                .with("user", "username = ?", text -> text)
                .with("kind", "kind = ?", text -> text)
                .of("select id, at, organization_id, username, verb, kind, object, details from changes");
        return database.page(query, "at desc, id desc", request, AuditRows::change);
    }

    @Override
    public Future<Integer> prepareDays(int ahead) {
        return database.first("select prepare_days($1)", Tuple.of(ahead), row -> row.getInteger(0))
                .map(Optional::orElseThrow);
    }

    @Override
    public Future<Long> dropBefore(Instant time) {
        return database.runLong("select drop_before($1)", Tuple.of(Columns.time(time)))
                .map(Database::single);
    }

    @Override
    public Future<Map<String, Long>> openTasks() {
        return database.list("select state, count(*) from tasks group by state", Tuple.tuple(), row -> row)
                .map(rows -> rows.stream()
                        .collect(Collectors.toUnmodifiableMap(PostgresAuditLog::state, row -> row.getLong(1))));
    }

    private static String state(Row row) {
        return row.getString(0);
    }
}
