// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.python;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A child process with our host script and one plugin in it. One JSON object per line goes each way. */
final class HostProcess implements AutoCloseable {
    private static final Pattern FRAME = Pattern.compile("File \"([^\"]*)\", line (\\d+)");
    private static final Logger LOGGER = LoggerFactory.getLogger(HostProcess.class);
    private static final Duration GRACE = Duration.ofSeconds(4);
    private static final int LINES_AHEAD = 16;
    private static final String SCRIPT = script();

    private final String plugin;
    private final Process process;
    private final Writer input;
    private final BlockingQueue<Optional<String>> lines = new ArrayBlockingQueue<>(LINES_AHEAD);

    private HostProcess(String plugin, Process process) {
        this.plugin = plugin;
        this.process = process;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
    }

    private static String script() {
        try (InputStream script = HostProcess.class.getResourceAsStream("host.py")) {
            if (script == null) {
                throw new IllegalStateException("host.py is not in the program");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it in a directory and tells it what to run; the arguments are sent to it, nobody else sees them. */
    static HostProcess start(
            String kind, String plugin, Path file, JsonText arguments, PythonConfig config, Path directory)
            throws IOException {
        ProcessBuilder command = new ProcessBuilder(config.python(), "-u", "-c", SCRIPT).directory(directory.toFile());
        command.environment().clear();
        command.environment().putAll(config.environment());
        Process process;
        try {
            process = command.start();
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.DEPENDENCY_DOWN,
                    "the plugin " + plugin + " is written in Python and " + config.python()
                            + " cannot be started: install Python 3 or configure where it is",
                    e);
        }
        HostProcess host = new HostProcess(plugin, process);
        // Reads of a pipe cannot be interrupted, so they have threads of their own
        Thread.ofPlatform().daemon().name("events-of-" + plugin).start(host::readEvents);
        Thread.ofPlatform().daemon().name("output-of-" + plugin).start(host::readOutput);
        ObjectNode task = Json.mapper().createObjectNode().put("kind", kind).put("path", file.toString());
        task.set("args", arguments.tree());
        config.collectionPaths().stream().map(Path::toString).forEach(task.putArray("roots")::add);
        host.send(task);
        return host;
    }

    private void readEvents() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.put(Optional.of(line));
            }
            lines.put(Optional.empty());
        } catch (IOException e) {
            lines.offer(Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readOutput() {
        try (BufferedReader output = process.errorReader(StandardCharsets.UTF_8)) {
            output.lines()
                    .forEach(line -> LOGGER.atInfo()
                            .addKeyValue("plugin", plugin)
                            .addKeyValue("output", line)
                            .log("a Python plugin says"));
        } catch (UncheckedIOException | IOException e) {
            LOGGER.atDebug().addKeyValue("plugin", plugin).setCause(e).log("output of a Python plugin ended");
        }
    }

    void send(ObjectNode message) throws IOException {
        input.write(message + "\n");
        input.flush();
    }

    /** The next message that is not only for the log; {@code INVALID} is the plugin's own exception. */
    JsonNode next() throws InterruptedException {
        while (true) {
            String line = lines.take().orElseThrow(this::gone);
            JsonNode message = parse(line);
            if (message.has("error")) {
                throw failure(message.path("error"));
            }
            if (!message.has("dropped")) {
                return message;
            }
            LOGGER.atError()
                    .addKeyValue("plugin", plugin)
                    .addKeyValue("reason", message.path("dropped").asText())
                    .log("an event of a Python plugin is no JSON and was dropped");
        }
    }

    private JsonNode parse(String line) {
        try {
            return Json.mapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new ProblemException(
                    ProblemType.INVALID,
                    "the plugin " + plugin + " sent an event that cannot be read: " + e.getOriginalMessage(),
                    e);
        }
    }

    private ProblemException failure(JsonNode error) {
        String traceback = error.path("traceback").asText();
        LOGGER.atError()
                .addKeyValue("plugin", plugin)
                .addKeyValue("at", place(traceback))
                .addKeyValue("traceback", traceback)
                .log("a Python plugin failed");
        return new ProblemException(
                ProblemType.INVALID,
                error.path("type").asText() + ": " + error.path("message").asText());
    }

    /** {@code file:line} of the innermost frame, which editors and people jump to. */
    private static String place(String traceback) {
        Matcher frame = FRAME.matcher(traceback);
        String place = "";
        while (frame.find()) {
            place = frame.group(1) + ":" + frame.group(2);
        }
        return place;
    }

    private ProblemException gone() {
        String code;
        try {
            code = " with code "
                    + process.onExit()
                            .get(GRACE.toMillis(), TimeUnit.MILLISECONDS)
                            .exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            code = "";
        } catch (ExecutionException | TimeoutException e) {
            code = "";
        }
        return new ProblemException(
                ProblemType.DEPENDENCY_DOWN,
                "the Python process of the plugin " + plugin + " has ended" + code + ": see what it printed");
    }

    /** Asks it to stop, and ends what has not stopped after a while: the process and all that it started. */
    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            process.onExit().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.atWarn().addKeyValue("plugin", plugin).log("a Python plugin does not stop and is killed");
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        children.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        // The reader may wait for room
        lines.clear();
    }
}
