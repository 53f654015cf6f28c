// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Rulebooks of somebody else, valid here exactly when {@code ansible-rulebook} takes them. They and its verdicts, written by
 * {@code .ci/upstream-verdicts}, are given as paths; without them the test is skipped.
 */
class UpstreamRulebooksTest {
    private static final String RULEBOOKS = "reflexarc.rulebooks";
    private static final String VERDICTS = "reflexarc.verdicts";

    @TestFactory
    Stream<DynamicTest> isValidExactlyWhenItIsValidThere() throws IOException {
        String folder = System.getProperty(RULEBOOKS, "");
        String file = System.getProperty(VERDICTS, "");
        assumeTrue(
                !folder.isEmpty() && !file.isEmpty(),
                "no rulebooks of ansible-rulebook: give -D" + RULEBOOKS + "=DIR and -D" + VERDICTS + "=FILE");
        JsonNode verdicts = Json.mapper().readTree(Files.readAllBytes(Path.of(file)));
        return verdicts.properties().stream()
                .map(verdict -> DynamicTest.dynamicTest(
                        verdict.getKey(), () -> compare(Path.of(folder, verdict.getKey()), verdict.getValue())));
    }

    /** With the same variables: none. */
    private static void compare(Path rulebook, JsonNode verdict) {
        var checked = new Validation()
                .run(List.of(rulebook), Optional.of(JsonText.EMPTY_OBJECT))
                .files()
                .getFirst();
        assertEquals(
                verdict.path("valid").asBoolean(),
                checked.valid(),
                () -> verdict.path("error").asText() + " / " + checked.findings());
    }
}
