// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.python;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where Python and its plugins are.
 *
 * @param python interpreter, a name on the PATH or a path; at least 3.9
 * @param sourceDirectories with sources of the user's own, {@code <name>.py}; they come before ours
 * @param filterDirectories with filters of the user's own
 * @param collectionPaths directories that hold {@code ansible_collections}; those of the interpreter are known to it
 * @param environment of the processes
 */
public record PythonConfig(
        String python,
        List<Path> sourceDirectories,
        List<Path> filterDirectories,
        List<Path> collectionPaths,
        Map<String, String> environment) {
    public PythonConfig {
        sourceDirectories = List.copyOf(sourceDirectories);
        filterDirectories = List.copyOf(filterDirectories);
        collectionPaths = List.copyOf(collectionPaths);
        environment = Map.copyOf(environment);
    }
}
