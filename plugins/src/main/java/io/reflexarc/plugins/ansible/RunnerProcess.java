// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A child process with all that it starts: its lines are handed on, and when we are interrupted none of it stays. */
final class RunnerProcess {
    private static final Duration TERM_GRACE = Duration.ofSeconds(4);
    private static final Duration READ_GRACE = Duration.ofSeconds(5);

    private final Process process;
    private final Thread reader;

    private RunnerProcess(Process process, Thread reader) {
        this.process = process;
        this.reader = reader;
    }

    static RunnerProcess start(ProcessBuilder command, Consumer<String> lines) throws IOException {
        Process process = command.redirectErrorStream(true).start();
        process.getOutputStream().close();
        // A pipe's read cannot be interrupted, so it has a thread of its own
        Thread reader =
                Thread.ofPlatform().daemon().name("output-of-" + process.pid()).start(() -> read(process, lines));
        return new RunnerProcess(process, reader);
    }

    private static void read(Process process, Consumer<String> lines) {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            output.lines().forEach(lines);
        } catch (IOException | java.io.UncheckedIOException e) {
            lines.accept("[output ended: " + e.getMessage() + "]");
        }
    }

    /** Waits for its end and answers the exit code. */
    int await() throws InterruptedException {
        try {
            process.onExit().get();
            // Whoever inherited the pipe may keep it open for longer
            reader.join(READ_GRACE);
            return process.exitValue();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            end();
            throw e;
        }
    }

    /** Asks all of the tree to end, and ends what does not. ansible-runner alone would leave its modules running. */
    private void end() throws InterruptedException {
        Set<ProcessHandle> tree = new LinkedHashSet<>(List.of(process.toHandle()));
        grow(tree);
        tree.forEach(ProcessHandle::destroy);
        try {
            CompletableFuture.allOf(tree.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(TERM_GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            grow(tree);
        } finally {
            tree.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static void grow(Set<ProcessHandle> tree) {
        List.copyOf(tree).forEach(handle -> handle.descendants().forEach(tree::add));
    }
}
