// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.decision.DecidedAction;
import io.reflexarc.core.decision.DecidedAction.Delegated;
import io.reflexarc.core.decision.DecidedAction.Own;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.decision.MatchedEvent;
import io.reflexarc.core.decision.OwnResult;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads decisions back as they were committed, whatever became of their actions since. */
final class DecisionReader {
    private static final String DECISIONS = """
            select d.id, d.entry_major, d.entry_minor, d.ordinal, d.ruleset, d.rule, d.rulebook_version_id, d.decided_at,
                   d.late
              from decisions d join inboxes i on i.activation_id = d.activation_id and i.part = d.part
             where d.activation_id = $1 and d.part = $2 and d.incarnation = i.incarnation
               and (d.entry_major, d.entry_minor) > ($3, $4) and (d.entry_major, d.entry_minor) <= ($5, $6)
             order by d.entry_major, d.entry_minor, d.ordinal
            """;

    private static final String EVENTS = """
            select decision_id, binding, event_id, body from decision_events
             where decision_id = any($1) order by decision_id, place
            """;

    private static final String OWN_ACTIONS = """
            select decision_id, place, name, arguments, case when not waited then result end as result from own_actions
             where decision_id = any($1)
            """;

    private static final String TASKS = "select " + TaskRows.TASK_COLUMNS
            + ", waited from all_tasks where decision_id = any($1) and replaces is null";

    private final Database database;

    DecisionReader(Database database) {
        this.database = database;
    }

    Future<List<Decision>> decisions(InboxId inbox, Position after, Position upTo) {
        Tuple range = Tuple.of(
                inbox.activation().value(),
                inbox.partition(),
                after.major(),
                after.minor(),
                upTo.major(),
                upTo.minor());
        return database.list(DECISIONS, range, row -> row).compose(this::complete);
    }

    private Future<List<Decision>> complete(List<Row> decisions) {
        Tuple ids = Tuple.of(Columns.array(decisions, UUID[]::new, row -> row.getUUID("id")));
        var events = byDecision(EVENTS, ids, DecisionReader::matched);
        var own = byDecision(OWN_ACTIONS, ids, DecisionReader::own);
        var tasks = byDecision(TASKS, ids, DecisionReader::delegated);
        return Future.all(events, own, tasks)
                .map(all -> decisions.stream()
                        .map(row -> {
                            UUID id = row.getUUID("id");
                            List<DecidedAction> actions = Stream.concat(
                                            own.result().getOrDefault(id, List.of()).stream(),
                                            tasks.result().getOrDefault(id, List.of()).stream())
                                    .sorted(Comparator.comparingInt(DecidedAction::index))
                                    .toList();
                            return decision(row, events.result().getOrDefault(id, List.of()), actions);
                        })
                        .toList());
    }

    private <T> Future<Map<UUID, List<T>>> byDecision(String sql, Tuple ids, Function<Row, T> mapper) {
        return database.list(sql, ids, row -> row)
                .map(rows -> rows.stream()
                        .collect(Collectors.groupingBy(
                                row -> row.getUUID("decision_id"), Collectors.mapping(mapper, Collectors.toList()))));
    }

    static MatchedEvent matched(Row row) {
        return new MatchedEvent(
                row.getString("binding"), new EventId(row.getString("event_id")), Columns.json(row, "body"));
    }

    private static DecidedAction own(Row row) {
        return new Own(row.getInteger("place"), row.getString("name"), Columns.json(row, "arguments"), result(row));
    }

    static Optional<OwnResult> result(Row row) {
        return Columns.optionalJson(row, "result").map(json -> json.as(OwnResult.class));
    }

    private static DecidedAction delegated(Row row) {
        return new Delegated(row.getInteger("place"), TaskRows.decided(row), !row.getBoolean("waited"));
    }

    private static Decision decision(Row row, List<MatchedEvent> matched, List<DecidedAction> actions) {
        return new Decision(
                new DecisionId(row.getUUID("id")),
                new Position(row.getLong("entry_major"), row.getLong("entry_minor")),
                row.getInteger("ordinal"),
                row.getString("ruleset"),
                row.getString("rule"),
                row.getLong("rulebook_version_id"),
                Columns.instant(row, "decided_at"),
                row.getBoolean("late"),
                matched,
                actions);
    }
}
