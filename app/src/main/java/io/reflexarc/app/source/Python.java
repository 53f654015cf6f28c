// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.source;

import io.reflexarc.core.source.PluginPath;
import io.reflexarc.plugins.python.PythonConfig;
import io.reflexarc.plugins.python.PythonPlugins;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where Python plugins, and the collections that bring them, are found on this machine. */
public final class Python {
    private Python() {}

    /**
     * Those that the first {@code python3} on the PATH can run, with this environment.
     *
     * @param sources directory of the user's own sources
     * @param filters directory of the user's own filters
     */
    public static PluginPath plugins(Map<String, String> environment, Optional<Path> sources, Optional<Path> filters) {
        return new PythonPlugins(new PythonConfig(
                "python3",
                sources.stream().toList(),
                filters.stream().toList(),
                collections(environment),
                environment));
    }

    /** Folders in which Ansible looks for collections: as configured, else its own defaults. */
    public static List<Path> collections(Map<String, String> environment) {
        String given = environment.getOrDefault(
                "ANSIBLE_COLLECTIONS_PATH", environment.getOrDefault("ANSIBLE_COLLECTIONS_PATHS", ""));
        Stream<String> paths = given.isBlank()
                ? Stream.of(
                        environment.getOrDefault("HOME", "/") + "/.ansible/collections",
                        "/usr/share/ansible/collections")
                : Stream.of(given.split(File.pathSeparator, -1))
                        .map(path -> path.replaceFirst("^~", environment.getOrDefault("HOME", "/")));
        return paths.filter(path -> !path.isBlank()).map(Path::of).toList();
    }
}
