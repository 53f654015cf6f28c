// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a data directory that belong to the site and not to its servers or to this machine: keys, credentials, playbooks,
 * sources.
 */
final class SiteFiles {
    private static final Set<String> SERVERS = Set.of("postgres", "redis", "s3", "kafka", "programs", "ports");
    private static final Pattern OURS_NOW =
            Pattern.compile("layout|lock|restoring|servers\\.json|endpoints\\.json|redis\\.conf|.*\\.log|.*\\.new"
                    + "|secrets/(postgres|redis|s3)");

    private final Path data;

    SiteFiles(Path data) {
        this.data = data;
    }

    /** Copies them; answers how many. */
    int copyTo(BackupFolder folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(data)) {
            files = all.filter(this::belongs).toList();
        }
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file);
                    OutputStream out = folder.write(Backup.SITE + data.relativize(file))) {
                in.transferTo(out);
            }
        }
        return files.size();
    }

    private boolean belongs(Path file) {
        Path name = data.relativize(file);
        return Files.isRegularFile(file)
                && !SERVERS.contains(name.getName(0).toString())
                && !OURS_NOW.matcher(name.toString()).matches();
    }
}
