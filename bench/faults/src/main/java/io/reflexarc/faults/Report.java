// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What is shown in the end, for people and for programs. */
record Report(String set, long seed, Duration took, List<Verdict> verdicts) {
    String json() {
        ObjectNode root = Rest.JSON.createObjectNode();
        root.put("set", set)
                .put("seed", seed)
                .put(
                        "finished_at",
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("seconds", took.toSeconds())
                .put("cores", Runtime.getRuntime().availableProcessors());
        ArrayNode list = root.putArray("tests");
        for (Verdict verdict : verdicts) {
            ObjectNode node = list.addObject();
            node.put("id", verdict.id())
                    .put("title", verdict.title())
                    .put("outcome", verdict.outcome().name().toLowerCase(Locale.ROOT));
            if (!verdict.reason().isEmpty()) {
                node.put("reason", verdict.reason());
            }
            node.set("numbers", Rest.JSON.valueToTree(verdict.numbers()));
        }
        return root.toPrettyString() + "\n";
    }

    String table() {
        StringBuilder text = new StringBuilder("| test | what is done | outcome | numbers |\n|---|---|---|---|\n");
        for (Verdict verdict : verdicts) {
            String numbers = verdict.numbers().entrySet().stream()
                    .filter(entry -> !List.of("examples", "recoveries").contains(entry.getKey()))
                    .map(Report::number)
                    .collect(Collectors.joining(", "));
            text.append("| ")
                    .append(verdict.id())
                    .append(" | ")
                    .append(verdict.title())
                    .append(" | ")
                    .append(verdict.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .append(verdict.reason().isEmpty() ? "" : ": " + verdict.reason())
                    .append(" | ")
                    .append(numbers)
                    .append(" |\n");
        }
        return text.toString();
    }

    private static String number(Map.Entry<String, Object> entry) {
        return entry.getKey() + " " + entry.getValue();
    }

    /** Writes both into a folder. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(set + ".json"), json());
        Files.writeString(
                folder.resolve(set + ".md"),
                "# Faults, the " + set + " set\n\nSeed " + seed + ", "
                        + Instant.now().truncatedTo(ChronoUnit.SECONDS) + ", " + took.toSeconds() + " s on "
                        + Runtime.getRuntime().availableProcessors()
                        + " cores. What the numbers mean: [../faults.md](../faults.md).\n\n"
                        + table());
    }

    static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (Path file :
                    new ArrayList<>(files.sorted(Comparator.reverseOrder()).toList())) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
