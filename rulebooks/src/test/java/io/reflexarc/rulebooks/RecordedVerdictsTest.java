// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.rulebooks.condition.StringTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Loads the rulebooks of the recorded verdicts, whose folder is given by {@code -Dreflexarc.conformance=DIR}. */
class RecordedVerdictsTest {
    private static final Pattern REFERENCE = Pattern.compile("\\{\\{ *([a-z.]+) *}}");

    /** Enough of a template language for the recorded rulebooks. */
    private static final StringTemplate PATHS_ONLY =
            (text, variables) -> REFERENCE.matcher(text).replaceAll(match -> {
                JsonNode value = variables.tree().at("/" + match.group(1).replace('.', '/'));
                if (value.isMissingNode()) {
                    throw new ProblemException(ProblemType.INVALID, match.group(1) + " is not given");
                }
                return value.asText();
            });

    private final RulebookParser parser = new RulebookParser(Set.of(), PATHS_ONLY);

    @Test
    void refusesWhatTheOriginalRefusesAndLoadsWhatItLoads() throws IOException {
        List<String> differences = new ArrayList<>();
        int seen = 0;
        for (JsonNode recorded : cases()) {
            if (recorded.path("stance").asText().equals("match")) {
                String expected = recorded.at("/expected/error/kind").asText("loaded");
                String found = verdict(recorded);
                seen++;
                if (!found.equals(expected)) {
                    differences.add(recorded.path("id").asText() + ": expected " + expected + ", found " + found);
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(seen).isPositive();
    }

    private String verdict(JsonNode recorded) {
        ObjectNode variables = Json.mapper().createObjectNode();
        for (String source : List.of("vars", "env")) {
            recorded.path(source).properties().forEach(field -> variables.set(field.getKey(), field.getValue()));
        }
        return switch (parser.check(recorded.path("rulebook").asText(), JsonText.of(variables))) {
            case ParseResult.Loaded loaded -> "loaded";
            case ParseResult.Refused refused -> refused.kind().slug();
        };
    }

    private static List<JsonNode> cases() throws IOException {
        String folder = System.getProperty("reflexarc.conformance", "");
        assumeTrue(!folder.isEmpty(), "needs the recorded verdicts: -Dreflexarc.conformance=DIR");
        List<JsonNode> cases = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(folder, "cases"))) {
            for (Path file : files.sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    cases.add(Json.mapper().readTree(line));
                }
            }
        }
        return cases;
    }
}
