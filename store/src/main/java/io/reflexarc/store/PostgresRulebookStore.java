// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.rulebook.RulebookStore;
import io.reflexarc.core.rulebook.RulebookVersion;
import io.reflexarc.core.rulebook.StoredRulebook;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Map;
import java.util.Optional;

/** Rulebooks and their versions in PostgreSQL. */
final class PostgresRulebookStore implements RulebookStore {
    private static final String SELECT = """
            select r.id, r.organization_id, r.name, r.description, r.created_at,
                   v.id as version, v.number, v.text, v.created_at as modified_at
              from rulebooks r
              join lateral (select id, number, text, created_at from rulebook_versions
                             where rulebook_id = r.id order by number desc limit 1) v on true
            """;

    private static final String VERSIONS =
            "select id, rulebook_id, number, text, created_by, created_at, message from rulebook_versions";

    private static final Map<String, OrderedQuery.Type> ORDERS = Map.of(
            "name",
            OrderedQuery.Type.TEXT,
            "number",
            OrderedQuery.Type.NUMBER,
            "created_at",
            OrderedQuery.Type.TIME,
            "modified_at",
            OrderedQuery.Type.TIME);

    private final Database database;

    PostgresRulebookStore(Database database) {
        this.database = database;
    }

    @Override
    public Future<StoredRulebook> create(
            long organization, String name, String description, String text, Origin origin) {
        Future<Long> created = database.run(
                        """
                        with book as (
                            insert into rulebooks (organization_id, name, description) values ($1, $2, $3) returning id
                        )
                        insert into rulebook_versions (rulebook_id, number, text, created_by, message)
                        select id, 1, $4, $5, $6 from book
                        returning rulebook_id
                        """, Tuple.of(organization, name, description, text, origin.author(), origin.message()))
                .map(Database::single);
        return Database.conflict(
                        created,
                        "rulebook_name",
                        "there is already a rulebook named \"" + name + "\": choose another name")
                .compose(this::existing);
    }

    @Override
    public Future<StoredRulebook> update(long id, String description, String text, Origin origin) {
        Future<Integer> updated =
                database.count("""
                with book as (
                    update rulebooks set description = $2 where id = $1 returning id
                ), newest as (
                    select number, text from rulebook_versions where rulebook_id = $1 order by number desc limit 1
                )
                insert into rulebook_versions (rulebook_id, number, text, created_by, message)
                select book.id, newest.number + 1, $3, $4, $5 from book, newest where newest.text <> $3
                """, Tuple.of(id, description, text, origin.author(), origin.message()));
        return Database.conflict(
                        updated,
                        "rulebook_version_number",
                        "rulebook " + id + " was changed at the same time: read it again and repeat the change")
                .compose(rows -> existing(id));
    }

    @Override
    public Future<Optional<StoredRulebook>> find(long id) {
        return database.first(SELECT + " where r.id = $1", Tuple.of(id), PostgresRulebookStore::rulebook);
    }

    private Future<StoredRulebook> existing(long id) {
        return find(id).map(found -> found.orElseThrow(() -> missing(id)));
    }

    private static ProblemException missing(long id) {
        return new ProblemException(ProblemType.NOT_FOUND, "there is no rulebook " + id);
    }

    @Override
    public Future<StoredRulebook> publish(long id, String text, int base, Origin origin) {
        // The lock lets one after the other compare with the newest; whoever is late finds another one.
        Future<Optional<Integer>> published = database.transaction(connection -> Database.run(
                        connection, "select id from rulebooks where id = $1 for update", Tuple.of(id))
                .compose(locked ->
                        Database.run(connection, """
                        with newest as (
                            select number, text from rulebook_versions where rulebook_id = $1 order by number desc limit 1
                        ), made as (
                            insert into rulebook_versions (rulebook_id, number, text, created_by, message)
                            select $1, number + 1, $2, $4, $5 from newest where number = $3 and text <> $2
                        )
                        select number from newest
                        """, Tuple.of(id, text, base, origin.author(), origin.message())))
                .map(rows ->
                        Database.all(rows, row -> row.getInteger(0)).stream().findFirst()));
        return published.compose(newest -> {
            if (newest.isPresent() && newest.get() != base) {
                return Future.failedFuture(RulebookStore.stale(base, newest.get()));
            }
            return existing(id);
        });
    }

    @Override
    public Future<Optional<RulebookVersion>> version(long version) {
        return database.first(VERSIONS + " where id = $1", Tuple.of(version), PostgresRulebookStore::version);
    }

    @Override
    public Future<Optional<RulebookVersion>> version(long id, int number) {
        return database.first(
                VERSIONS + " where rulebook_id = $1 and number = $2",
                Tuple.of(id, number),
                PostgresRulebookStore::version);
    }

    @Override
    public Future<Page<RulebookVersion>> versions(long id, PageRequest request) {
        Database.Query query = new Database.Query(VERSIONS + " where rulebook_id = $1", Tuple.of(id));
        return database.page(query, "number desc", request, PostgresRulebookStore::version);
    }

    private static RulebookVersion version(Row row) {
        return new RulebookVersion(
                row.getLong("id"),
                row.getLong("rulebook_id"),
                row.getInteger("number"),
                row.getString("text"),
                row.getString("created_by"),
                Columns.instant(row, "created_at"),
                row.getString("message"));
    }

    @Override
    public Future<Page<StoredRulebook>> list(PageRequest request) {
        Database.Query query = new Filters(request)
                .with("name", "r.name ilike ?", Filters::part)
                .of(SELECT);
        return new OrderedQuery<>(query, ORDERS, PostgresRulebookStore::rulebook).page(database, request);
    }

    @Override
    public Future<Void> delete(long id) {
        return database.delete(
                "rulebooks",
                id,
                "an activation uses rulebook " + id + ": delete the activation first",
                () -> missing(id));
    }

    private static StoredRulebook rulebook(Row row) {
        return new StoredRulebook(
                row.getLong("id"),
                row.getLong("organization_id"),
                row.getString("name"),
                row.getString("description"),
                row.getLong("version"),
                row.getInteger("number"),
                row.getString("text"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "modified_at"));
    }
}
