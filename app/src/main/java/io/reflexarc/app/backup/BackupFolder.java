// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.backup;

import com.fasterxml.jackson.core.JacksonException;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.store.backup.Streams;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The files of a backup, each with its checksum, readable by their owner only. */
public final class BackupFolder implements Streams {
    private static final String MANIFEST = "manifest.json";
    private static final String CHECKSUM = "manifest.sha256";
    private static final int BUFFER = 1 << 16;

    private final Path root;
    private final Map<String, Manifest.Sum> written = new TreeMap<>();

    private BackupFolder(Path root) {
        this.root = root;
    }

    /** A new one; the folder may exist when it is empty. */
    public static BackupFolder create(Path root) {
        try {
            if (Files.exists(root)) {
                if (!Files.isDirectory(root) || !isEmpty(root)) {
                    throw new ProblemException(
                            ProblemType.CONFLICT, root + " is not empty: give a new folder for the backup");
                }
            } else {
                Files.createDirectories(root);
            }
            ownerOnly(root, "rwx------");
            return new BackupFolder(root);
        } catch (IOException e) {
            throw unusable(root, "cannot be written: " + e.getMessage(), e);
        }
    }

    /** One that is there. */
    public static BackupFolder open(Path root) {
        if (Files.notExists(root.resolve(MANIFEST)) || Files.notExists(root.resolve(CHECKSUM))) {
            throw new ProblemException(
                    ProblemType.INVALID, root + " is no complete backup: it has no " + MANIFEST + " with its checksum");
        }
        return new BackupFolder(root);
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private static ProblemException unusable(Path file, String why, IOException cause) {
        return new ProblemException(ProblemType.INVALID, file + " " + why, cause);
    }

    private static void ownerOnly(Path path, String permissions) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    /** Where it lies. */
    public Path root() {
        return root;
    }

    /** The files written so far. */
    List<Manifest.Sum> sums() {
        return List.copyOf(written.values());
    }

    @Override
    public OutputStream write(String file) throws IOException {
        Path path = resolve(file);
        Files.createDirectories(path.getParent());
        OutputStream summed = new Summed(file, path);
        return file.endsWith(".gz") ? new GZIPOutputStream(summed, BUFFER) : summed;
    }

    @Override
    public InputStream read(String file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(resolve(file)), BUFFER);
        return file.endsWith(".gz") ? new GZIPInputStream(in, BUFFER) : in;
    }

    /** Bytes of a file as it lies there. */
    long size(String file) throws IOException {
        return Files.size(resolve(file));
    }

    /** A name of a manifest leads nowhere else. */
    Path resolve(String file) {
        Path path = root.resolve(file).normalize();
        if (!path.startsWith(root.normalize())) {
            throw new ProblemException(ProblemType.INVALID, "the backup names a file outside of it: " + file);
        }
        return path;
    }

    /** Makes it a backup. */
    void finish(Manifest manifest) throws IOException {
        byte[] bytes = JsonText.of(manifest).bytes();
        Path file = root.resolve(MANIFEST);
        Files.write(
                root.resolve(CHECKSUM),
                HexFormat.of().formatHex(sha256().digest(bytes)).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        ownerOnly(root.resolve(CHECKSUM), "rw-------");
        Path draft = root.resolve(MANIFEST + ".new");
        Files.write(draft, bytes);
        ownerOnly(draft, "rw-------");
        force(draft);
        Files.move(draft, file);
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** What it holds; {@code INVALID} when it was altered or is of a newer program. */
    public Manifest manifest() {
        try {
            byte[] bytes = Files.readAllBytes(root.resolve(MANIFEST));
            String sum = Files.readString(root.resolve(CHECKSUM)).strip();
            if (!HexFormat.of().formatHex(sha256().digest(bytes)).equals(sum)) {
                throw new ProblemException(
                        ProblemType.INVALID, root.resolve(MANIFEST) + " was altered: its checksum is another one");
            }
            int format = Json.mapper().readTree(bytes).path("format").asInt();
            if (format > Manifest.FORMAT) {
                throw new ProblemException(
                        ProblemType.INVALID,
                        root + " was written by a newer version of Reflexarc (format " + format
                                + ", this one reads up to " + Manifest.FORMAT + "): restore it with that version");
            }
            return Json.mapper().readValue(bytes, Manifest.class);
        } catch (JacksonException e) {
            throw unusable(root.resolve(MANIFEST), "cannot be read: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw unusable(root.resolve(MANIFEST), "cannot be read: " + e.getMessage(), e);
        }
    }

    /** {@code INVALID}, with the file's name, unless every file is as it was written. */
    public void verify(Manifest manifest) {
        for (Manifest.Sum sum : manifest.files()) {
            Path path = resolve(sum.name());
            try {
                if (Files.notExists(path)) {
                    throw new ProblemException(
                            ProblemType.INVALID, "the backup is not complete: " + path + " is missing");
                }
                MessageDigest digest = sha256();
                try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
                if (Files.size(path) != sum.size()
                        || !HexFormat.of().formatHex(digest.digest()).equals(sum.sha256())) {
                    throw new ProblemException(
                            ProblemType.INVALID, "the backup is damaged: " + path + " is not what was written");
                }
            } catch (IOException e) {
                throw unusable(path, "cannot be read: " + e.getMessage(), e);
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A file that is on the disk, with its checksum known, when it is closed. */
    private final class Summed extends FilterOutputStream {
        private final String name;
        private final Path path;
        private final MessageDigest digest = sha256();
        private long size;
        private boolean closed;

        Summed(String name, Path path) throws IOException {
            super(new BufferedOutputStream(Files.newOutputStream(path), BUFFER));
            this.name = name;
            this.path = path;
            ownerOnly(path, "rw-------");
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            digest.update(bytes, from, length);
            size += length;
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            super.close();
            force(path);
            written.put(name, new Manifest.Sum(name, size, HexFormat.of().formatHex(digest.digest())));
        }
    }
}
