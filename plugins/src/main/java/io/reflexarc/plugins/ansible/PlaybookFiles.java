// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds a playbook inside the configured directories and nowhere else, and copies what it needs. */
final class PlaybookFiles {
    private static final Pattern IN_COLLECTION = Pattern.compile("[a-z_]\\w*\\.[a-z_]\\w*\\.[a-z_]\\w*(\\.\\w+)*");
    private static final int MOST_FILES = 10_000;

    private final List<Path> roots;

    PlaybookFiles(List<Path> roots) {
        this.roots = roots;
    }

    /** Puts the playbook into the project directory; answers how ansible-playbook is to be told of it. */
    String prepare(String name, boolean withNeighbours, Path project) throws IOException {
        Optional<Path> playbook = find(name);
        if (playbook.isEmpty()) {
            // Ansible itself finds those of installed collections
            if (IN_COLLECTION.matcher(name).matches() && !name.endsWith(".yml") && !name.endsWith(".yaml")) {
                return name;
            }
            throw new ProblemException(
                    ProblemType.NOT_FOUND,
                    "there is no playbook " + name + " in " + roots
                            + ": put it there, give its path, or name its folder in ansible.playbooks of the configuration");
        }
        Path file = playbook.get();
        if (withNeighbours) {
            copy(parent(file), project);
        } else {
            Files.copy(file, project.resolve(file.getFileName()));
        }
        return file.getFileName().toString();
    }

    private Optional<Path> find(String name) throws IOException {
        for (Path root : roots) {
            if (!Files.isDirectory(root)) {
                continue;
            }
            Path real = root.toRealPath();
            for (Path start : List.of(real, real.resolve("playbooks"))) {
                Optional<Path> found = inside(start, name);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Path> inside(Path start, String name) throws IOException {
        Path file;
        try {
            file = start.resolve(name);
        } catch (InvalidPathException e) {
            throw new ProblemException(ProblemType.INVALID, "the name of the playbook is no path", e);
        }
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Path real = file.toRealPath();
        // Elsewhere is as good as not there: nobody learns which files exist outside
        for (Path root : roots) {
            if (Files.isDirectory(root) && real.startsWith(root.toRealPath())) {
                return Optional.of(real);
            }
        }
        return Optional.empty();
    }

    private static Path parent(Path file) {
        return Optional.ofNullable(file.getParent()).orElseThrow();
    }

    /** A copy of the directory without what version control keeps; links may not lead out of it. */
    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            private int files;

            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (directory.endsWith(".git")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (++files > MOST_FILES) {
                    throw new ProblemException(
                            ProblemType.INVALID,
                            "the playbook's directory has more than " + MOST_FILES
                                    + " files: give it one of its own, or set copy_files to false");
                }
                if (attributes.isSymbolicLink() ? leadsInside(file) : attributes.isRegularFile()) {
                    Files.copy(file.toRealPath(), to.resolve(from.relativize(file)));
                }
                return FileVisitResult.CONTINUE;
            }

            private boolean leadsInside(Path link) throws IOException {
                return Files.isRegularFile(link) && link.toRealPath().startsWith(from);
            }
        });
    }
}
