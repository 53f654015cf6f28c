// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store.backup;

import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.store.PostgresConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.postgresql.PGConnection;

/**
 * PostgreSQL as it stood at one moment, that of {@link #begin}: one transaction that repeats its reads, so that the site goes
 * on meanwhile. Retention waits until it is closed.
 */
public final class DatabaseCopy implements AutoCloseable {
    private static final String HISTORY = "flyway_schema_history";

    private final Connection connection;
    private final DatabaseFacts facts;

    private DatabaseCopy(Connection connection, DatabaseFacts facts) {
        this.connection = connection;
        this.facts = facts;
    }

    /** Takes the moment; {@code DEPENDENCY_DOWN} when PostgreSQL does not answer. */
    public static DatabaseCopy begin(PostgresConfig config) {
        try {
            Connection connection = Databases.connect(config);
            try {
                // The lock of retention, before the moment: it drops tables, and would make everybody wait behind us
                execute(connection, "select pg_advisory_lock(hashtext('reflexarc partitions'))");
                connection.setAutoCommit(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                return new DatabaseCopy(connection, facts(connection));
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw Databases.problem(config, e);
        }
    }

    /** What the log must fit to. */
    public DatabaseFacts facts() {
        return facts;
    }

    /** Which of these tasks had ended. */
    public Set<TaskId> ended(Set<TaskId> tasks) {
        String sql = "select id from ended_tasks where id = any(?)"
                + " union select id from tasks where state = 'dead_letter' and id = any(?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Array ids = connection.createArrayOf(
                    "uuid", tasks.stream().map(TaskId::value).toArray());
            statement.setArray(1, ids);
            statement.setArray(2, ids);
            Set<TaskId> found = new HashSet<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(new TaskId(rows.getObject(1, UUID.class)));
                }
            }
            return found;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Writes every table into a file of its own, and tells of each that is done. */
    public DatabaseImage write(Streams files, Consumer<TableCopy> done) throws IOException {
        try {
            List<TableCopy> tables = new ArrayList<>();
            for (String name : Databases.tables(connection)) {
                if (!name.equals(HISTORY)) {
                    TableCopy copy = copy(name, files);
                    tables.add(copy);
                    done.accept(copy);
                }
            }
            return new DatabaseImage(tables, sequences(), days());
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private TableCopy copy(String name, Streams files) throws SQLException, IOException {
        String file = "postgres/" + name + ".copy.gz";
        TableCopy plan = new TableCopy(name, Databases.columns(connection, name), file, 0);
        try (OutputStream out = files.write(file)) {
            long rows = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut(
                            "copy (select " + plan.columnList() + " from " + plan.table()
                                    + ") to stdout (encoding 'UTF8')",
                            out);
            return new TableCopy(name, plan.columns(), file, rows);
        }
    }

    /** They stand outside the transaction: what they have given out since is skipped. */
    private Map<String, Long> sequences() throws SQLException {
        Map<String, Long> all = new HashMap<>();
        try (ResultSet rows =
                query("select sequencename, last_value from pg_sequences where schemaname = current_schema()"
                        + " and last_value is not null")) {
            while (rows.next()) {
                all.put(rows.getString(1), rows.getLong(2));
            }
        }
        return all;
    }

    private List<DatabaseImage.Day> days() throws SQLException {
        List<DatabaseImage.Day> all = new ArrayList<>();
        try (ResultSet rows = query("select name, partition, day::text from day_partitions order by name, day")) {
            while (rows.next()) {
                all.add(new DatabaseImage.Day(rows.getString(1), rows.getString(2), rows.getString(3)));
            }
        }
        return all;
    }

    private static DatabaseFacts facts(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            String schema = Databases.one(
                            statement,
                            "select script from " + HISTORY
                                    + " where success and version is not null order by version::numeric desc limit 1")
                    .orElseThrow();
            Optional<Incarnation> incarnation = Databases.one(
                            statement, "select incarnation::text from log_incarnations order by id desc limit 1")
                    .map(UUID::fromString)
                    .map(Incarnation::new);
            Set<Long> versions = new HashSet<>();
            try (ResultSet rows = statement.executeQuery("select id from rulebook_versions")) {
                while (rows.next()) {
                    versions.add(rows.getLong(1));
                }
            }
            Set<String> keys = new HashSet<>();
            try (ResultSet rows = statement.executeQuery("select distinct credential_key from event_streams")) {
                while (rows.next()) {
                    keys.add(rows.getString(1));
                }
            }
            return new DatabaseFacts(schema, incarnation, inboxes(connection), versions, keys);
        }
    }

    private static Map<InboxId, DatabaseFacts.Decided> inboxes(Connection connection) throws SQLException {
        Map<InboxId, DatabaseFacts.Decided> all = new HashMap<>();
        String sql = """
                select i.activation_id, i.part, i.position_major, i.position_minor,
                       coalesce(s.position_major, i.begin_major), coalesce(s.position_minor, i.begin_minor)
                  from inboxes i left join snapshots s using (activation_id, part)
                 where i.incarnation = (select max(id) from log_incarnations)
                """;
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                all.put(
                        new InboxId(new ActivationId(rows.getLong(1)), rows.getInt(2)),
                        new DatabaseFacts.Decided(
                                new Position(rows.getLong(3), rows.getLong(4)),
                                new Position(rows.getLong(5), rows.getLong(6))));
            }
        }
        return all;
    }

    private ResultSet query(String sql) throws SQLException {
        var statement = connection.createStatement();
        statement.closeOnCompletion();
        return statement.executeQuery(sql);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static ProblemException failed(SQLException e) {
        return new ProblemException(
                ProblemType.DEPENDENCY_DOWN, "PostgreSQL did not give all that it holds: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }
}
