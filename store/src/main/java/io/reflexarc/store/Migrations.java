// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
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

    /**
     * Whether these, by file name and with Flyway's checksum, are exactly the migrations of this build: a process that starts
     * on a schema that fits needs no Flyway, which costs a second of CPU.
     */
    static boolean areAll(Map<String, Integer> applied) {
        try {
            Map<String, Integer> own = new HashMap<>();
            for (String script : scripts()) {
                own.put(script, checksum(script));
            }
            return own.equals(applied);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In the jar of this class or, in a build, in a folder. */
    private static List<String> scripts() throws IOException {
        URL folder = resource("");
        if (folder.openConnection() instanceof JarURLConnection jar) {
            jar.setUseCaches(false);
            try (JarFile file = jar.getJarFile()) {
                return file.stream()
                        .map(ZipEntry::getName)
                        .filter(name -> name.startsWith(FOLDER + "/") && name.endsWith(".sql"))
                        .map(name -> name.substring(FOLDER.length() + 1))
                        .toList();
            }
        }
        Path own = Path.of(URI.create(folder.toString()));
        try (Stream<Path> files = Files.list(own)) {
            return files.map(file -> own.relativize(file).toString())
                    .filter(name -> name.endsWith(".sql"))
                    .toList();
        }
    }

    /** As Flyway does: CRC32 over the lines without their ends. */
    private static int checksum(String script) throws IOException {
        CRC32 sum = new CRC32();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(resource("/" + script).openStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                sum.update(line.getBytes(StandardCharsets.UTF_8));
            }
        }
        return (int) sum.getValue();
    }

    private static URL resource(String name) throws IOException {
        URL found = Migrations.class.getClassLoader().getResource(FOLDER + name);
        if (found == null) {
            throw new FileNotFoundException("missing on the class path: " + FOLDER + name);
        }
        return found;
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
