// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.embedded;

import com.fasterxml.jackson.core.type.TypeReference;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers the servers that we started, by pid and start time, so that the next start on the same data directory ends
 * those that outlived a killed process. A pid that now belongs to another program is left alone.
 */
final class ChildProcesses {
    private static final Logger LOGGER = LoggerFactory.getLogger(ChildProcesses.class);
    private static final String FILE = "servers.json";
    private static final long GRACE_SECONDS = 10;

    private final DataDirectory data;
    private final List<Child> children = new ArrayList<>();

    ChildProcesses(DataDirectory data) {
        this.data = data;
    }

    /** Ends what an earlier process of this data directory left running. */
    void endOrphans() {
        for (Child child : read()) {
            find(child).ifPresent(process -> {
                LOGGER.atWarn()
                        .addKeyValue("server", child.name)
                        .addKeyValue("pid", child.pid)
                        .log("ending an orphaned server");
                end(process);
            });
        }
        write(List.of());
    }

    /** Remembers a server that has just been started. */
    synchronized void remember(String name, ProcessHandle process) {
        children.add(
                new Child(name, process.pid(), process.info().startInstant().orElse(Instant.EPOCH)));
        write(children);
    }

    /** Forgets all, after a clean stop. */
    void forget() {
        write(List.of());
    }

    private static Optional<ProcessHandle> find(Child child) {
        return ProcessHandle.of(child.pid)
                .filter(process -> process.info().startInstant().equals(Optional.of(child.startedAt)));
    }

    /** Asks it to stop, then makes it. */
    static void end(ProcessHandle process) {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process);
        process.destroy();
        if (!ended(all)) {
            all.forEach(ProcessHandle::destroyForcibly);
            ended(all); // what starts now may need their ports and locks
        }
    }

    private static boolean ended(List<ProcessHandle> all) {
        try {
            CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
                    .get(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return true;
    }

    private List<Child> read() {
        Optional<String> text = data.read(FILE);
        if (text.isEmpty() || text.get().isBlank()) {
            return List.of();
        }
        try {
            return Json.mapper().readValue(text.get(), new TypeReference<List<Child>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(List<Child> list) {
        data.write(FILE, JsonText.of(list).toString());
    }

    /**
     * A started server.
     *
     * @param name e.g. {@code redis}
     * @param pid process id
     * @param startedAt as the operating system tells it
     */
    record Child(String name, long pid, Instant startedAt) {}
}
