// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.internal.exception.FlywaySqlException;

/** Brings a database to the schema of this build. Blocks; several processes may do it at once. */
public final class Migrations {
    private static final String FOLDER = "db/migration";

    private Migrations() {}

    /** Applies what is missing; {@code CONFLICT} when the schema is newer than this build or was changed by hand. */
    public static void migrate(PostgresConfig config) {
        migrate(config, "latest");
    }

    /**
     * Applies what is missing up to this version, for a backup that was taken then.
     *
     * @param target a version, or {@code latest}
     */
    public static void migrate(PostgresConfig config, String target) {
        try {
            Flyway flyway = Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(
                            config.jdbcUrl(), config.user(), config.password().reveal())
                    .locations("classpath:" + FOLDER)
                    .target(target)
                    .load();
            refuseNewer(flyway, config);
            flyway.migrate();
        } catch (FlywaySqlException e) {
            throw new ProblemException(
                    ProblemType.DEPENDENCY_DOWN,
                    "PostgreSQL at " + config + " does not answer: check that it runs and can be reached",
                    e);
        } catch (FlywayException e) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "the schema of " + config + " does not fit this build: restore a backup or ask for help with this: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Whether this build has that migration, named by its file. */
    public static boolean knows(String script) {
        return Migrations.class.getClassLoader().getResource(FOLDER + "/" + script) != null;
    }

    /** The version that a migration brings, which its file's name begins with. */
    public static String version(String script) {
        return script.substring(1, script.indexOf("__"));
    }

    private static void refuseNewer(Flyway flyway, PostgresConfig config) {
        Optional<MigrationVersion> known = newest(flyway.info().all(), true);
        Optional<MigrationVersion> applied = newest(flyway.info().applied(), false);
        if (applied.isPresent() && known.isPresent() && applied.get().isNewerThan(known.get())) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "the database " + config + " has schema version " + applied.get()
                            + ", but this build knows only up to " + known.get()
                            + ": start the newer build that made it, or restore a backup");
        }
    }

    private static Optional<MigrationVersion> newest(MigrationInfo[] migrations, boolean resolvedOnly) {
        return Arrays.stream(migrations)
                .filter(migration -> !resolvedOnly || migration.getState().isResolved())
                .flatMap(migration -> Optional.ofNullable(migration.getVersion()).stream())
                .max(Comparator.naturalOrder());
    }
}
