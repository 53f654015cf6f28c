// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.file;

import io.reflexarc.core.source.SourceContext;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Says in which directories something has happened, after it has been quiet for a moment. */
final class DirectoryWatch implements AutoCloseable {
    /** Who writes a file does it in several steps. */
    private static final Duration QUIET = Duration.ofMillis(30);

    /** Who never stops writing is not waited for. */
    private static final int MOST_WAITS = 5;

    private final WatchService service;
    private final Map<WatchKey, Path> directories = new HashMap<>();

    private DirectoryWatch(WatchService service) {
        this.service = service;
    }

    static DirectoryWatch of(Collection<Path> directories) throws IOException {
        if (directories.isEmpty()) {
            throw new IllegalArgumentException("nothing to watch");
        }
        DirectoryWatch watch =
                new DirectoryWatch(directories.iterator().next().getFileSystem().newWatchService());
        for (Path directory : directories) {
            watch.add(directory);
        }
        return watch;
    }

    void add(Path directory) throws IOException {
        WatchKey key = directory.register(
                service,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_DELETE,
                StandardWatchEventKinds.ENTRY_MODIFY);
        directories.put(key, directory);
    }

    /** What happened since: blocks until there is something. */
    Happened await(SourceContext context) throws InterruptedException {
        Happened happened = new Happened(new HashSet<>(), new HashSet<>());
        collect(service.take(), happened);
        boolean quiet = false;
        for (int i = 0; i < MOST_WAITS && !quiet; i++) {
            context.sleep(QUIET);
            quiet = true;
            for (WatchKey key = service.poll(); key != null; key = service.poll()) {
                collect(key, happened);
                quiet = false;
            }
        }
        return happened;
    }

    private void collect(WatchKey key, Happened happened) {
        Path directory = directories.get(key);
        if (directory != null) {
            collect(directory, key, happened);
        }
        if (!key.reset()) {
            directories.remove(key);
        }
    }

    private static void collect(Path directory, WatchKey key, Happened happened) {
        happened.directories().add(directory);
        for (WatchEvent<?> event : key.pollEvents()) {
            if (event.kind().equals(StandardWatchEventKinds.ENTRY_MODIFY) && event.context() instanceof Path name) {
                happened.modified().add(directory.resolve(name));
            }
        }
    }

    @Override
    public void close() throws IOException {
        service.close();
    }

    /**
     * Where something happened.
     *
     * @param directories in which entries came, went or changed
     * @param modified entries that were written to
     */
    record Happened(Set<Path> directories, Set<Path> modified) {}
}
