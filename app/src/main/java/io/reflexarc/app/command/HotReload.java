// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import io.reflexarc.app.run.RulebookRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Stops a run when its rulebook's file changes: looked at once a second, which works on every file system. */
final class HotReload implements AutoCloseable {
    private static final long EVERY_SECONDS = 1;

    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean changed;

    private HotReload() {}

    /** Watches the file, when there is one. */
    static HotReload watch(Optional<Path> watched, RulebookRun run) {
        HotReload reload = new HotReload();
        watched.ifPresent(file -> {
            Optional<FileTime> before = modified(file);
            Thread.ofPlatform().daemon().name("hot-reload").start(() -> reload.watch(file, before, run));
        });
        return reload;
    }

    private void watch(Path file, Optional<FileTime> before, RulebookRun run) {
        try {
            while (!changed && !closed.await(EVERY_SECONDS, TimeUnit.SECONDS)) {
                Optional<FileTime> now = modified(file);
                changed = now.isPresent() && !now.equals(before);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (changed) {
            run.stop();
        }
    }

    /** Empty for a file that is just being replaced: it has not changed yet. */
    private static Optional<FileTime> modified(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    boolean changed() {
        return changed;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
