// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.backup;

import io.reflexarc.app.site.Servers;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.eventstream.redis.LogRestore;
import io.reflexarc.store.Migrations;
import io.reflexarc.store.backup.DatabaseRestore;
import io.reflexarc.store.backup.ObjectCopy;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Consumer;

/** Fills empty servers with a backup. The log is opened last: a restore that broke off leaves a site that takes nothing. Blocks. */
public final class Restore {
    private final BackupFolder folder;
    private final Manifest manifest;
    private final Consumer<String> progress;

    private Restore(BackupFolder folder, Manifest manifest, Consumer<String> progress) {
        this.folder = folder;
        this.manifest = manifest;
        this.progress = progress;
    }

    /** Reads and checks a backup: every checksum, and whether this program knows what it holds. */
    public static Restore of(BackupFolder folder, Consumer<String> progress) {
        Manifest manifest = folder.manifest();
        if (!Migrations.knows(manifest.schema())) {
            throw new ProblemException(
                    ProblemType.INVALID,
                    folder.root() + " was written by Reflexarc " + manifest.program() + " with schema "
                            + manifest.schema() + ", which this build does not know: restore it with that version");
        }
        folder.verify(manifest);
        progress.accept("checked " + manifest.files().size() + " files");
        return new Restore(folder, manifest, progress);
    }

    /** What it holds. */
    public Manifest manifest() {
        return manifest;
    }

    /** Puts the files of a data directory in place: keys, credentials, playbooks. */
    public void files(Consumer<SiteFile> into) throws IOException {
        for (Manifest.Sum sum : manifest.files()) {
            if (sum.name().startsWith(Backup.SITE)) {
                try (InputStream in = folder.read(sum.name())) {
                    into.accept(new SiteFile(sum.name().substring(Backup.SITE.length()), in.readAllBytes()));
                }
            }
        }
    }

    /** Fills these servers; {@code CONFLICT}, and nothing done, when one holds something already. */
    public void load(Vertx vertx, Servers servers) throws IOException {
        try (LogRestore log = new LogRestore(vertx, servers.redis())) {
            DatabaseRestore.requireEmpty(servers.postgres());
            log.requireEmpty();
            objects(servers);
            DatabaseRestore.load(
                    servers.postgres(),
                    manifest.schema(),
                    manifest.database(),
                    folder,
                    table -> progress.accept("PostgreSQL: " + table.name() + ", " + table.rows() + " rows"));
            log.load(folder::read, new Incarnation(UUID.fromString(manifest.incarnation())));
            progress.accept("event log: " + manifest.entries() + " entries");
        }
    }

    private void objects(Servers servers) throws IOException {
        try (ObjectCopy bucket = new ObjectCopy(servers.s3());
                var lines = new BufferedReader(
                        new InputStreamReader(folder.read(Backup.OBJECTS), StandardCharsets.UTF_8))) {
            bucket.makeBucket();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Backup.StoredObject object = JsonText.ofString(line).as(Backup.StoredObject.class);
                try (InputStream in = folder.read(object.file())) {
                    bucket.put(object.key(), new ObjectCopy.Content(object.type(), folder.size(object.file()), in));
                }
            }
        }
        progress.accept("objects: " + manifest.objects());
    }

    /**
     * A file of a data directory.
     *
     * @param name below it
     * @param bytes all of it
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record SiteFile(String name, byte[] bytes) {}
}
