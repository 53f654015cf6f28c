// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.problem.UnreadableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads cases: JSON Lines, one case on each line. */
final class CaseReader {
    private static final String ENDING = ".jsonl";

    private CaseReader() {}

    /** Every case of these files, and of the files that end in {@code .jsonl} below these folders. */
    static List<RecordedCase> read(List<Path> places) {
        List<RecordedCase> cases = new ArrayList<>();
        for (Path place : places) {
            for (Path file : files(place)) {
                addCases(file, cases);
            }
        }
        return cases;
    }

    private static List<Path> files(Path place) {
        if (!Files.isDirectory(place)) {
            return List.of(place);
        }
        try (Stream<Path> below = Files.walk(place)) {
            List<Path> files = below.filter(path -> path.toString().endsWith(ENDING))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new ProblemException(ProblemType.INVALID, "there is no file *" + ENDING + " in " + place);
            }
            return files;
        } catch (IOException e) {
            throw unreadable(place, e);
        }
    }

    private static void addCases(Path file, List<RecordedCase> cases) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                cases.add(parse(lines.get(i), file + ":" + (i + 1)));
            }
        }
    }

    private static ProblemException unreadable(Path place, IOException cause) {
        return new ProblemException(
                ProblemType.INVALID,
                UnreadableFile.sentence(place, cause) + "; name a file or a folder of cases",
                cause);
    }

    private static RecordedCase parse(String line, String place) {
        JsonNode all;
        try {
            all = Json.mapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new ProblemException(ProblemType.INVALID, place + " is not JSON: " + e.getOriginalMessage());
        }
        JsonNode vars = all.path("vars");
        return new RecordedCase(
                required(all, "id", place),
                kind(required(all, "kind", place), place),
                required(all, "rulebook", place),
                vars.isObject() ? JsonText.of(vars) : JsonText.EMPTY_OBJECT,
                all.path("stance").asText().equals("quirk")
                        ? Optional.of(all.path("quirk").asText())
                        : Optional.empty(),
                all.path("expected"),
                all);
    }

    private static RecordedCase.Kind kind(String word, String place) {
        return switch (word) {
            case "condition" -> RecordedCase.Kind.CONDITION;
            case "action" -> RecordedCase.Kind.ACTION;
            default ->
                throw new ProblemException(
                        ProblemType.INVALID, place + ": kind must be condition or action, not \"" + word + "\"");
        };
    }

    private static String required(JsonNode all, String field, String place) {
        JsonNode value = all.path(field);
        if (!value.isTextual()) {
            throw new ProblemException(ProblemType.INVALID, place + ": a case needs the string \"" + field + "\"");
        }
        return value.textValue();
    }
}
