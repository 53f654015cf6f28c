// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.python;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.source.Source;
import io.reflexarc.core.source.SourceContext;
import io.reflexarc.core.source.SourceEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A source in Python: a file with {@code async def main(queue, args)}. Its put returns when the log has the event.
 *
 * @param name in the rulebook
 * @param file the plugin
 * @param arguments rendered
 * @param config how it is run
 */
record PythonSource(String name, Path file, JsonText arguments, PythonConfig config) implements Source {
    @Override
    public void run(SourceContext context) throws IOException, InterruptedException {
        ObjectNode taken = Json.mapper().createObjectNode().put("ack", true);
        try (HostProcess host = HostProcess.start("source", name, file, arguments, config, home(context))) {
            for (JsonNode message = host.next(); !message.has("end"); message = host.next()) {
                List<SourceEvent> events = new ArrayList<>();
                for (JsonNode event : message.path("put")) {
                    events.add(SourceEvent.of((ObjectNode) event));
                }
                context.emit(events);
                host.send(taken);
            }
        }
    }

    private Path home(SourceContext context) {
        return Files.isDirectory(context.directory())
                ? context.directory()
                : Optional.ofNullable(file.getParent()).orElse(context.directory());
    }

    /** Arguments may be secrets. */
    @Override
    public String toString() {
        return "PythonSource[" + name + ", " + file + "]";
    }
}
