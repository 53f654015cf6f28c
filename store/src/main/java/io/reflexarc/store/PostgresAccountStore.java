// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.account.AccountStore;
import io.reflexarc.core.account.Role;
import io.reflexarc.core.account.User;
import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** Users and refresh tokens in PostgreSQL. */
final class PostgresAccountStore implements AccountStore {
    private static final String COLUMNS = "id, organization_id, username, role, password_hash, generation";

    private final Database database;
    private final InstantSource clock;

    PostgresAccountStore(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Future<Optional<User>> find(String username) {
        return database.first(
                "select " + COLUMNS + " from users where username = $1",
                Tuple.of(username),
                PostgresAccountStore::user);
    }

    @Override
    public Future<Optional<User>> find(long id) {
        return database.first(
                "select " + COLUMNS + " from users where id = $1", Tuple.of(id), PostgresAccountStore::user);
    }

    @Override
    public Future<User> create(String username, Role role, String passwordHash) {
        Future<User> created = database.run("""
                        insert into users (organization_id, username, role, password_hash)
                        select min(id), $1, $2, $3 from organizations returning\s""" + COLUMNS, Tuple.of(username, role.label(), passwordHash))
                .map(rows -> user(rows.iterator().next()));
        return Database.conflict(
                created, "user_name", "there is already a user named \"" + username + "\": choose another name");
    }

    @Override
    public Future<Page<User>> list(PageRequest request) {
        Database.Query query = new Filters(request)
                .with("name", "username ilike ?", Filters::part)
                .of("select " + COLUMNS + " from users");
        return database.page(query, "username", request, PostgresAccountStore::user);
    }

    @Override
    public Future<User> role(long user, Role role) {
        return unlessLastAdmin(
                user, database.first("""
                        with admins as (select id from users where role = 'admin' for update), void as (
                            delete from refresh_tokens where user_id = $1
                        )
                        update users set role = $2, generation = generation + 1
                         where id = $1 and (role <> 'admin' or $2 = 'admin' or exists (select from admins where id <> $1))
                        returning\s""" + COLUMNS, Tuple.of(user, role.label()), PostgresAccountStore::user));
    }

    @Override
    public Future<Void> delete(long user) {
        return unlessLastAdmin(user, database.first("""
                        with admins as (select id from users where role = 'admin' for update)
                        delete from users where id = $1 and (role <> 'admin' or exists (select from admins where id <> $1))
                        returning\s""" + COLUMNS, Tuple.of(user), PostgresAccountStore::user))
                .mapEmpty();
    }

    private Future<User> unlessLastAdmin(long id, Future<Optional<User>> changed) {
        return changed.compose(user -> user.map(Future::succeededFuture)
                .orElseGet(() -> find(id).compose(found -> Future.failedFuture(
                        found.isEmpty()
                                ? missing(id)
                                : new ProblemException(
                                        ProblemType.CONFLICT,
                                        "\"" + found.get().username()
                                                + "\" is the only admin: make another user one first")))));
    }

    private static ProblemException missing(long id) {
        return new ProblemException(ProblemType.NOT_FOUND, "there is no user " + id);
    }

    @Override
    public Future<Void> password(long user, String passwordHash) {
        Future<Integer> changed = database.count("""
                with void as (delete from refresh_tokens where user_id = $1)
                update users set password_hash = $2, generation = generation + 1 where id = $1
                """, Tuple.of(user, passwordHash));
        return changed.map(rows -> {
            if (rows == 0) {
                throw missing(user);
            }
            return null;
        });
    }

    @Override
    public Future<Void> remember(String tokenHash, UUID family, long user, Instant until) {
        return database.run("""
                        with expired as (delete from refresh_tokens where user_id = $3 and until <= $5)
                        insert into refresh_tokens (hash, family, user_id, until) values ($1, $2, $3, $4)
                        """, Tuple.of(tokenHash, family, user, Columns.time(until), Columns.time(clock.instant())))
                .mapEmpty();
    }

    @Override
    public Future<Optional<Redeemed>> redeem(String tokenHash) {
        // Of two that redeem one token at once, the second waits for the first and then finds it used.
        Future<Optional<Redeemed>> redeemed = database.first(
                """
                with token as (
                    update refresh_tokens set used = true
                     where hash = $1 and not used and not revoked and until > $2 returning family, user_id
                )
                select family, id, organization_id, username, role, password_hash, generation
                  from token join users on id = user_id
                """,
                Tuple.of(tokenHash, Columns.time(clock.instant())),
                row -> new Redeemed(row.getUUID("family"), user(row)));
        return redeemed.compose(good -> good.isPresent()
                ? Future.succeededFuture(good)
                : revokeReused(tokenHash).map(good));
    }

    private Future<?> revokeReused(String tokenHash) {
        return database.run("""
                update refresh_tokens set revoked = true
                 where not revoked and family = (select family from refresh_tokens where hash = $1 and used)
                """, Tuple.of(tokenHash));
    }

    @Override
    public Future<Void> revoke(UUID family) {
        return database.run("update refresh_tokens set revoked = true where family = $1", Tuple.of(family))
                .mapEmpty();
    }

    private static User user(Row row) {
        return new User(
                row.getLong("id"),
                row.getLong("organization_id"),
                row.getString("username"),
                Role.parse(row.getString("role")),
                row.getString("password_hash"),
                row.getInteger("generation"));
    }
}
