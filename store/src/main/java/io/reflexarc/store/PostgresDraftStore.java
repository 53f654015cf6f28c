// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.rulebook.DraftStore;
import io.reflexarc.core.rulebook.RulebookDraft;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.Set;

/** Drafts of rulebooks in PostgreSQL. */
final class PostgresDraftStore implements DraftStore {
    private static final String COLUMNS = " rulebook_id, text, base_version, revision, modified_at ";

    private final Database database;

    PostgresDraftStore(Database database) {
        this.database = database;
    }

    @Override
    public Future<Optional<RulebookDraft>> find(long rulebook, long user) {
        return database.first(
                "select" + COLUMNS + "from rulebook_drafts where rulebook_id = $1 and user_id = $2",
                Tuple.of(rulebook, user),
                PostgresDraftStore::draft);
    }

    @Override
    public Future<RulebookDraft> save(long rulebook, long user, String text, int baseVersion, long revision) {
        String sql = revision == NO_REVISION
                ? "insert into rulebook_drafts (rulebook_id, user_id, text, base_version) values ($1, $2, $3, $4)"
                        + " on conflict do nothing returning" + COLUMNS
                : "update rulebook_drafts set text = $3, base_version = $4, modified_at = now(),"
                        + " revision = nextval('rulebook_draft_revisions')"
                        + " where rulebook_id = $1 and user_id = $2 and revision = $5 returning" + COLUMNS;
        Tuple values = Tuple.of(rulebook, user, text, baseVersion);
        return database.first(
                        sql, revision == NO_REVISION ? values : values.addLong(revision), PostgresDraftStore::draft)
                .recover(failure -> Future.failedFuture(
                        Database.isForeignKeyViolation(failure)
                                ? new ProblemException(
                                        ProblemType.NOT_FOUND, "there is no rulebook " + rulebook, failure)
                                : failure))
                .map(saved -> saved.orElseThrow(() -> conflict(rulebook)));
    }

    @Override
    public Future<Void> delete(long rulebook, long user, long revision) {
        return database.count(
                        "delete from rulebook_drafts where rulebook_id = $1 and user_id = $2 and revision = $3",
                        Tuple.of(rulebook, user, revision))
                .compose(rows -> rows > 0 ? Future.succeededFuture(Optional.empty()) : find(rulebook, user))
                .map(left -> {
                    if (left.isPresent()) {
                        throw conflict(rulebook);
                    }
                    return null;
                });
    }

    @Override
    public Future<Set<Long>> of(long user) {
        return database.list(
                        "select rulebook_id from rulebook_drafts where user_id = $1",
                        Tuple.of(user),
                        row -> row.getLong(0))
                .map(Set::copyOf);
    }

    private static ProblemException conflict(long rulebook) {
        return new ProblemException(
                ProblemType.CONFLICT,
                "the draft of rulebook " + rulebook + " was saved elsewhere: read it again and choose what to keep");
    }

    private static RulebookDraft draft(Row row) {
        return new RulebookDraft(
                row.getLong("rulebook_id"),
                row.getString("text"),
                row.getInteger("base_version"),
                row.getLong("revision"),
                Columns.instant(row, "modified_at"));
    }
}
