// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.python;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.source.Filter;
import io.reflexarc.core.source.PluginPath;
import io.reflexarc.core.source.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds Python plugins where ansible-rulebook finds them: in directories of the user's, then in Ansible collections, then as a
 * module that the interpreter can import.
 */
public final class PythonPlugins implements PluginPath {
    private static final Logger LOGGER = LoggerFactory.getLogger(PythonPlugins.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*");
    private static final long LOCATE_SECONDS = 30;

    /** Prints where collections of the interpreter are, and where a module is that it can import. */
    private static final String LOCATE = """
            import importlib.util, sys
            def find(name):
                try:
                    return importlib.util.find_spec(name)
                except (ImportError, ValueError):
                    return None
            collections = find("ansible_collections")
            for path in (collections.submodule_search_locations or []) if collections else []:
                print("collections", path)
            module = find(sys.argv[1]) if "." in sys.argv[1] else None
            if module and module.origin and module.origin.endswith(".py"):
                print("module", module.origin)
            """;

    private final PythonConfig config;
    private final Map<String, List<String>> located = new ConcurrentHashMap<>();

    /** With this interpreter and these directories. */
    public PythonPlugins(PythonConfig config) {
        this.config = config;
    }

    @Override
    public Optional<Source> source(Place place, String name, JsonText arguments) {
        return find(place, name, config.sourceDirectories(), "event_source")
                .map(file -> new PythonSource(name, file, arguments, config));
    }

    @Override
    public Optional<Filter> filter(Place place, String name, JsonText arguments) {
        return find(place, name, config.filterDirectories(), "event_filter")
                .map(file -> new PythonFilter(name, file, arguments, config));
    }

    private Optional<Path> find(Place place, String name, List<Path> directories, String kind) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        return switch (place) {
            case GIVEN -> existing(directories.stream().map(directory -> directory.resolve(name + ".py")));
            case INSTALLED ->
                name.startsWith("eda.builtin.")
                        ? Optional.empty()
                        : inCollections(
                                        name,
                                        kind,
                                        config.collectionPaths().stream()
                                                .map(path -> path.resolve("ansible_collections")))
                                .or(() -> inCollections(name, kind, located(name, "collections")))
                                .or(() -> located(name, "module").findFirst());
        };
    }

    private static Optional<Path> inCollections(String name, String kind, Stream<Path> roots) {
        String[] parts = name.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        List<Path> files = new ArrayList<>();
        roots.forEach(root -> {
            Path collection = root.resolve(parts[0]).resolve(parts[1]);
            for (String folder : List.of("extensions/eda/plugins/" + kind, "extensions/eda/plugins/" + kind + "s")) {
                files.add(collection.resolve(folder).resolve(parts[2] + ".py"));
            }
            files.add(collection.resolve("plugins").resolve(kind).resolve(parts[2] + ".py"));
        });
        return existing(files.stream());
    }

    private static Optional<Path> existing(Stream<Path> files) {
        return files.filter(Files::isRegularFile).map(Path::toAbsolutePath).findFirst();
    }

    private Stream<Path> located(String name, String what) {
        return located.computeIfAbsent(name, this::locate).stream()
                .filter(line -> line.startsWith(what + " "))
                .map(line -> Path.of(line.substring(what.length() + 1)));
    }

    private List<String> locate(String name) {
        ProcessBuilder command =
                new ProcessBuilder(config.python(), "-c", LOCATE, name).redirectError(ProcessBuilder.Redirect.DISCARD);
        command.environment().clear();
        command.environment().putAll(config.environment());
        try {
            Process process = command.start();
            try {
                process.getOutputStream().close();
                String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                process.waitFor(LOCATE_SECONDS, TimeUnit.SECONDS);
                return said.lines().toList();
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            LOGGER.atWarn()
                    .addKeyValue("python", config.python())
                    .addKeyValue("reason", e.getMessage())
                    .log("Python cannot be asked for plugins");
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
