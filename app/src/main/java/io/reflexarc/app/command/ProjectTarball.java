// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/** Playbooks that came in a tarball: unpacked by the system's {@code tar}, gone with the run. */
final class ProjectTarball implements AutoCloseable {
    private final Optional<Path> directory;

    private ProjectTarball(Optional<Path> directory) {
        this.directory = directory;
    }

    /** Unpacks it, when there is one. */
    static ProjectTarball unpack(Optional<Path> tarball) {
        return new ProjectTarball(tarball.map(ProjectTarball::unpacked));
    }

    private static Path unpacked(Path tarball) {
        try {
            Path directory = Files.createTempDirectory("reflexarc-project-");
            Process tar = new ProcessBuilder(
                            "tar", "-xf", tarball.toAbsolutePath().toString(), "-C", directory.toString())
                    .redirectErrorStream(true)
                    .start();
            tar.getOutputStream().close();
            String said = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (tar.waitFor() != 0) {
                throw RunSettings.wrong("the project " + tarball + " could not be unpacked: " + said.strip());
            }
            return directory;
        } catch (IOException e) {
            throw RunSettings.wrong("the project " + tarball + " could not be unpacked: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RunSettings.wrong("interrupted");
        }
    }

    /** Where the playbooks are. */
    Optional<Path> directory() {
        return directory;
    }

    @Override
    public void close() {
        if (directory.isEmpty()) {
            return;
        }
        try (var all = Files.walk(directory.get())) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // The system clears its temporary directory
        }
    }
}
