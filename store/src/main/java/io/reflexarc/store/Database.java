// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/** The pool of connections, and the one place where errors of PostgreSQL become problems. */
final class Database {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    /** Connection trouble, shut-down, start-up, too many connections. */
    private static final Set<String> DOWN = Set.of("57P01", "57P02", "57P03", "53300");

    /** For what works through whole days of history. */
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(10);

    /** How the client says, without a type of its own, that it has no connection in time, or that one broke unnoticed. */
    private static final Set<String> CLIENT_DOWN = Set.of("Timeout", "Pool closed", "Connection is not active");

    private final Pool pool;
    private final PostgresConfig config;
    private final Duration patience;

    Database(Pool pool, PostgresConfig config, Duration patience) {
        this.pool = pool;
        this.config = config;
        this.patience = patience;
    }

    /** Runs one statement by itself. */
    Future<RowSet<Row>> run(String sql, Tuple arguments) {
        return answered(pool.preparedQuery(sql).execute(arguments), patience);
    }

    /** Runs one statement that may take long. */
    Future<RowSet<Row>> runLong(String sql, Tuple arguments) {
        return answered(pool.preparedQuery(sql).execute(arguments), LONG_PATIENCE);
    }

    /** Rows of a query. */
    <T> Future<List<T>> list(String sql, Tuple arguments, Function<Row, T> mapper) {
        return run(sql, arguments).map(rows -> all(rows, mapper));
    }

    /** The only row of a query, if there is one. */
    <T> Future<Optional<T>> first(String sql, Tuple arguments, Function<Row, T> mapper) {
        return run(sql, arguments).map(rows -> all(rows, mapper).stream().findFirst());
    }

    /** How many rows a statement touched. */
    Future<Integer> count(String sql, Tuple arguments) {
        return run(sql, arguments).map(RowSet::rowCount);
    }

    /** Deletes a row by its number; {@code CONFLICT} with this sentence when something points at it, {@code NOT_FOUND} without it. */
    Future<Void> delete(String table, long id, String conflict, Supplier<ProblemException> missing) {
        return count("delete from " + table + " where id = $1", Tuple.of(id))
                .recover(failure -> Future.failedFuture(
                        isForeignKeyViolation(failure)
                                ? new ProblemException(ProblemType.CONFLICT, conflict, failure)
                                : failure))
                .map(rows -> {
                    if (rows == 0) {
                        throw missing.get();
                    }
                    return null;
                });
    }

    /** One page of a list: a query without order and limit, and its order. */
    <T> Future<Page<T>> page(Query query, String order, PageRequest request, Function<Row, T> mapper) {
        Future<Long> count = run("select count(*) from (" + query.sql() + ") q", query.arguments())
                .map(Database::single);
        Future<List<T>> items = list(
                query.sql() + " order by " + order + " limit " + request.pageSize() + " offset " + request.offset(),
                query.arguments(),
                mapper);
        return Future.all(count, items)
                .map(both -> new Page<>(items.result(), count.result(), request.page(), request.pageSize()));
    }

    /** Runs steps in one transaction; errors of PostgreSQL become problems. */
    <T> Future<T> transaction(Function<SqlConnection, Future<T>> steps) {
        return answered(pool.withTransaction(steps), patience);
    }

    /**
     * As {@link #guarded}, in one transaction that the steps end with {@link #commit}. Its begin travels with the first of them, and
     * its end with the last: a statement that fails in between makes the end a roll-back.
     */
    <T> Future<T> guardedTransaction(Function<SqlConnection, Future<T>> steps) {
        return guarded(connection -> {
            Future<?> begun = connection.query("begin").execute();
            return steps.apply(connection)
                    .compose(result -> begun.map(result))
                    .recover(failure ->
                            connection.query("rollback").execute().transform(done -> Future.failedFuture(failure)));
        });
    }

    /** Ends the transaction of {@link #guardedTransaction}. */
    static Future<?> commit(SqlConnection connection) {
        return connection.query("commit").execute();
    }

    /**
     * Runs steps on one connection for a caller that must know whether the result is known: no connection is a problem
     * (nothing happened), anything later fails as it is.
     */
    <T> Future<T> guarded(Function<SqlConnection, Future<T>> steps) {
        return mapped(pool.getConnection())
                .compose(connection -> steps.apply(connection).eventually(connection::close));
    }

    /** Ends the pool. */
    Future<Void> close() {
        return pool.close();
    }

    static Future<RowSet<Row>> run(SqlClient client, String sql, Tuple arguments) {
        return client.preparedQuery(sql).execute(arguments);
    }

    static <T> List<T> all(RowSet<Row> rows, Function<Row, T> mapper) {
        return StreamSupport.stream(rows.spliterator(), false).map(mapper).toList();
    }

    static long single(RowSet<Row> rows) {
        return rows.iterator().next().getLong(0);
    }

    /** Turns the violation of a constraint into a conflict with this sentence. */
    static <T> Future<T> conflict(Future<T> future, String constraint, String sentence) {
        return future.recover(failure -> Future.failedFuture(
                isViolation(failure, constraint)
                        ? new ProblemException(ProblemType.CONFLICT, sentence, failure)
                        : failure));
    }

    /** Whether a row that something else points at was to be deleted, or a row that points at nothing to be made. */
    static boolean isForeignKeyViolation(Throwable failure) {
        return failure instanceof PgException e && FOREIGN_KEY_VIOLATION.equals(e.getSqlState());
    }

    private static boolean isViolation(Throwable failure, String constraint) {
        return failure instanceof PgException e
                && UNIQUE_VIOLATION.equals(e.getSqlState())
                && constraint.equals(e.getConstraint());
    }

    /** A server that takes a statement and says nothing is down for whoever waits, whatever becomes of the statement. */
    private <T> Future<T> answered(Future<T> future, Duration longest) {
        return mapped(future.timeout(longest.toMillis(), TimeUnit.MILLISECONDS));
    }

    private <T> Future<T> mapped(Future<T> future) {
        return future.recover(failure -> Future.failedFuture(isDown(failure) ? down(failure) : failure));
    }

    private ProblemException down(Throwable failure) {
        return new ProblemException(
                ProblemType.DEPENDENCY_DOWN,
                "PostgreSQL at " + config + " does not answer: check that it runs and can be reached",
                failure);
    }

    private static boolean isDown(Throwable failure) {
        return switch (failure) {
            case PgException e ->
                e.getSqlState() != null && (e.getSqlState().startsWith("08") || DOWN.contains(e.getSqlState()));
            case ClosedConnectionException e -> true;
            case IOException e -> true;
            case TimeoutException e -> true;
            default -> failure.getMessage() != null && CLIENT_DOWN.stream().anyMatch(failure.getMessage()::startsWith);
        };
    }

    /**
     * A query with its arguments.
     *
     * @param sql without order and limit
     * @param arguments for its {@code $n}
     */
    record Query(String sql, Tuple arguments) {}
}
