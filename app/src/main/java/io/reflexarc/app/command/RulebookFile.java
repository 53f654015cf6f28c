// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import io.reflexarc.core.problem.ProblemException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the rulebook that the command line names: a file, or {@code namespace.collection.name} in an installed Ansible
 * collection, below {@code extensions/eda/rulebooks} or {@code rulebooks}.
 *
 * @param path where it is
 * @param name as the command line has it, for messages
 */
record RulebookFile(Path path, String name) {
    private static final List<String> FOLDERS = List.of("extensions/eda/rulebooks", "rulebooks");

    static RulebookFile find(String name, Map<String, String> environment) {
        Path file = Path.of(name);
        if (Files.exists(file)) {
            return new RulebookFile(file, name);
        }
        return inCollection(name, environment)
                .map(found -> new RulebookFile(found, name))
                .orElseThrow(() -> notFound(name));
    }

    private static ProblemException notFound(String name) {
        return RunSettings.wrong("Could not find rulebook " + name
                + ": there is no such file, and no installed collection has a rulebook of that name");
    }

    private static Optional<Path> inCollection(String name, Map<String, String> environment) {
        String[] parts = name.split("\\.", -1);
        if (parts.length != 3 || name.contains("/")) {
            return Optional.empty();
        }
        return roots(environment).stream()
                .map(root ->
                        root.resolve("ansible_collections").resolve(parts[0]).resolve(parts[1]))
                .filter(Files::isDirectory)
                .flatMap(collection ->
                        FOLDERS.stream().map(folder -> collection.resolve(folder + "/" + parts[2] + ".yml")))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** Where Ansible looks for collections: as configured, else its own defaults and those of its Python. */
    private static List<Path> roots(Map<String, String> environment) {
        List<Path> roots = new ArrayList<>();
        String configured = environment.getOrDefault(
                "ANSIBLE_COLLECTIONS_PATH", environment.getOrDefault("ANSIBLE_COLLECTIONS_PATHS", ""));
        for (String path : configured.split(File.pathSeparator, -1)) {
            if (!path.isBlank()) {
                Path root = Path.of(path);
                roots.add(
                        root.endsWith("ansible_collections")
                                ? root.toAbsolutePath().getParent()
                                : root);
            }
        }
        if (configured.isBlank()) {
            roots.add(Path.of(environment.getOrDefault("HOME", "/root"), ".ansible/collections"));
            roots.add(Path.of("/usr/share/ansible/collections"));
        }
        roots.addAll(sitePackages(environment));
        return roots;
    }

    /** The packages of the Python that runs the {@code ansible} on the path: {@code pip install ansible} puts them there. */
    private static List<Path> sitePackages(Map<String, String> environment) {
        List<Path> found = new ArrayList<>();
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Path program = Path.of(folder, "ansible-galaxy");
            Path lib = Path.of(folder).resolveSibling("lib");
            if (!folder.isBlank() && Files.isExecutable(program) && Files.isDirectory(lib)) {
                try (var pythons = Files.newDirectoryStream(lib, "python3*")) {
                    pythons.forEach(python -> found.add(python.resolve("site-packages")));
                } catch (java.io.IOException e) {
                    // Then there are none there
                }
            }
        }
        return found;
    }
}
