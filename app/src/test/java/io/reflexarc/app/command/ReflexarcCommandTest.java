// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReflexarcCommandTest {
    @TempDir
    Path folder;

    private final StringWriter errors = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = ReflexarcCommand.line().setErr(new PrintWriter(errors));
        return line.execute(arguments);
    }

    @Test
    void aMistakeOnTheCommandLineIsOneSentenceAndWhereHelpIs() {
        assertThat(run("run", "--nope")).isEqualTo(2);
        assertThat(errors).hasToString("Unknown option: '--nope'\nSee: reflexarc run --help\n");
    }

    @Test
    void optionsOfRunMayBeShortened() {
        assertThat(run("run", "--ver", "--rule", "nothing.yml")).isEqualTo(2);
        assertThat(errors.toString()).contains("'--ver' is not unique: it matches '--verbose', '--version'");
        assertThat(run("run", "--versi")).isZero();
    }

    @Test
    void aFileThatIsNotThereIsNoBug() throws IOException {
        Path rulebook = Files.writeString(folder.resolve("r.yml"), """
                - name: r
                  hosts: all
                  sources: [eda.builtin.range: {limit: 1}]
                  rules: [{name: one, condition: event.i == 1, action: {none: }}]
                """);

        assertThat(run("explain", rulebook.toString(), "--event", "-", "--vars", "no.yml"))
                .isEqualTo(1);
        assertThat(errors).hasToString("reflexarc: no.yml cannot be read: there is no such file\n");
    }
}
