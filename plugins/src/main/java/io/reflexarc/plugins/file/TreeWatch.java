// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.file;

import io.reflexarc.core.json.Json;
import io.reflexarc.core.source.SourceContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run of a {@link FileWatch}. Where something has happened, the entries of the directory are compared with what was known of
 * them, so that nothing is lost when the operating system's queue overflows. Beside each change, its directory counts as
 * modified, as upstream's library tells it.
 */
final class TreeWatch {
    private final SourceContext context;
    private final Path root;
    private final String shownRoot;
    private final boolean recursive;
    private final List<Pattern> ignored;
    private final Map<Path, Entry> known = new TreeMap<>();

    TreeWatch(SourceContext context, Path root, String shownRoot, boolean recursive, List<Pattern> ignored) {
        this.context = context;
        this.root = root;
        this.shownRoot = shownRoot;
        this.recursive = recursive;
        this.ignored = List.copyOf(ignored);
    }

    void run() throws IOException, InterruptedException {
        try (DirectoryWatch watch = DirectoryWatch.of(List.of(root))) {
            learn(root, watch, new ArrayList<>());
            while (true) {
                DirectoryWatch.Happened happened = watch.await(context);
                for (Change change : changes(happened, watch)) {
                    emit(change);
                }
            }
        }
    }

    /** Takes up what is in a directory and, where wanted, below it; what was not known is added to the list. */
    private void learn(Path directory, DirectoryWatch watch, List<Path> added) throws IOException {
        for (Map.Entry<Path, Entry> found : entries(directory).entrySet()) {
            if (known.put(found.getKey(), found.getValue()) == null) {
                added.add(found.getKey());
                if (recursive && found.getValue().directory()) {
                    watch.add(found.getKey());
                    learn(found.getKey(), watch, added);
                }
            }
        }
    }

    private static Map<Path, Entry> entries(Path directory) throws IOException {
        Map<Path, Entry> entries = new LinkedHashMap<>();
        try (Stream<Path> paths = Files.list(directory)) {
            for (Path path : paths.sorted().toList()) {
                Entry.of(path).ifPresent(entry -> entries.put(path, entry));
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Map.of(); // gone meanwhile: its parent tells
        }
        return entries;
    }

    private List<Change> changes(DirectoryWatch.Happened happened, DirectoryWatch watch) throws IOException {
        Map<Path, Entry> gone = new LinkedHashMap<>();
        List<Path> came = new ArrayList<>();
        for (Path directory : happened.directories().stream().sorted().toList()) {
            Map<Path, Entry> now = entries(directory);
            known.forEach((path, entry) -> {
                if (directory.equals(path.getParent()) && !entry.same(now.get(path))) {
                    gone.put(path, entry);
                }
            });
            known.keySet().removeAll(gone.keySet());
            learn(directory, watch, came);
        }
        List<Change> changes = new ArrayList<>();
        Set<Path> touched = new LinkedHashSet<>();
        movedAndGone(gone, came, changes, touched);
        for (Path path : came) {
            Entry entry = known.get(path);
            changes.add(new Change("created", path, entry != null && entry.directory()));
            touched.add(path.getParent());
        }
        for (Path path : happened.modified().stream().sorted().toList()) {
            Entry entry = known.get(path);
            if (entry != null && !entry.directory() && !came.contains(path)) {
                changes.add(new Change("modified", path, false));
            }
        }
        touched.forEach(directory -> changes.add(new Change("modified", directory, true)));
        return changes;
    }

    /** What went here and came there is the same file: it was moved, and so was all that is in it. */
    private void movedAndGone(Map<Path, Entry> gone, List<Path> came, List<Change> changes, Set<Path> touched) {
        gone.forEach((path, entry) -> {
            Optional<Path> there =
                    came.stream().filter(to -> entry.moved(known.get(to))).findFirst();
            changes.add(new Change(there.isPresent() ? "moved" : "deleted", path, entry.directory()));
            touched.add(path.getParent());
            there.ifPresent(to -> {
                came.remove(to);
                touched.add(to.getParent());
            });
            for (Path child : inside(path)) {
                Entry was = known.get(child);
                known.remove(child);
                there.ifPresent(to -> {
                    came.remove(to.resolve(path.relativize(child)));
                    changes.add(new Change("moved", child, was != null && was.directory()));
                });
            }
        });
    }

    private List<Path> inside(Path directory) {
        return known.keySet().stream()
                .filter(path -> path.startsWith(directory))
                .toList();
    }

    private void emit(Change change) throws InterruptedException {
        String relative = root.relativize(change.path()).toString();
        String base = shownRoot.endsWith("/") ? shownRoot.substring(0, shownRoot.length() - 1) : shownRoot;
        String shown = relative.isEmpty() ? shownRoot : base + "/" + relative;
        if (ignored.stream().anyMatch(pattern -> pattern.matcher(shown).lookingAt())) {
            return;
        }
        String kind =
                Character.toUpperCase(change.what().charAt(0)) + change.what().substring(1);
        context.emit(Json.mapper()
                .createObjectNode()
                .put("change", change.what())
                .put("src_path", shown)
                .put("type", (change.directory() ? "Dir" : "File") + kind + "Event")
                .put("root_path", shownRoot));
    }

    /** Something to tell. */
    private record Change(String what, Path path, boolean directory) {}

    /**
     * What is known of an entry.
     *
     * @param directory whether it is one
     * @param key what the file system knows it by; the next file may get the key of one that was deleted
     * @param born when it was made, or last changed where the file system does not say
     */
    private record Entry(boolean directory, Object key, FileTime born) {
        static Optional<Entry> of(Path path) {
            try {
                BasicFileAttributes attributes =
                        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                Object key = attributes.fileKey();
                return Optional.of(
                        new Entry(attributes.isDirectory(), key == null ? path : key, attributes.creationTime()));
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        boolean same(@Nullable Entry other) {
            return other != null && directory == other.directory && key.equals(other.key);
        }

        boolean moved(@Nullable Entry other) {
            return other != null && same(other) && born.equals(other.born);
        }
    }
}
