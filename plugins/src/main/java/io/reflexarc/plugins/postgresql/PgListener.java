// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.postgresql;

import io.reflexarc.core.event.Secret;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.source.Source;
import io.reflexarc.core.source.SourceContext;
import io.reflexarc.plugins.outbound.OutboundHttp;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an event of each notification of a PostgreSQL server, a JSON object; long ones may come in chunks. What is notified while
 * nobody listens is lost: the server keeps nothing.
 *
 * @param channels to listen to
 * @param dsn how to connect, as {@code host=… dbname=…} or as a URL
 * @param postgresParams the same as a mapping; they win
 * @param retryMaxTimeout longest pause in seconds between two tries to connect, default 60
 * @param retryAttempts how often it is tried in a row, default 10
 * @param keepalives whether a silent connection is probed, default 1
 * @param keepalivesIdle left to the operating system
 * @param keepalivesInterval left to the operating system
 * @param keepalivesCount left to the operating system
 */
@Source.Name(value = "eda.builtin.pg_listener", formerly = "ansible.eda.pg_listener")
public record PgListener(
        Optional<List<String>> channels,
        Optional<Secret> dsn,
        Optional<Map<String, Secret>> postgresParams,
        Optional<Double> retryMaxTimeout,
        Optional<Integer> retryAttempts,
        Optional<Integer> keepalives,
        Optional<Integer> keepalivesIdle,
        Optional<Integer> keepalivesInterval,
        Optional<Integer> keepalivesCount)
        implements PostgresqlSource {
    private static final Logger LOGGER = LoggerFactory.getLogger(PgListener.class);
    private static final int WAIT_MILLIS = 10_000;
    private static final double FIRST_PAUSE = 2;

    public PgListener {
        if (channels.filter(names -> !names.isEmpty()).isEmpty()) {
            throw PostgresqlSource.wrong("channels is missing: write a list of channels to listen to");
        }
        if (dsn.isEmpty() && postgresParams.isEmpty()) {
            throw PostgresqlSource.wrong("dsn or postgres_params is needed: write how to connect");
        }
    }

    @Override
    public void run(SourceContext context) throws IOException, InterruptedException {
        ConnectionWords words = ConnectionWords.of(dsn, postgresParams, keepalives.orElse(1) != 0);
        for (ConnectionWords.Address address : words.addresses()) {
            context.resource(OutboundHttp.class).requireAllowed(address.host(), address.port());
        }
        while (true) {
            try (Connection connection = connect(context, words)) {
                listen(context, connection);
            } catch (SQLException e) {
                requireRunning(e);
                LOGGER.atWarn()
                        .addKeyValue("source", context.name())
                        .addKeyValue("reason", e.getMessage())
                        .log("connection to PostgreSQL lost; messages of which only a part had come are dropped");
            }
        }
    }

    /** An interrupt closes the connection, and only then is noticed. */
    private static void requireRunning(SQLException e) throws InterruptedException {
        if (Thread.interrupted()) {
            throw (InterruptedException) new InterruptedException("stopped").initCause(e);
        }
    }

    private Connection connect(SourceContext context, ConnectionWords words) throws InterruptedException {
        double longest = Math.max(FIRST_PAUSE, retryMaxTimeout.orElse(60.0));
        double pause = FIRST_PAUSE;
        for (int tries = 1; ; tries++) {
            try {
                return subscribed(words.connect());
            } catch (SQLException e) {
                requireRunning(e);
                boolean refused = String.valueOf(e.getSQLState()).startsWith("28");
                if (refused || tries >= retryAttempts.orElse(10)) {
                    throw new ProblemException(
                            refused ? ProblemType.FORBIDDEN : ProblemType.DEPENDENCY_DOWN,
                            "cannot connect to PostgreSQL at " + words.shown() + ": " + e.getMessage(),
                            e);
                }
                LOGGER.atWarn()
                        .addKeyValue("source", context.name())
                        .addKeyValue("seconds", pause)
                        .addKeyValue("reason", e.getMessage())
                        .log("no connection to PostgreSQL; another try follows");
                context.sleep(Duration.ofMillis(Math.round(pause * 1000)));
                pause = Math.min(longest, pause * 2);
            }
        }
    }

    private Connection subscribed(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String channel : channels.orElseThrow()) {
                statement.execute("LISTEN \"" + channel.replace("\"", "\"\"") + "\"");
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static void listen(SourceContext context, Connection connection) throws SQLException, InterruptedException {
        LOGGER.atInfo().addKeyValue("source", context.name()).log("source listens to PostgreSQL");
        PGConnection notifying = connection.unwrap(PGConnection.class);
        Chunks chunks = new Chunks();
        while (true) {
            PGNotification[] notifications = notifying.getNotifications(WAIT_MILLIS);
            for (PGNotification notification : notifications == null ? new PGNotification[0] : notifications) {
                context.emit(chunks.events(notification.getParameter()));
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
