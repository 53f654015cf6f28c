// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ValidateCommandTest {
    private static final String RULEBOOK = """
            - name: r
              hosts: all
              sources: [eda.builtin.range: {limit: 1}]
              rules:
                - {name: one, condition: event.i == vars.i, action: {none: }}
            """;

    @TempDir
    Path folder;

    private final StringWriter errors = new StringWriter();
    private Path good = Path.of("");

    @BeforeEach
    void write() throws IOException {
        good = Files.writeString(folder.resolve("good.yml"), RULEBOOK);
        Files.writeString(folder.resolve("vars.yml"), "i: 3\n");
        Files.writeString(folder.resolve("playbook.yml"), "- hosts: all\n  tasks: []\n");
    }

    @Test
    void exitsWithZeroWhenAllIsRight() throws IOException {
        Run run = run("--vars", folder.resolve("vars.yml").toString(), folder.toString());

        assertThat(run).isEqualTo(new Run(0, "1 of 1 valid, 0 errors, 0 warnings, 0 notes\n"));
    }

    @Test
    void aFileThatIsNoTextDoesNotHideTheOthersOfItsFolder() throws IOException {
        Path noText = Files.write(folder.resolve("binary.yml"), new byte[] {(byte) 0xc3, (byte) 0x28});

        Run run = run(folder.toString());

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.printed())
                .contains(noText + ":1:1: error: " + noText + " is not text in UTF-8 [unreadable-file]")
                .contains("1 of 2 valid");
        assertThat(run(noText.toString()).exit()).isEqualTo(2);
    }

    @Test
    void tellsFileLineAndColumnOfAMistake() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.yml"), RULEBOOK.replace("hosts", "host"));

        Run run = run(good.toString(), bad.toString());

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.printed())
                .contains(bad + ":2:3: error: a ruleset has no \"host\"")
                .contains("did you mean \"hosts\"? [schema-error]")
                .endsWith("1 of 2 valid, 2 errors, 0 warnings, 2 notes\n");
    }

    @Test
    void tellsItAsJson() throws IOException {
        Run run = run("--output", "json", good.toString());

        assertThat(JsonText.ofString(run.printed()).object())
                .containsEntry("valid", true)
                .containsEntry("notes", 1)
                .extractingByKey("files")
                .asString()
                .contains("severity=note, code=unknown-variable, line=5, column=41");
    }

    @Test
    void countsWarningsWhenStrict() throws IOException {
        Path dead = Files.writeString(folder.resolve("dead.yml"), RULEBOOK.replace("event.i == vars.i", "false"));

        assertThat(run(dead.toString()).exit()).isZero();
        assertThat(run("--strict", dead.toString()).exit()).isEqualTo(1);
    }

    @Test
    void exitsWithTwoWhenThereIsNothingToRead() throws IOException {
        assertThat(run(folder.resolve("none.yml").toString()).exit()).isEqualTo(2);
        assertThat(errors.toString()).contains("none.yml cannot be read");
        assertThat(run().exit()).isEqualTo(2);
        assertThat(run("--nonsense", good.toString()).exit()).isEqualTo(2);
    }

    private Run run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("validate"));
        all.addAll(List.of(arguments));
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            CommandLine line = ReflexarcCommand.line().setErr(new PrintWriter(errors));
            return new Run(line.execute(all.toArray(String[]::new)), printed.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
        }
    }

    private record Run(int exit, String printed) {}
}
