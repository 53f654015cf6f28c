// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.action.TaskLifecycle.Change;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.activation.Commit;
import io.reflexarc.core.activation.Snapshot;
import io.reflexarc.core.activation.VersionChange;
import io.reflexarc.core.decision.ActionProgress.Done;
import io.reflexarc.core.decision.ActionProgress.Released;
import io.reflexarc.core.decision.DecidedAction;
import io.reflexarc.core.decision.DecidedAction.Delegated;
import io.reflexarc.core.decision.DecidedAction.Own;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.decision.MatchedEvent;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.store.PostgresDecisionLog.Written;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes what a commit holds, one statement per table with all its rows as arrays. The statements leave together, without
 * waiting for each other; PostgreSQL runs them in this order.
 */
final class CommitWriter {
    private final SqlConnection connection;
    private final Commit commit;
    private final Site site;
    private final Optional<Takers.Offer> offer;
    private final List<Future<?>> written = new ArrayList<>();

    /**
     * One commit.
     *
     * @param offer room for tasks that it releases
     */
    CommitWriter(SqlConnection connection, Commit commit, Site site, Optional<Takers.Offer> offer) {
        this.connection = connection;
        this.commit = commit;
        this.site = site;
        this.offer = offer.filter(one -> site.handsOver());
    }

    Future<Written> write() {
        List<EventRow> events = new ArrayList<>();
        List<OwnRow> own = new ArrayList<>();
        List<TaskWriter.TaskRow> tasks = new ArrayList<>();
        for (Decision decision : commit.decisions()) {
            IntStream.range(0, decision.matched().size())
                    .forEach(i -> events.add(
                            new EventRow(decision, i, decision.matched().get(i))));
            for (DecidedAction action : decision.actions()) {
                switch (action) {
                    case Own done -> own.add(new OwnRow(decision, done));
                    case Delegated task -> tasks.add(new TaskWriter.TaskRow(decision, task));
                }
            }
        }
        run(commit.decisions(), CommitSql.DECISIONS, decisions());
        run(events, CommitSql.EVENTS, events(events));
        run(own, CommitSql.OWN_ACTIONS, ownActions(own));
        List<Released> released = progress(Released.class);
        Future<TaskWriter.Handed> handed =
                new TaskWriter(connection, commit, site, offer).write(tasks, !released.isEmpty());
        written.add(handed);
        run(released, CommitSql.RELEASED, released(released));
        run(released, CommitSql.ENTERED, entering(released, tasks));
        run(released, CommitSql.TOLD, ids(released));
        // Lock keys before decisions, as the ends of tasks do: nobody shall wait for each other in a ring.
        List<Done> done = progress(Done.class);
        run(done, CommitSql.DONE, done(done));
        commit.snapshot().ifPresent(this::snapshot);
        commit.version().ifPresent(this::version);
        return Future.all(written).map(all -> handed.result().written(offer.isPresent() && released.isEmpty()));
    }

    private void version(VersionChange change) {
        run(List.of(change), VersionRows.DECIDED, VersionRows.arguments(commit.inbox(), change));
        if (change.state() == VersionChange.State.LIVE) {
            Tuple live = Tuple.of(commit.inbox().activation().value(), change.version());
            run(List.of(change), VersionRows.LIVE, live);
        }
    }

    private void run(List<?> rows, String sql, Tuple arguments) {
        if (!rows.isEmpty()) {
            written.add(Database.run(connection, sql, arguments));
        }
    }

    private <T> List<T> progress(Class<T> kind) {
        return commit.progress().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private Tuple decisions() {
        List<Decision> rows = commit.decisions();
        return Tuple.tuple()
                .addValue(site.committedAt)
                .addLong(site.organization)
                .addLong(commit.inbox().activation().value())
                .addString(site.activation)
                .addInteger(commit.inbox().partition())
                .addLong(site.incarnation)
                .addString(site.rulebook)
                .addValue(Columns.array(rows, UUID[]::new, row -> row.id().value()))
                .addValue(Columns.array(rows, Long[]::new, row -> row.entry().major()))
                .addValue(Columns.array(rows, Long[]::new, row -> row.entry().minor()))
                .addValue(Columns.array(rows, Integer[]::new, Decision::ordinal))
                .addValue(Columns.array(rows, String[]::new, row -> Columns.readable(row.ruleset())))
                .addValue(Columns.array(rows, String[]::new, row -> Columns.readable(row.rule())))
                .addValue(Columns.array(rows, Long[]::new, Decision::rulebookVersion))
                .addValue(Columns.array(rows, OffsetDateTime[]::new, row -> Columns.time(row.at())))
                .addValue(Columns.array(rows, Boolean[]::new, Decision::late))
                .addValue(Columns.array(rows, String[]::new, CommitWriter::eventIds))
                .addValue(Columns.array(rows, String[]::new, CommitWriter::actionNames))
                .addValue(Columns.array(rows, Integer[]::new, CommitWriter::open))
                .addValue(Columns.array(rows, Integer[]::new, CommitWriter::failed));
    }

    private static String eventIds(Decision decision) {
        return JsonText.of(decision.matched().stream()
                        .map(event -> event.id().value())
                        .toList())
                .toString();
    }

    private static String actionNames(Decision decision) {
        return JsonText.of(decision.actions().stream().map(DecidedAction::name).toList())
                .toString();
    }

    private static int open(Decision decision) {
        return (int) decision.actions().stream()
                .filter(action -> switch (action) {
                    case Own own -> own.result().isEmpty();
                    case Delegated task -> true;
                })
                .count();
    }

    private static int failed(Decision decision) {
        return (int) decision.actions().stream()
                .filter(action -> action instanceof Own own
                        && own.result().filter(result -> !result.succeeded()).isPresent())
                .count();
    }

    private Tuple events(List<EventRow> rows) {
        return Tuple.tuple()
                .addValue(site.committedAt)
                .addValue(Columns.array(
                        rows, UUID[]::new, row -> row.decision.id().value()))
                .addValue(Columns.array(rows, Integer[]::new, EventRow::place))
                .addValue(Columns.array(rows, String[]::new, row -> Columns.readable(row.event.binding())))
                .addValue(
                        Columns.array(rows, String[]::new, row -> row.event.id().value()))
                .addValue(Columns.array(rows, Buffer[]::new, row -> Columns.bytes(row.event.body())));
    }

    private Tuple ownActions(List<OwnRow> rows) {
        return Tuple.tuple()
                .addValue(site.committedAt)
                .addValue(Columns.array(
                        rows, UUID[]::new, row -> row.decision.id().value()))
                .addValue(Columns.array(rows, Integer[]::new, row -> row.action.index()))
                .addValue(Columns.array(rows, String[]::new, row -> Columns.readable(row.action.name())))
                .addValue(Columns.array(rows, Buffer[]::new, row -> Columns.bytes(row.action.arguments())))
                .addValue(Columns.array(
                        rows,
                        Buffer[]::new,
                        row -> row.action.result().map(CommitWriter::json).orElse(null)));
    }

    // As JSON: PostgreSQL's text cannot hold every output exactly.
    private static Buffer json(Record value) {
        return Columns.bytes(JsonText.of(value));
    }

    private static Tuple released(List<Released> rows) {
        return ids(rows)
                .addString(TaskState.WAITING.label())
                .addString(TaskChanges.after(TaskState.WAITING, Change.RELEASE));
    }

    private static Tuple entering(List<Released> released, List<TaskWriter.TaskRow> tasks) {
        Stream<TaskId> fresh = tasks.stream()
                .filter(TaskWriter.TaskRow::standsInLine)
                .map(row -> row.task().id());
        return Tuple.of(Stream.concat(released.stream().map(Released::task), fresh)
                .map(TaskId::value)
                .toArray(UUID[]::new));
    }

    private static Tuple ids(List<Released> rows) {
        return Tuple.of(Columns.array(rows, UUID[]::new, row -> row.task().value()));
    }

    private static Tuple done(List<Done> rows) {
        return Tuple.of(
                Columns.array(rows, UUID[]::new, row -> row.decision().value()),
                Columns.array(rows, Integer[]::new, Done::index),
                Columns.array(rows, Buffer[]::new, row -> json(row.result())),
                Columns.array(rows, Boolean[]::new, row -> row.result().succeeded()));
    }

    private void snapshot(Snapshot snapshot) {
        Tuple head = Tuple.tuple()
                .addLong(commit.inbox().activation().value())
                .addInteger(commit.inbox().partition())
                .addLong(snapshot.at().major())
                .addLong(snapshot.at().minor())
                .addString(snapshot.format())
                .addBuffer(Columns.bytes(snapshot.state()));
        run(List.of(snapshot), CommitSql.SNAPSHOT, head);
        Tuple kept = Tuple.tuple()
                .addLong(commit.inbox().activation().value())
                .addInteger(commit.inbox().partition())
                .addArrayOfLong(snapshot.kept().toArray(Long[]::new));
        run(List.of(snapshot), CommitSql.PAGES_GONE, kept);
        Tuple pages = Tuple.tuple()
                .addLong(commit.inbox().activation().value())
                .addInteger(commit.inbox().partition())
                .addArrayOfLong(Columns.array(snapshot.pages(), Long[]::new, Snapshot.Page::number))
                .addArrayOfBuffer(Columns.array(snapshot.pages(), Buffer[]::new, Snapshot.Page::data));
        run(snapshot.pages(), CommitSql.PAGES, pages);
    }

    /**
     * What the guard found out about the inbox.
     *
     * @param organization owner of the activation
     * @param activation its name
     * @param rulebook name of its rulebook
     * @param incarnation number of the log's life
     * @param committedAt PostgreSQL's time of this transaction
     * @param handsOver tasks may run from the commit on: they were offered, and what they need is here
     * @param inventory of the activation, when they may
     */
    record Site(
            long organization,
            String activation,
            String rulebook,
            long incarnation,
            OffsetDateTime committedAt,
            boolean handsOver,
            Optional<String> inventory) {
        static Site of(Row row) {
            return new Site(
                    row.getLong("organization_id"),
                    row.getString("activation"),
                    row.getString("rulebook"),
                    row.getLong("incarnation"),
                    row.getOffsetDateTime("committed_at"),
                    row.getBoolean("hands_over"),
                    Columns.optionalText(row, "inventory"));
        }
    }

    private record EventRow(Decision decision, int place, MatchedEvent event) {}

    private record OwnRow(Decision decision, Own action) {}
}
