// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.action.Resources;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.source.PluginPath;
import io.reflexarc.core.source.Source;
import io.reflexarc.core.source.SourceCatalogue;
import io.reflexarc.core.source.SourceTime;
import io.reflexarc.core.source.YamlReading;
import io.reflexarc.plugins.SourceStage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourcesIT {
    private static final SourceCatalogue SOURCES = new SourceCatalogue(List.of(FileSource.class), PluginPath.NONE);

    @TempDir
    private Path directory;

    /** Reads JSON, which is YAML enough for these tests. */
    private SourceStage stage() {
        YamlReading yaml = (text, file) -> {
            if (text.contains("broken")) {
                throw new ProblemException(ProblemType.INVALID, file + " is broken");
            }
            return JsonText.ofString(text.isBlank() ? "null" : text).tree();
        };
        return new SourceStage(
                SourceTime.of(InstantSource.system()), directory, Resources.NONE.with(YamlReading.class, yaml));
    }

    private static Source source(String name, String arguments) {
        return SOURCES.decode(name, JsonText.ofString(arguments.replace('\'', '"')));
    }

    @Test
    void aFilesContentIsEmittedAtTheBeginningAndWhenItChanges() throws Exception {
        Path facts = Files.writeString(directory.resolve("facts.yml"), "[{\"a\":1},{\"b\":2}]");
        SourceStage stage = stage();
        SourceStage.Playing playing = stage.play(source("ansible.eda.file", "{'files':['facts.yml']}"));
        assertThat(stage.next().toString()).isEqualTo("{\"a\":1}");
        assertThat(stage.next().toString()).isEqualTo("{\"b\":2}");
        Files.writeString(facts, "{\"c\":3}");
        assertThat(stage.next().toString()).isEqualTo("{\"c\":3}");
        Files.writeString(facts, "broken");
        Path other = Files.writeString(directory.resolve("other.yml"), "{\"d\":4}");
        Files.move(other, facts, StandardCopyOption.REPLACE_EXISTING);
        assertThat(stage.next().toString()).isEqualTo("{\"d\":4}");
        assertThat(playing.stop()).containsInstanceOf(InterruptedException.class);
    }

    @Test
    void aFileThatIsMissingOrNoMappingAtTheBeginningEndsTheSource() throws Exception {
        assertThat(ended("{'files':['none.yml']}")).hasMessageContaining("none.yml cannot be read");
        Files.writeString(directory.resolve("text.yml"), "\"text\"");
        assertThat(ended("{'files':['text.yml']}")).hasMessageContaining("a mapping or a list of mappings");
        assertThat(stage().play(source("ansible.eda.file", "{}")).end().get()).isEmpty();
    }

    private Exception ended(String arguments) throws Exception {
        return stage().play(source("ansible.eda.file", arguments)).end().get().orElseThrow();
    }

    @Test
    void whatHappensInADirectoryIsTold() throws Exception {
        Path old = Files.writeString(directory.resolve("old.txt"), "x");
        Files.createDirectory(directory.resolve("sub"));
        SourceStage stage = stage();
        SourceStage.Playing playing = stage.play(source(
                "ansible.eda.file_watch",
                "{'path':'" + directory + "','recursive':true,'ignore_regexes':['.*\\\\.TMP']}"));
        // The watch begins a moment after the start: poke it until it tells something
        for (int i = 0; stage.events().isEmpty(); i++) {
            Files.writeString(directory.resolve("probe"), "p" + i);
            stage.sleep(Duration.ofMillis(20));
        }
        Files.writeString(directory.resolve("a.tmp"), "x");
        Files.writeString(directory.resolve("sub").resolve("new.txt"), "x");
        expect(stage, "created FileCreatedEvent sub/new.txt");
        Files.move(old, directory.resolve("renamed.txt"));
        expect(stage, "moved FileMovedEvent old.txt");
        Files.writeString(directory.resolve("renamed.txt"), "changed");
        expect(stage, "modified FileModifiedEvent renamed.txt");
        Files.delete(directory.resolve("renamed.txt"));
        expect(stage, "deleted FileDeletedEvent renamed.txt");
        expect(stage, "modified DirModifiedEvent ");
        Files.createDirectories(directory.resolve("deep/er"));
        expect(stage, "created DirCreatedEvent deep/er");
        Files.writeString(directory.resolve("deep/er/leaf"), "x");
        expect(stage, "created FileCreatedEvent deep/er/leaf");
        assertThat(stage.events()).noneMatch(event -> event.contains("a.tmp"));
        playing.stop();
    }

    /** Reads events until this one comes. */
    private void expect(SourceStage stage, String wanted) throws InterruptedException {
        String told;
        do {
            JsonNode event = stage.next();
            assertThat(event.path("root_path").textValue()).isEqualTo(directory.toString());
            String path = event.path("src_path")
                    .textValue()
                    .substring(directory.toString().length());
            told = event.path("change").textValue() + " " + event.path("type").textValue() + " "
                    + path.replaceFirst("^/", "");
        } while (!told.equals(wanted));
    }

    @Test
    void argumentsAreChecked() throws Exception {
        assertThatThrownBy(() -> source("ansible.eda.file_watch", "{'recursive':true}"))
                .hasMessageContaining("path is missing");
        assertThatThrownBy(() -> source("ansible.eda.file_watch", "{'path':'x'}"))
                .hasMessageContaining("recursive is missing");
        assertThatThrownBy(
                        () -> source("ansible.eda.file_watch", "{'path':'x','recursive':true,'ignore_regexes':['(']}"))
                .hasMessageContaining("\"(\" is no regular expression");
        Optional<Exception> end = stage().play(source("ansible.eda.file_watch", "{'path':'none','recursive':false}"))
                .end()
                .get();
        assertThat(end).hasValueSatisfying(e -> assertThat(e).hasMessageContaining("no directory"));
    }
}
