// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.backup;

import io.reflexarc.app.site.Servers;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.eventstream.redis.LogCopy;
import io.reflexarc.store.backup.DatabaseCopy;
import io.reflexarc.store.backup.DatabaseFacts;
import io.reflexarc.store.backup.DatabaseImage;
import io.reflexarc.store.backup.ObjectCopy;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes a backup of a site that runs. PostgreSQL's moment comes first, then that of the log, so that the log holds whatever
 * PostgreSQL rests on; what it holds beyond is decided again after a restore, by the same ids and with the same idempotency
 * keys. Objects come last: what a row names has been written before the row. Blocks.
 */
public final class Backup {
    /** Objects, one line for each. */
    static final String OBJECTS = "objects/index.ndjson.gz";

    /** Files of a data directory. */
    static final String SITE = "site/";

    private static final int ATTEMPTS = 3;

    private final Vertx vertx;
    private final Servers servers;
    private final InstantSource clock;
    private final String program;
    private final Consumer<String> progress;

    /**
     * Of a site on these servers.
     *
     * @param program our version
     * @param progress is told what was done, in words
     */
    public Backup(Vertx vertx, Servers servers, InstantSource clock, String program, Consumer<String> progress) {
        this.vertx = vertx;
        this.servers = servers;
        this.clock = clock;
        this.program = program;
        this.progress = progress;
    }

    /** Into this folder; with the keys and other files of a data directory, when there is one. */
    public Manifest take(BackupFolder folder, Optional<Path> data) throws IOException {
        String begun = clock.instant().toString();
        Taken taken = takeState(folder);
        long objects = objects(folder);
        if (data.isPresent()) {
            int files = new SiteFiles(data.get()).copyTo(folder);
            progress.accept("data directory: " + files + " files, keys among them");
        }
        DatabaseFacts facts = taken.facts;
        Manifest manifest = new Manifest(
                Manifest.FORMAT,
                program,
                begun,
                facts.schema(),
                incarnation(facts).toString(),
                facts.keys().stream().sorted().toList(),
                data.isPresent(),
                taken.image,
                new TreeMap<>(facts.inboxes().entrySet().stream()
                        .collect(Collectors.toMap(
                                one -> one.getKey().toString(),
                                one -> one.getValue().position().toString()))),
                taken.log.entries(),
                objects,
                folder.sums());
        folder.finish(manifest);
        return manifest;
    }

    private Taken takeState(BackupFolder folder) throws IOException {
        try (LogCopy log = new LogCopy(vertx, servers.redis())) {
            for (int attempt = 1; ; attempt++) {
                try {
                    return takeState(log, folder);
                } catch (ProblemException e) {
                    if (e.type() != ProblemType.CONFLICT || attempt == ATTEMPTS) {
                        throw e;
                    }
                    progress.accept("once more: " + e.detail());
                } finally {
                    log.release();
                }
            }
        }
    }

    private Taken takeState(LogCopy log, BackupFolder folder) throws IOException {
        log.hold();
        try (DatabaseCopy database = DatabaseCopy.begin(servers.postgres())) {
            DatabaseFacts facts = database.facts();
            LogCopy.Summary summary = log.write(
                    new LogCopy.Beside(
                            incarnation(facts),
                            positions(facts, DatabaseFacts.Decided::position),
                            positions(facts, DatabaseFacts.Decided::needed),
                            facts.versions(),
                            database::ended),
                    folder::write);
            log.release();
            progress.accept("event log: " + summary.entries() + " entries, " + summary.keys() + " keys");
            DatabaseImage image = database.write(
                    folder, table -> progress.accept("PostgreSQL: " + table.name() + ", " + table.rows() + " rows"));
            return new Taken(facts, summary, image);
        }
    }

    private static Incarnation incarnation(DatabaseFacts facts) {
        return facts.incarnation()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.CONFLICT, "this site has never been started: there is nothing to back up"));
    }

    private static Map<InboxId, Position> positions(
            DatabaseFacts facts, Function<DatabaseFacts.Decided, Position> which) {
        return facts.inboxes().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, one -> which.apply(one.getValue())));
    }

    private long objects(BackupFolder folder) throws IOException {
        long copied = 0;
        try (ObjectCopy bucket = new ObjectCopy(servers.s3());
                OutputStream index = folder.write(OBJECTS)) {
            List<String> keys = bucket.keys();
            for (String key : keys) {
                Optional<ObjectCopy.Content> found = bucket.get(key);
                if (found.isPresent()) {
                    String file = "objects/" + copied++;
                    try (ObjectCopy.Content content = found.get();
                            OutputStream out = folder.write(file)) {
                        content.bytes().transferTo(out);
                    }
                    index.write(JsonText.of(new StoredObject(key, found.get().type(), file))
                            .bytes());
                    index.write('\n');
                }
                if (copied % 1_000 == 0 && copied > 0) {
                    progress.accept("objects: " + copied + " of " + keys.size());
                }
            }
        }
        progress.accept("objects: " + copied);
        return copied;
    }

    private record Taken(DatabaseFacts facts, LogCopy.Summary log, DatabaseImage image) {}

    /**
     * One line of the list of objects.
     *
     * @param key its name
     * @param type media type, or nothing
     * @param file of the backup
     */
    record StoredObject(String key, String type, String file) {}
}
