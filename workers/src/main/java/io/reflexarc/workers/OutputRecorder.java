// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.workers;

import io.reflexarc.core.action.ActionQueue.Output;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What one attempt prints: the beginning in memory, all of it in a file once it is longer, the newest part for the screen.
 * Any thread may print; the worker asks.
 */
final class OutputRecorder {
    /** Most bytes that are kept of one attempt. */
    static final long LIMIT = 50_000_000;

    /** Most characters of one live frame; of more only the newest are shown at once. */
    static final int FRAME_LIMIT = 32_768;

    private final long limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final StringBuilder head = new StringBuilder();
    private final StringBuilder unseen = new StringBuilder();
    private long size;
    private long saved;
    private boolean closed;
    private boolean cut;
    private long spooled;
    private Optional<Spool> spool = Optional.empty();

    OutputRecorder() {
        this(LIMIT);
    }

    OutputRecorder(long limit) {
        this.limit = limit;
    }

    /** Takes text; what comes after the end of the attempt is dropped. */
    void print(String text) {
        // PostgreSQL keeps no NUL
        String clean = text.replace('\0', '\uFFFD');
        locked(() -> {
            if (!closed && !clean.isEmpty()) {
                add(clean);
            }
            return closed;
        });
    }

    private void add(String text) {
        size += text.length();
        unseen.append(text);
        if (unseen.length() > FRAME_LIMIT) {
            unseen.delete(0, unseen.length() - FRAME_LIMIT);
        }
        int room = spool.isPresent() ? 0 : Output.INLINE_LIMIT - head.length();
        if (text.length() <= room) {
            head.append(text);
            return;
        }
        if (spool.isEmpty()) {
            openSpool();
            head.append(text, 0, room > 0 && Character.isHighSurrogate(text.charAt(room - 1)) ? room - 1 : room);
        }
        spool(text);
    }

    private void openSpool() {
        try {
            Path file = Files.createTempFile("reflexarc-output-", ".txt");
            spool = Optional.of(new Spool(file, Files.newOutputStream(file)));
            spool(head.toString());
        } catch (IOException e) {
            cut = true;
        }
    }

    private void spool(String text) {
        if (cut || spool.isEmpty()) {
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            if (spooled + bytes.length > limit) {
                cut = true;
                bytes = "\n[cut here: longer than %,d bytes, the rest was not kept]\n"
                        .formatted(limit)
                        .getBytes(StandardCharsets.UTF_8);
            }
            spool.get().stream().write(bytes);
            spooled += bytes.length;
        } catch (IOException e) {
            cut = true;
        }
    }

    /** What nobody has seen yet, if anything; it counts as seen from now on. */
    Optional<Frame> frame() {
        return locked(() -> {
            if (unseen.isEmpty()) {
                return Optional.empty();
            }
            Frame frame = new Frame(size - unseen.length(), unseen.toString());
            unseen.setLength(0);
            return Optional.of(frame);
        });
    }

    /** What is worth saving now, if there is more than at the last call. */
    Optional<Output> news() {
        return locked(() -> {
            if (saved == size) {
                return Optional.empty();
            }
            saved = size;
            return Optional.of(new Output(head.toString(), size, Optional.empty()));
        });
    }

    /** Ends the recording; answers the beginning. */
    Output close() {
        return locked(() -> {
            closed = true;
            spool.ifPresent(Spool::close);
            return new Output(head.toString(), size, Optional.empty());
        });
    }

    /** The file with all of it, when it is longer than the beginning. */
    Optional<Path> file() {
        return locked(() -> spool.map(Spool::file));
    }

    /** Forgets the file. */
    void discard() {
        locked(() -> {
            spool.ifPresent(Spool::delete);
            spool = Optional.empty();
            return closed;
        });
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * New text for the screen.
     *
     * @param offset characters before it
     */
    record Frame(long offset, String text) {}

    private record Spool(Path file, OutputStream stream) {
        void close() {
            try {
                stream.close();
            } catch (IOException e) {
                Worker.LOGGER.atWarn().setCause(e).log("output could not be written in full");
            }
        }

        void delete() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                Worker.LOGGER.atWarn().addKeyValue("file", file).setCause(e).log("output file could not be deleted");
            }
        }
    }
}
