// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import io.reflexarc.app.backup.BackupFolder;
import io.reflexarc.app.backup.Manifest;
import io.reflexarc.app.backup.Restore;
import io.reflexarc.app.config.AppConfig;
import io.reflexarc.app.embedded.DataDirectory;
import io.reflexarc.app.site.LocalSite;
import io.reflexarc.app.site.Servers;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.store.StoreKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code reflexarc restore}: a new site out of a backup. */
@Command(
        name = "restore",
        description = {
            "Makes a new site out of a backup: a new data directory, or with --config empty servers of your own.",
            "Checks every checksum first; touches nothing that holds something already."
        },
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "folder of the backup")
    private Path source = Path.of("");

    @Mixin
    private WhichSite where = new WhichSite();

    @Option(names = "--output", converter = Output.Converter.class, description = "text or json (default: text)")
    private Output output = Output.TEXT;

    @Override
    public Integer call() throws Exception {
        Restore restore = Restore.of(BackupFolder.open(source), System.err::println);
        Optional<AppConfig> servers = where.servers();
        if (servers.isPresent()) {
            intoServers(restore, servers.get());
            print(restore.manifest(), "your servers");
        } else {
            intoDirectory(restore);
            print(restore.manifest(), where.directory().toString());
        }
        return 0;
    }

    private static void intoServers(Restore restore, AppConfig config) throws Exception {
        requireKey(restore.manifest().keys(), config.keys().store());
        Running running = Running.begin();
        try {
            restore.load(running.vertx(), Servers.of(config));
        } finally {
            running.stop();
        }
    }

    /** Without it no secret of the backup could be read. */
    private static void requireKey(List<String> wanted, Path file) {
        boolean there = Files.exists(file)
                && wanted.stream()
                        .allMatch(StoreKey.load(file, new SecureRandom()).id()::equals);
        if (!wanted.isEmpty() && !there) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "the secrets of this backup were encrypted with key " + String.join(", ", wanted) + ", and " + file
                            + " does not hold it: put the key file there that the site had");
        }
    }

    private void intoDirectory(Restore restore) throws Exception {
        if (!restore.manifest().local()) {
            throw new ProblemException(
                    ProblemType.INVALID,
                    "this backup is of a site of its own servers and has no keys in it: name such servers with --config");
        }
        DataDirectory directory = DataDirectory.openForRestore(where.directory());
        Running running = Running.begin(directory);
        try {
            restore.files(one -> directory.put(one.name(), one.bytes()));
            running.servers();
            restore.load(running.vertx(), LocalSite.servers(where.directory()));
            directory.restored();
        } finally {
            running.stop();
        }
    }

    private void print(Manifest manifest, String into) {
        System.out.println(
                switch (output) {
                    case TEXT ->
                        "Restored into %s what was there at %s: %,d rows, %,d entries of the log, %,d objects"
                                .formatted(
                                        into,
                                        manifest.createdAt(),
                                        manifest.rows(),
                                        manifest.entries(),
                                        manifest.objects());
                    case JSON -> {
                        Map<String, Object> facts = new LinkedHashMap<>(BackupCommand.facts(source, manifest));
                        facts.put("restored_into", into);
                        yield JsonText.of(facts).toString();
                    }
                });
    }
}
