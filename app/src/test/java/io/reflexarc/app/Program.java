// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program as a process of its own, as a user starts it. */
final class Program implements AutoCloseable {
    private final Process process;
    private final Path log;
    private final BufferedReader out;

    private Program(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static Program start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx400m",
                "-Dlog4j2.configurationFile=classpath:log4j2.xml",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.reflexarc.app.Main"));
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile("reflexarc", ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().putAll(environment);
        return new Program(builder.start(), log);
    }

    static Program up(Path data, String... more) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("up", "--port", "0", "--output", "json", "--data-dir", data.toString()));
        arguments.addAll(List.of(more));
        return start(Map.of(), arguments.toArray(String[]::new));
    }

    /** The first line on stdout; it comes when everything is ready. */
    JsonNode facts() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IllegalStateException("the program ended: " + errors());
        }
        return Json.mapper().readTree(line);
    }

    String errors() throws IOException {
        return Files.readString(log);
    }

    long pid() {
        return process.pid();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(180, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the program did not end");
        }
        return process.exitValue();
    }

    /** Asks it to stop, as Ctrl-C does. */
    int stop() throws InterruptedException {
        process.destroy();
        return exitCode();
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        exitCode();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
