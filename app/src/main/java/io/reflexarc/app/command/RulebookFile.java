// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import io.reflexarc.core.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        return new Installed(environment)
                .collectionRoots().stream()
                        .map(root -> root.resolve(parts[0]).resolve(parts[1]))
                        .filter(Files::isDirectory)
                        .flatMap(collection ->
                                FOLDERS.stream().map(folder -> collection.resolve(folder + "/" + parts[2] + ".yml")))
                        .filter(Files::isRegularFile)
                        .findFirst();
    }
}
