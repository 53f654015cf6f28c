// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import java.util.List;

/**
 * One line of a backup of the log: an entry of a stream, or a key with its value.
 *
 * @param kind of the line
 * @param key without the prefix of the site
 * @param id position of an entry, else nothing
 * @param values fields and values, members, or the text
 * @param millis how long the key still lives; 0 for ever
 */
record LogRecord(Kind kind, String key, String id, List<String> values, long millis) {
    LogRecord {
        values = List.copyOf(values);
    }

    static LogRecord entry(String key, String id, List<String> fields) {
        return new LogRecord(Kind.ENTRY, key, id, fields, 0);
    }

    static LogRecord text(String key, String value, long millis) {
        return new LogRecord(Kind.TEXT, key, "", List.of(value), millis);
    }

    static LogRecord of(Kind kind, String key, List<String> values) {
        return new LogRecord(kind, key, "", values, 0);
    }

    /** What a line is. */
    enum Kind {
        /** An entry of a stream. */
        ENTRY,
        /** A key with a text. */
        TEXT,
        /** A key with fields. */
        HASH,
        /** A key with members. */
        SET,
        /** Events that came too late for the backup: what names them is not part of it. */
        LATER
    }
}
