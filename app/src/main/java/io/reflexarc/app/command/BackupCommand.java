// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import io.reflexarc.app.backup.Backup;
import io.reflexarc.app.backup.BackupFolder;
import io.reflexarc.app.backup.Manifest;
import io.reflexarc.app.embedded.DataDirectory;
import io.reflexarc.app.site.LocalSite;
import io.reflexarc.app.site.Servers;
import io.reflexarc.core.json.JsonText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code reflexarc backup}: all that a site holds, consistent with itself, while the site runs. */
@Command(
        name = "backup",
        description = {
            "Copies all that a site holds into a new folder, while the site runs: PostgreSQL, the event log and S3 objects,",
            "and of a data directory its keys, credentials and playbooks. Whoever reads the folder can read every secret."
        },
        mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "new or empty folder for the backup")
    private Path target = Path.of("");

    @Mixin
    private WhichSite where = new WhichSite();

    @Option(names = "--output", converter = Output.Converter.class, description = "text or json (default: text)")
    private Output output = Output.TEXT;

    @Override
    public Integer call() throws Exception {
        Optional<Servers> servers = where.servers().map(Servers::of);
        if (servers.isPresent()) {
            return take(Running.begin(), servers.get(), Optional.empty());
        }
        Path path = where.directory();
        if (DataDirectory.inUse(path)) {
            return take(Running.begin(), LocalSite.servers(path), Optional.of(path));
        }
        Running running = Running.begin(DataDirectory.openExisting(path));
        try {
            running.servers();
            return take(running, LocalSite.servers(path), Optional.of(path));
        } finally {
            running.stop();
        }
    }

    private int take(Running running, Servers servers, Optional<Path> directory) throws IOException {
        try {
            BackupFolder folder = BackupFolder.create(target);
            Manifest manifest = new Backup(
                            running.vertx(), servers, Clock.systemUTC(), Version.current(), System.err::println)
                    .take(folder, directory);
            print(folder, manifest);
            return 0;
        } finally {
            running.stop();
        }
    }

    private void print(BackupFolder folder, Manifest manifest) {
        System.out.println(
                switch (output) {
                    case TEXT ->
                        "The backup is complete: %s, %,d bytes, %,d rows, %,d entries of the log, %,d objects"
                                .formatted(
                                        folder.root(),
                                        manifest.bytes(),
                                        manifest.rows(),
                                        manifest.entries(),
                                        manifest.objects());
                    case JSON -> JsonText.of(facts(folder.root(), manifest)).toString();
                });
    }

    static Map<String, Object> facts(Path folder, Manifest manifest) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("backup", folder.toString());
        facts.put("created_at", manifest.createdAt());
        facts.put("version", manifest.program());
        facts.put("schema", manifest.schema());
        facts.put("bytes", manifest.bytes());
        facts.put("rows", manifest.rows());
        facts.put("entries", manifest.entries());
        facts.put("objects", manifest.objects());
        facts.put("inboxes", manifest.inboxes());
        return facts;
    }
}
