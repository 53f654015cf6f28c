// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store.backup;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.store.PostgresConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the catalogue of PostgreSQL says about our tables. */
final class Databases {
    private Databases() {}

    static Connection connect(PostgresConfig config) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", config.user());
        properties.setProperty("password", config.password().reveal());
        properties.setProperty("ApplicationName", "reflexarc backup");
        properties.setProperty("connectTimeout", "15");
        return DriverManager.getConnection(
                "jdbc:postgresql://" + config.host() + ":" + config.port() + "/" + config.database(), properties);
    }

    static ProblemException problem(PostgresConfig config, SQLException e) {
        return new ProblemException(
                ProblemType.DEPENDENCY_DOWN,
                "PostgreSQL at " + config + " does not answer as it should: " + e.getMessage() + ".",
                e);
    }

    static Optional<String> one(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
        }
    }

    /** Tables that are no partition of another; those that others refer to come before them. */
    static List<String> tables(Connection connection) throws SQLException {
        Map<String, Set<String>> references = new TreeMap<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(
                    "select relname from pg_class where relkind in ('r', 'p') and not relispartition"
                            + " and relnamespace = current_schema()::regnamespace")) {
                while (rows.next()) {
                    references.put(rows.getString(1), new TreeSet<>());
                }
            }
            try (ResultSet rows = statement.executeQuery(
                    "select a.relname, b.relname from pg_constraint c join pg_class a on a.oid = c.conrelid"
                            + " join pg_class b on b.oid = c.confrelid where c.contype = 'f' and a.oid <> b.oid"
                            + " and a.relnamespace = current_schema()::regnamespace")) {
                while (rows.next()) {
                    references.getOrDefault(rows.getString(1), new TreeSet<>()).add(rows.getString(2));
                }
            }
        }
        Set<String> ordered = new LinkedHashSet<>();
        references.keySet().forEach(name -> after(name, references, ordered, new TreeSet<>()));
        return List.copyOf(ordered);
    }

    private static void after(String name, Map<String, Set<String>> references, Set<String> ordered, Set<String> way) {
        if (ordered.contains(name) || !way.add(name)) {
            return;
        }
        references.getOrDefault(name, Set.of()).forEach(other -> after(other, references, ordered, way));
        ordered.add(name);
    }

    /** Columns that hold something of their own, in order. */
    static List<String> columns(Connection connection, String table) throws SQLException {
        String sql = "select attname from pg_attribute where attrelid = ?::regclass and attnum > 0 and not attisdropped"
                + " and attgenerated = '' order by attnum";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, TableCopy.quoted(table));
            List<String> names = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        }
    }
}
