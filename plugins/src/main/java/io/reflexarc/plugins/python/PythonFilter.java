// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.python;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.source.Filter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** A filter in Python: a file with {@code def main(event, **args)}. Its process starts with the first event. */
final class PythonFilter implements Filter, AutoCloseable {
    private final String name;
    private final Path file;
    private final JsonText arguments;
    private final PythonConfig config;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<HostProcess> host = Optional.empty();

    PythonFilter(String name, Path file, JsonText arguments, PythonConfig config) {
        this.name = name;
        this.file = file;
        this.arguments = arguments;
        this.config = config;
    }

    /** Nobody knows what it does beside: it runs once, before the append. */
    @Override
    public boolean pure() {
        return false;
    }

    /** Beside a source's name its exception alone would look like the source's own. */
    private JsonNode answer(HostProcess running) throws InterruptedException {
        try {
            return running.next();
        } catch (ProblemException e) {
            throw new ProblemException(e.type(), "the filter " + name + " failed: " + e.detail(), e);
        }
    }

    @Override
    public List<ObjectNode> apply(ObjectNode event) {
        lock.lock();
        try {
            HostProcess running = running();
            ObjectNode message = Json.mapper().createObjectNode();
            message.set("event", event);
            running.send(message);
            List<ObjectNode> results = new ArrayList<>();
            for (JsonNode result : answer(running).path("result")) {
                results.add((ObjectNode) result);
            }
            return results;
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.DEPENDENCY_DOWN, "the process of the filter " + name + " has ended: see its output", e);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemType.DEPENDENCY_DOWN, "the filter " + name + " was stopped", e);
        } finally {
            lock.unlock();
        }
    }

    private HostProcess running() throws IOException {
        if (host.isEmpty()) {
            Path directory = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
            host = Optional.of(HostProcess.start("filter", name, file, arguments, config, directory));
        }
        return host.get();
    }

    @Override
    public void close() {
        host.ifPresent(HostProcess::close);
        host = Optional.empty();
    }
}
