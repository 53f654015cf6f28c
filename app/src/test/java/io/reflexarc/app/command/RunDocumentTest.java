// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RunDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/run.md");

    @Test
    void theDocumentHasEveryOptionAndNoOther() throws Exception {
        List<String> documented = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| `-"))
                .map(line -> line.split("\\|", -1)[1].strip().replace("`", ""))
                .toList();

        List<String> known = new CommandLine(new RunCommand())
                .getCommandSpec().options().stream()
                        .map(option -> String.join(", ", Arrays.asList(option.names())))
                        .toList();

        assertThat(documented).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void theEnvironmentIsNamedWhereAnOptionHasADefaultFromIt() {
        new CommandLine(new RunCommand())
                .getCommandSpec().options().stream()
                        .filter(option -> option.defaultValue() != null
                                && option.defaultValue().startsWith("${env:"))
                        .forEach(option -> assertThat(String.join(" ", option.description()))
                                .contains(option.defaultValue().replaceAll("\\$\\{env:([A-Z_]+):.*", "$1")));
    }
}
