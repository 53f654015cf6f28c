// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What ansible-runner wrote down of a run: one file per event, named {@code <counter>-<uuid>.json}. */
final class JobEvents {
    private final List<Path> files;

    private JobEvents(List<Path> files) {
        this.files = files;
    }

    /** Events of a run, none when it never got so far. */
    static JobEvents in(Path artifacts) throws IOException {
        Path directory = artifacts.resolve("job_events");
        if (!Files.isDirectory(directory)) {
            return new JobEvents(List.of());
        }
        try (Stream<Path> all = Files.list(directory)) {
            // A file that is still being written has another suffix
            return new JobEvents(
                    all.filter(file -> file.getFileName().toString().matches("\\d+-.*\\.json"))
                            .sorted(Comparator.comparingInt(JobEvents::counter).reversed())
                            .toList());
        }
    }

    private static int counter(Path file) {
        String name = file.getFileName().toString();
        return Integer.parseInt(name.substring(0, name.indexOf('-')));
    }

    /** Every event, oldest first. */
    void each(Consumer<JsonNode> reader) throws IOException {
        for (Path file : files.reversed()) {
            reader.accept(Json.mapper().readTree(Files.readAllBytes(file)));
        }
    }

    /** What the last {@code set_fact} or {@code set_stats} set. */
    Optional<JsonText> lastArtefact() throws IOException {
        for (Path file : files) {
            JsonNode event = Json.mapper().readTree(Files.readAllBytes(file));
            if (event.path("event").asText().equals("runner_on_ok")) {
                Optional<JsonText> found = artefact(event.path("event_data"));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<JsonText> artefact(JsonNode data) {
        String action = data.path("task_action").asText();
        JsonNode results = data.path("res").path("results");
        JsonNode result = results.isArray() && !results.isEmpty() ? results.get(results.size() - 1) : data.path("res");
        JsonNode set = action.endsWith("set_fact")
                ? result.path("ansible_facts")
                : action.endsWith("set_stats") ? result.path("ansible_stats").path("data") : result.path("no such");
        return set.isObject() ? Optional.of(JsonText.of(set)) : Optional.empty();
    }

    /** What a module answered, by host. */
    Map<String, JsonText> resultsOf(String module) throws IOException {
        Map<String, JsonText> results = new TreeMap<>();
        for (Path file : files) {
            JsonNode event = Json.mapper().readTree(Files.readAllBytes(file));
            JsonNode data = event.path("event_data");
            if (event.path("event").asText().equals("runner_on_ok")
                    && data.path("task_action").asText().endsWith(module)) {
                results.put(data.path("host").asText(), JsonText.of(data.path("res")));
            }
        }
        return results;
    }

    /** Counts per host, as in the recap. */
    Optional<JsonNode> recap() throws IOException {
        for (Path file : files) {
            JsonNode event = Json.mapper().readTree(Files.readAllBytes(file));
            if (event.path("event").asText().equals("playbook_on_stats")) {
                return Optional.of(event.path("event_data"));
            }
        }
        return Optional.empty();
    }
}
