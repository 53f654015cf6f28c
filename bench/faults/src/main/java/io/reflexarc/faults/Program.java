// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A process that we started and may end in any way; its stderr is appended to a log. */
final class Program {
    private static final Set<Program> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        // A run that ends in any way leaves nothing behind
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Program::kill), "end programs"));
    }

    private final Process process;
    private final CompletableFuture<String> firstLine = new CompletableFuture<>();

    private volatile boolean ended;

    private Program(Process process) {
        this.process = process;
        RUNNING.add(this);
        process.onExit().thenRun(() -> RUNNING.remove(this));
        Thread.ofVirtual().start(this::read);
    }

    static Program start(List<String> command, Map<String, String> environment, Path directory, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            return new Program(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command.getFirst(), e);
        }
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                firstLine.complete(line);
            }
        } catch (IOException e) {
            // it ended
        }
        firstLine.complete("");
    }

    /** The first line of its output; empty when it ended or did not say anything in time. */
    Optional<String> firstLine(Duration patience) {
        try {
            return Optional.of(firstLine.get(patience.toMillis(), TimeUnit.MILLISECONDS))
                    .filter(line -> !line.isEmpty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (Exception e) {
            return Optional.empty();
        }
    }

    long pid() {
        return process.pid();
    }

    /** Whether somebody here has ended it. */
    boolean ended() {
        return ended;
    }

    boolean alive() {
        return process.isAlive();
    }

    /** {@code kill -9} of it and of all that it started, and waits until they are gone. */
    void kill() {
        ended = true;
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.addFirst(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle one : all) {
            Stopwatch.until(Duration.ofSeconds(30), () -> !one.isAlive());
        }
    }

    /** SIGTERM; answers the exit code, or empty when it did not end in time and was killed. */
    Optional<Integer> stop(Duration patience) {
        ended = true;
        signal("CONT");
        process.destroy();
        try {
            if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.of(process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill();
        return Optional.empty();
    }

    /** SIGSTOP, SIGCONT. */
    void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Resident memory in kB; empty when it ended. */
    Optional<Long> residentKilobytes() {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
