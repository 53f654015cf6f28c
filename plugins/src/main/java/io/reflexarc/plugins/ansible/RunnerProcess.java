// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** A child process with all that it starts: its lines are handed on, and when we are interrupted none of it stays. */
final class RunnerProcess {
    private static final Duration READ_GRACE = Duration.ofSeconds(5);

    private final Process process;
    private final Optional<String> mark;
    private final Thread reader;

    private RunnerProcess(Process process, Optional<String> mark, Thread reader) {
        this.process = process;
        this.mark = mark;
        this.reader = reader;
    }

    static RunnerProcess start(ProcessBuilder command, Consumer<String> lines) throws IOException {
        Optional<String> mark = Optional.ofNullable(command.environment().get(ProcessTree.MARK));
        Process process = command.redirectErrorStream(true).start();
        process.getOutputStream().close();
        // A pipe's read cannot be interrupted, so it has a thread of its own
        Thread reader =
                Thread.ofPlatform().daemon().name("output-of-" + process.pid()).start(() -> read(process, lines));
        return new RunnerProcess(process, mark, reader);
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
            new ProcessTree(process.toHandle(), mark).end();
            throw e;
        }
    }
}
