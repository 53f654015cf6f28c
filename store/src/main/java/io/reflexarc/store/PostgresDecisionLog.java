// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.action.ClaimedTask;
import io.reflexarc.core.activation.Commit;
import io.reflexarc.core.activation.DecisionLog;
import io.reflexarc.core.activation.Progress;
import io.reflexarc.core.activation.Snapshot;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Step 7 of the path of an event: one PostgreSQL transaction holds the decisions, their tasks and the position. Its first
 * statement moves the position, and finds no row when another owner has claimed the inbox or when the commit does not
 * start where the last one ended.
 */
final class PostgresDecisionLog implements DecisionLog {
    private static final String GUARD = """
            update inboxes i
               set position_major = $6, position_minor = $7, events_seen = i.events_seen + $8,
                   decisions_made = i.decisions_made + $9
              from activations a join rulebooks r on r.id = a.rulebook_id
             where i.activation_id = $1 and i.part = $2 and i.epoch = $3
               and i.position_major = $4 and i.position_minor = $5 and a.id = i.activation_id
            returning a.organization_id, a.name as activation, r.name as rulebook, i.incarnation, now() as committed_at,
                      $10::boolean and coalesce(length(a.inventory), 0) < 20000 as hands_over,
                      case when $10::boolean and length(a.inventory) < 20000 then a.inventory end as inventory
            """;

    private static final String PROGRESS = """
            select i.epoch, i.position_major, i.position_minor, s.position_major as at_major, s.position_minor as at_minor,
                   s.format, s.state, i.begin_major, i.begin_minor, i.accepted_major, i.accepted_minor,
                   a.rulebook_version_id, p.numbers, p.pages
              from inboxes i join activations a on a.id = i.activation_id
              left join snapshots s on s.activation_id = i.activation_id and s.part = i.part
              left join lateral (
                    select array_agg(number order by number) as numbers, array_agg(data order by number) as pages
                      from snapshot_pages where activation_id = i.activation_id and part = i.part) p on true
             where i.activation_id = $1 and i.part = $2
            """;

    private final Database database;
    private final Takers takers;

    PostgresDecisionLog(Database database, Takers takers) {
        this.database = database;
        this.takers = takers;
    }

    @Override
    public Future<Progress> progress(InboxId inbox) {
        return database.first(PROGRESS, key(inbox), PostgresDecisionLog::progress)
                .map(found -> found.orElseGet(() -> new Progress(0, Position.START, Optional.empty())));
    }

    private static Progress progress(Row row) {
        Optional<Snapshot> snapshot = Columns.optionalJson(row, "state")
                .map(state -> new Snapshot(
                        new Position(row.getLong("at_major"), row.getLong("at_minor")),
                        row.getString("format"),
                        state,
                        pages(row),
                        Set.of()));
        return new Progress(
                row.getLong("epoch"),
                new Position(row.getLong("position_major"), row.getLong("position_minor")),
                snapshot,
                new Position(row.getLong("begin_major"), row.getLong("begin_minor")),
                new Position(row.getLong("accepted_major"), row.getLong("accepted_minor")),
                Optional.of(row.getLong("rulebook_version_id")));
    }

    private static List<Snapshot.Page> pages(Row row) {
        Long[] numbers = row.getArrayOfLongs("numbers");
        Buffer[] data = row.getArrayOfBuffers("pages");
        return numbers == null
                ? List.of()
                : IntStream.range(0, numbers.length)
                        .mapToObj(n -> new Snapshot.Page(numbers[n], data[n]))
                        .toList();
    }

    @Override
    public Future<Result> commit(Commit commit) {
        boolean onlyPosition = commit.decisions().isEmpty()
                && commit.progress().isEmpty()
                && commit.snapshot().isEmpty()
                && commit.version().isEmpty();
        Optional<Takers.Offer> offer = takers.offer(commit);
        Future<Written> written = onlyPosition
                ? database.guarded(connection -> write(connection, commit, offer, false))
                : database.guardedTransaction(connection -> write(connection, commit, offer, true));
        return Takers.settled(offer, written, Written::handed).map(Written::result);
    }

    private static Future<Written> write(
            SqlConnection connection, Commit commit, Optional<Takers.Offer> offer, boolean transaction) {
        return guard(connection, commit, offer.isPresent())
                .compose(site -> site.isPresent()
                        ? written(connection, new CommitWriter(connection, commit, site.get(), offer), transaction)
                        : refused(connection, commit)
                                .compose(
                                        result -> ended(connection, transaction).map(new Written(result, List.of()))));
    }

    private static Future<Written> written(SqlConnection connection, CommitWriter writer, boolean transaction) {
        Future<Written> written = writer.write();
        return Future.join(written, ended(connection, transaction)).map(both -> written.result());
    }

    private static Future<?> ended(SqlConnection connection, boolean transaction) {
        return transaction ? Database.commit(connection) : Future.succeededFuture();
    }

    private static Future<Optional<CommitWriter.Site>> guard(SqlConnection connection, Commit commit, boolean offered) {
        return Database.run(
                        connection,
                        GUARD,
                        key(commit.inbox())
                                .addLong(commit.epoch())
                                .addLong(commit.from().major())
                                .addLong(commit.from().minor())
                                .addLong(commit.to().major())
                                .addLong(commit.to().minor())
                                .addLong((long) commit.events())
                                .addLong((long) commit.decisions().size())
                                .addBoolean(offered))
                .map(rows -> Database.all(rows, CommitWriter.Site::of).stream().findFirst());
    }

    private static Future<Result> refused(SqlConnection connection, Commit commit) {
        return Database.run(connection, PROGRESS, key(commit.inbox()))
                .map(rows -> Database.all(rows, PostgresDecisionLog::progress).stream()
                        .findFirst())
                .compose(found -> {
                    if (found.isEmpty() || found.get().epoch() != commit.epoch()) {
                        return Future.succeededFuture(Result.FENCED);
                    }
                    // One owner per epoch, and it commits in order: who stands at the end has committed this before.
                    if (found.get().position().equals(commit.to())) {
                        return Future.succeededFuture(Result.COMMITTED);
                    }
                    return Future.failedFuture(new ProblemException(
                            ProblemType.CONFLICT,
                            "a commit of inbox " + commit.inbox() + " starts at " + commit.from()
                                    + ", but decided is up to " + found.get().position()
                                    + ": read the progress again"));
                });
    }

    @Override
    public Future<List<Decision>> decisions(InboxId inbox, Position after, Position upTo) {
        return new DecisionReader(database).decisions(inbox, after, upTo);
    }

    private static Tuple key(InboxId inbox) {
        return Tuple.of(inbox.activation().value(), inbox.partition());
    }

    /**
     * What became of a commit.
     *
     * @param result for its owner
     * @param handed tasks that run from now on
     */
    record Written(Result result, List<ClaimedTask> handed) {}
}
