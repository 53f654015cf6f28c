// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.event.Secret;

/**
 * Where PostgreSQL is.
 *
 * @param host name or address
 * @param port TCP port
 * @param database which exists already
 * @param user that may create tables in it
 * @param password empty when none is asked for
 * @param connections at most this many are kept open
 */
public record PostgresConfig(String host, int port, String database, String user, Secret password, int connections) {
    /** Enough for all roles in one process. */
    public static final int DEFAULT_CONNECTIONS = 8;

    public PostgresConfig {
        if (connections < 1) {
            throw new IllegalArgumentException("at least one connection to PostgreSQL is needed");
        }
    }

    String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    /** For sentences about it. */
    @Override
    public String toString() {
        return user + "@" + host + ":" + port + "/" + database;
    }
}
