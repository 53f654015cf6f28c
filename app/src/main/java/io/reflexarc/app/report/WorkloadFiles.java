// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.report;

import io.reflexarc.app.file.TemporaryDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Files that come with a workload: in a directory that nobody else can read and that goes with the process. */
public final class WorkloadFiles implements AutoCloseable {
    private final TemporaryDirectory directory;
    private int count;
    private Optional<Path> project = Optional.empty();

    private WorkloadFiles(TemporaryDirectory directory) {
        this.directory = directory;
    }

    /** An empty directory. */
    public static WorkloadFiles create() {
        return new WorkloadFiles(TemporaryDirectory.create("workload"));
    }

    /** A file that can be read and not written. */
    public Path file(byte[] content) {
        try {
            Path file = Files.write(directory.path().resolve("file-" + ++count), content);
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next part of the project's tarball. */
    void project(byte[] part) {
        try {
            Path file = project.orElse(directory.path().resolve("project.tar.gz"));
            project = Optional.of(Files.write(file, part, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<Path> project() {
        return project;
    }

    @Override
    public void close() {
        directory.close();
    }
}
