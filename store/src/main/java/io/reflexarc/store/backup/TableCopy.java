// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store.backup;

import java.util.List;

/**
 * A table in a backup.
 *
 * @param name of the table
 * @param columns in the order in which they stand in its file
 * @param file within the backup
 * @param rows so many
 */
public record TableCopy(String name, List<String> columns, String file, long rows) {
    public TableCopy {
        columns = List.copyOf(columns);
    }

    /** Names quoted for SQL. */
    String columnList() {
        return String.join(", ", columns.stream().map(TableCopy::quoted).toList());
    }

    String table() {
        return quoted(name);
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
