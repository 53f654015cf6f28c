// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.embedded;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that {@code reflexarc up} keeps: databases, secrets, playbooks. Readable by its owner only, locked while in
 * use, and marked with the version of its layout.
 */
public final class DataDirectory implements AutoCloseable {
    /** Version of the layout below this directory; grows when an older program could not read it. */
    static final int LAYOUT = 1;

    private static final String RESTORING = "restoring";

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");

    private final Path root;
    private final FileChannel lockFile;

    private DataDirectory(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /** Creates or opens it and takes the lock; fails in one sentence when that cannot be. */
    public static DataDirectory open(Path root) {
        try {
            if (Files.exists(root) && !Files.isDirectory(root)) {
                throw unusable(root, "it is a file; give a directory with --data-dir");
            }
            boolean fresh = Files.notExists(root) || isEmpty(root);
            Files.createDirectories(root);
            checkLayout(root, fresh);
            ownerOnly(root, OWNER_ONLY);
            FileChannel lockFile = lock(root);
            Files.writeString(root.resolve("layout"), Integer.toString(LAYOUT));
            return new DataDirectory(root.toRealPath(), lockFile);
        } catch (IOException e) {
            throw unusable(root, "it cannot be written (" + e.getMessage() + "); choose another with --data-dir");
        }
    }

    /** Opens one that is there: whoever asks after a log, or resets a password, has mistyped a directory that is not. */
    public static DataDirectory openExisting(Path root) {
        if (Files.notExists(root.resolve("layout"))) {
            throw unusable(
                    root, "there is no data of Reflexarc in it; give the directory of reflexarc up with --data-dir");
        }
        return open(root);
    }

    /** Creates one for a restore; it cannot be opened before {@link #restored}. */
    public static DataDirectory openForRestore(Path root) {
        try {
            if (Files.isDirectory(root) && !isEmpty(root)) {
                throw unusable(root, "it is not empty; restore into a new one, named with --data-dir");
            }
        } catch (IOException e) {
            throw unusable(root, "it cannot be read (" + e.getMessage() + ")");
        }
        DataDirectory made = open(root);
        made.write(RESTORING, "");
        return made;
    }

    /** All that belongs into it is there. */
    public void restored() {
        try {
            Files.delete(root.resolve(RESTORING));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a program works with it now. */
    public static boolean inUse(Path root) {
        Path file = root.resolve("lock");
        if (Files.notExists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock(1024, 1, false)) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            throw unusable(root, "it cannot be read (" + e.getMessage() + ")");
        }
    }

    private static boolean isEmpty(Path root) throws IOException {
        try (var entries = Files.list(root)) {
            return entries.findAny().isEmpty();
        }
    }

    private static void checkLayout(Path root, boolean fresh) throws IOException {
        Path mark = root.resolve("layout");
        if (Files.exists(root.resolve(RESTORING))) {
            throw unusable(root, "a restore into it did not come to its end; remove it and restore again");
        }
        if (Files.exists(mark)) {
            String found = Files.readString(mark).strip();
            int layout = found.matches("\\d{1,6}") ? Integer.parseInt(found) : -1;
            if (layout > LAYOUT) {
                throw unusable(
                        root,
                        "a newer version of Reflexarc wrote it (layout " + layout + ", this one reads up to " + LAYOUT
                                + "); start that version, or choose another with --data-dir");
            }
            if (layout < 1) {
                throw unusable(root, "its file \"layout\" is damaged; restore it, or choose another with --data-dir");
            }
        } else if (!fresh) {
            throw unusable(root, "it holds other files and no data of Reflexarc; choose an empty one with --data-dir");
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        FileChannel channel = FileChannel.open(
                root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock(1024, 1, false); // beyond the text, so that it stays readable everywhere
        } catch (OverlappingFileLockException e) {
            // held by this very process: the same answer as for another one
        }
        if (lock == null) {
            String holder = Files.readString(root.resolve("lock")).strip();
            channel.close();
            throw unusable(
                    root, "it is in use by process " + holder + "; stop that one, or choose another with --data-dir");
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
        return channel;
    }

    private static ProblemException unusable(Path root, String why) {
        return new ProblemException(
                ProblemType.CONFLICT, "The data directory " + root + " cannot be used: " + why + ".");
    }

    /** A directory below, created when missing. */
    public Path directory(String name) {
        try {
            Path path = root.resolve(name);
            Files.createDirectories(path);
            ownerOnly(path, OWNER_ONLY);
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a file lies. */
    public Path file(String name) {
        return root.resolve(name);
    }

    /** A random secret of this site, made at first use: 32 bytes as URL-safe text. */
    public String secret(String name) {
        return read("secrets/" + name).orElseGet(() -> {
            byte[] bytes = new byte[32];
            new SecureRandom().nextBytes(bytes);
            String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            write("secrets/" + name, secret);
            return secret;
        });
    }

    /** Content of a small file, if it exists. */
    public Optional<String> read(String name) {
        try {
            Path path = root.resolve(name);
            return Files.exists(path) ? Optional.of(Files.readString(path)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a small file, readable by its owner only, as a whole or not at all. */
    public Path write(String name, String content) {
        try {
            Path path = root.resolve(name);
            directory(root.relativize(path.getParent()).toString());
            Path draft = path.resolveSibling(path.getFileName() + ".new");
            Files.deleteIfExists(draft);
            Files.createFile(draft);
            ownerOnly(draft, OWNER_FILE);
            Files.writeString(draft, content);
            Files.move(
                    draft,
                    path,
                    java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file of a backup, readable by its owner only; one that leads out of here is refused. */
    public void put(String name, byte[] content) {
        try {
            Path path = root.resolve(name).normalize();
            if (!path.startsWith(root)) {
                throw unusable(root, "a file would lie outside of it: " + name);
            }
            directory(root.relativize(path.getParent()).toString());
            Files.write(path, content);
            ownerOnly(path, OWNER_FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void ownerOnly(Path path, Set<PosixFilePermission> permissions) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, permissions);
        }
    }

    /** Gives the lock back. */
    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
