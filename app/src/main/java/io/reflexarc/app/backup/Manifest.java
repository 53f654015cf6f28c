// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.backup;

import io.reflexarc.store.backup.DatabaseImage;
import java.util.List;
import java.util.Map;

/**
 * What a backup holds; written last, so that a folder without it is no backup.
 *
 * @param format version of the folder's layout
 * @param program version of Reflexarc that made it
 * @param createdAt when it was begun
 * @param schema the newest migration of PostgreSQL, by its file
 * @param incarnation of the log
 * @param keys which keys encrypted the secrets in it
 * @param local whether it has the files of a data directory, keys among them
 * @param database tables and sequences
 * @param inboxes how far each had been decided
 * @param entries of the log
 * @param objects in S3
 * @param files all files but this one
 */
public record Manifest(
        int format,
        String program,
        String createdAt,
        String schema,
        String incarnation,
        List<String> keys,
        boolean local,
        DatabaseImage database,
        Map<String, String> inboxes,
        long entries,
        long objects,
        List<Sum> files) {
    /** The layout that this program writes, and the newest that it reads. */
    static final int FORMAT = 1;

    /** Together. */
    public long bytes() {
        return files.stream().mapToLong(Sum::size).sum();
    }

    /** Rows of all tables. */
    public long rows() {
        return database.tables().stream().mapToLong(table -> table.rows()).sum();
    }

    /**
     * A file.
     *
     * @param name below the folder
     * @param size in bytes
     * @param sha256 of its bytes
     */
    public record Sum(String name, long size, String sha256) {}
}
