// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import io.reflexarc.app.source.Python;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What of Ansible is installed here, found by looking at folders: asking its programs takes seconds. */
final class Installed {
    private static final String CORE = "ansible_core-";
    private static final String INFO = ".dist-info";

    private final Map<String, String> environment;

    Installed(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Where Ansible looks for collections, then the packages of its Python. */
    List<Path> collectionRoots() {
        return Stream.concat(Python.collections(environment).stream(), sitePackages().stream())
                .map(root -> root.endsWith("ansible_collections") ? root : root.resolve("ansible_collections"))
                .toList();
    }

    /** {@code namespace.name} of every collection. */
    List<String> collections() {
        return collectionRoots().stream()
                .flatMap(Installed::folders)
                .flatMap(
                        namespace -> folders(namespace).map(name -> namespace.getFileName() + "." + name.getFileName()))
                .filter(name -> !name.contains(INFO) && !name.contains("__") && !name.contains(".info"))
                .distinct()
                .sorted()
                .toList();
    }

    /** Version of the Python that runs Ansible. */
    Optional<String> python() {
        return sitePackages().stream()
                .map(packages -> packages.toString().replaceFirst(".*/python([\\d.]*)/site-packages$", "$1"))
                .findFirst();
    }

    /** Version of ansible-core. */
    Optional<String> core() {
        return sitePackages().stream()
                .flatMap(Installed::folders)
                .map(folder -> folder.getFileName().toString())
                .filter(name -> name.startsWith(CORE) && name.endsWith(INFO))
                .map(name -> name.substring(CORE.length(), name.length() - INFO.length()))
                .findFirst();
    }

    /** The packages of the Python whose {@code ansible-galaxy} is on the path. */
    private List<Path> sitePackages() {
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .filter(folder -> Files.isExecutable(folder.resolve("ansible-galaxy")))
                .flatMap(folder -> folders(folder.resolveSibling("lib")))
                .filter(lib -> lib.getFileName().toString().matches("python3[\\d.]*"))
                .map(lib -> lib.resolve("site-packages"))
                .filter(Files::isDirectory)
                .toList();
    }

    private static Stream<Path> folders(Path folder) {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(Files::isDirectory).toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }
}
