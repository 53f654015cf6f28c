// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store.backup;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.store.Migrations;
import io.reflexarc.store.PostgresConfig;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;
import org.postgresql.PGConnection;

/** Fills a new database with what a backup holds, in one transaction. */
public final class DatabaseRestore {
    /** So far ahead of every owner that the backup knows that none of them is taken for the next one. */
    private static final int EPOCHS_AHEAD = 1_000;

    private DatabaseRestore() {}

    /** {@code CONFLICT} when the database holds any table. */
    public static void requireEmpty(PostgresConfig config) {
        try (Connection connection = Databases.connect(config)) {
            if (!Databases.tables(connection).isEmpty()) {
                throw new ProblemException(
                        ProblemType.CONFLICT,
                        "the database " + config + " holds tables already: restore into a new one");
            }
        } catch (SQLException e) {
            throw Databases.problem(config, e);
        }
    }

    /** Makes the schema up to this migration and fills it; tells of each table that is done. */
    public static void load(
            PostgresConfig config, String schema, DatabaseImage image, Streams files, Consumer<TableCopy> done)
            throws IOException {
        Migrations.migrate(config, Migrations.version(schema));
        try (Connection connection = Databases.connect(config)) {
            connection.setAutoCommit(false);
            empty(connection, image);
            for (DatabaseImage.Day day : image.days()) {
                partition(connection, day);
            }
            for (TableCopy table : image.tables()) {
                fill(connection, table, files);
                done.accept(table);
            }
            try (PreparedStatement set = connection.prepareStatement("select setval(?::regclass, ?)")) {
                for (var sequence : image.sequences().entrySet()) {
                    set.setString(1, TableCopy.quoted(sequence.getKey()));
                    set.setLong(2, sequence.getValue());
                    set.execute();
                }
            }
            freeOfOwners(connection);
            connection.commit();
        } catch (SQLException e) {
            throw Databases.problem(config, e);
        }
    }

    /** Migrations fill some tables. */
    private static void empty(Connection connection, DatabaseImage image) throws SQLException {
        List<String> names = image.tables().stream().map(TableCopy::table).toList();
        try (Statement statement = connection.createStatement()) {
            statement.execute("truncate " + String.join(", ", names));
        }
    }

    private static void partition(Connection connection, DatabaseImage.Day day) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists " + TableCopy.quoted(day.name()) + " partition of "
                    + TableCopy.quoted(day.table()) + " for values from ('" + day.day() + " 00:00:00+00') to (('"
                    + day.day() + "'::date + 1)::timestamp at time zone 'UTC')");
        }
    }

    private static void fill(Connection connection, TableCopy table, Streams files) throws SQLException, IOException {
        try (InputStream in = files.read(table.file())) {
            long rows = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + table.table() + " (" + table.columnList() + ") from stdin (encoding 'UTF8')", in);
            if (rows != table.rows()) {
                throw new ProblemException(
                        ProblemType.INVALID,
                        table.file() + " holds " + rows + " rows, and the backup says " + table.rows());
            }
        }
    }

    /** Whoever led or owned something then does not now. */
    private static void freeOfOwners(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("update leases set owner = '', until = '-infinity', epoch = epoch + " + EPOCHS_AHEAD);
            statement.execute("delete from leaders");
        }
    }
}
