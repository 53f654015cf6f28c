// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of its own that holds an advisory lock of PostgreSQL in the name of this process. A process that is killed
 * loses it in the same moment, because its system closes the connection; one that is paused, or whose machine is gone, does
 * not: for those there is the lease. Whoever shares connections between processes (a pooler) has leases only.
 */
final class SignOfLife {
    /** Of the process {@code name}, as a condition on {@code pg_locks}. */
    static final String GIVEN = """
            exists (select 1 from pg_locks
                     where locktype = 'advisory' and objsubid = 1 and granted
                       and database = (select oid from pg_database where datname = current_database())
                       and (classid::bigint << 32 | objid::bigint) = hashtextextended(name, 0))
            """;

    private static final Logger LOGGER = LoggerFactory.getLogger(SignOfLife.class);
    private static final String LOCK = "select pg_try_advisory_lock(hashtextextended($1, 0))";
    private static final long AGAIN_MILLIS = 100;

    private final Vertx vertx;
    private final PgConnectOptions options;
    private final AtomicReference<State> state = new AtomicReference<>(State.NONE);

    SignOfLife(Vertx vertx, PgConnectOptions options) {
        this.vertx = vertx;
        this.options = options;
    }

    /** Whether the lock is held now; the first call sets out to get it. */
    boolean given(String process) {
        if (state.compareAndSet(State.NONE, State.COMING)) {
            give(process);
        }
        return state.get() instanceof State.Given given && given.process().equals(process);
    }

    private void give(String process) {
        PgConnection.connect(vertx, options)
                .compose(connection -> connection
                        .preparedQuery(LOCK)
                        .execute(Tuple.of(process))
                        .map(rows -> rows.iterator().next().getBoolean(0))
                        .onSuccess(locked -> take(connection, process, locked))
                        .onFailure(failure -> connection.close()))
                .onFailure(failure -> again(process, String.valueOf(failure.getMessage())));
    }

    private void take(SqlConnection connection, String process, boolean locked) {
        if (!locked || !state.compareAndSet(State.COMING, new State.Given(connection, process))) {
            connection.close();
            again(process, "somebody else has it, or it is not wanted any more");
            return;
        }
        connection.closeHandler(closed -> {
            if (state.get() instanceof State.Given given && state.compareAndSet(given, State.COMING)) {
                again(process, "the connection broke");
            }
        });
    }

    private void again(String process, String cause) {
        if (State.OVER.equals(state.get())) {
            return;
        }
        LOGGER.atDebug().addKeyValue("cause", cause).log("no sign of life can be given");
        vertx.setTimer(AGAIN_MILLIS, unused -> {
            if (State.COMING.equals(state.get())) {
                give(process);
            }
        });
    }

    /** Ends it. */
    void end() {
        if (state.getAndSet(State.OVER) instanceof State.Given given) {
            given.connection().close();
        }
    }

    private sealed interface State {
        State NONE = Plain.NONE;
        State COMING = Plain.COMING;
        State OVER = Plain.OVER;

        /** Without a lock. */
        enum Plain implements State {
            /** Nobody has asked for it yet. */
            NONE,
            /** It is tried for. */
            COMING,
            /** It is not wanted any more. */
            OVER
        }

        /** The lock is held in the name of this process. */
        record Given(SqlConnection connection, String process) implements State {}
    }
}
