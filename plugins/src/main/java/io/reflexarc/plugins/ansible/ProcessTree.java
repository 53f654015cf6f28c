// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process with everything that it started. Children of children are found by their parents; what has cut itself loose (a
 * module's background job, whose parent has ended) is found by a mark in its environment where the system has {@code /proc}.
 */
final class ProcessTree {
    /** The variable of the environment whose value tells one run from another. */
    static final String MARK = "REFLEXARC_RUN";

    private static final Duration TERM_GRACE = Duration.ofSeconds(4);
    private static final Path PROC = Path.of("/proc");

    private final Set<ProcessHandle> members;
    private final Optional<String> mark;

    ProcessTree(ProcessHandle root, Optional<String> mark) {
        this.members = new LinkedHashSet<>(List.of(root));
        this.mark = mark.map(value -> "\0" + MARK + "=" + value + "\0");
    }

    /** Asks all of it to end, and ends what does not. ansible-runner alone would leave its modules running. */
    void end() throws InterruptedException {
        grow();
        members.forEach(ProcessHandle::destroy);
        try {
            CompletableFuture.allOf(members.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(TERM_GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // Those that are left do not listen
        } finally {
            grow();
            members.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private void grow() {
        mark.ifPresent(this::growByMark);
        List.copyOf(members).forEach(handle -> handle.descendants().forEach(members::add));
    }

    private void growByMark(String marked) {
        if (!Files.isDirectory(PROC)) {
            return;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (environment(process).contains(marked)) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .ifPresent(members::add);
                }
            }
        } catch (IOException e) {
            // Without the list the parents have to do
        }
    }

    /** Empty for one that is gone or not ours to read. */
    private static String environment(Path process) {
        try {
            return "\0" + new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
