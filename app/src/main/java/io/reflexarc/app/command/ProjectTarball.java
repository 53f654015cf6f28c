// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import io.reflexarc.app.file.TemporaryDirectory;
import io.reflexarc.core.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Playbooks that came in a tarball: unpacked by the system's {@code tar}, gone with the run. */
final class ProjectTarball implements AutoCloseable {
    private final Optional<TemporaryDirectory> directory;

    private ProjectTarball(Optional<TemporaryDirectory> directory) {
        this.directory = directory;
    }

    /** Unpacks it, when there is one. */
    static ProjectTarball unpack(Optional<Path> tarball) {
        return new ProjectTarball(tarball.map(ProjectTarball::unpacked));
    }

    private static TemporaryDirectory unpacked(Path tarball) {
        TemporaryDirectory directory = TemporaryDirectory.create("project");
        try {
            unpack(tarball, directory.path());
            return directory;
        } catch (ProblemException e) {
            directory.close();
            throw e;
        }
    }

    private static void unpack(Path tarball, Path directory) {
        try {
            Process tar = new ProcessBuilder(
                            "tar", "-xf", tarball.toAbsolutePath().toString(), "-C", directory.toString())
                    .redirectErrorStream(true)
                    .start();
            tar.getOutputStream().close();
            String said = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (tar.waitFor() != 0) {
                throw RunSettings.wrong("the project " + tarball + " could not be unpacked: " + said.strip());
            }
        } catch (IOException e) {
            throw RunSettings.wrong("the project " + tarball + " could not be unpacked: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RunSettings.wrong("interrupted");
        }
    }

    /** Where the playbooks are. */
    Optional<Path> directory() {
        return directory.map(TemporaryDirectory::path);
    }

    @Override
    public void close() {
        directory.ifPresent(TemporaryDirectory::close);
    }
}
