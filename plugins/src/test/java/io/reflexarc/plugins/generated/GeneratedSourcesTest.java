// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reflexarc.core.action.Resources;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.source.PluginPath;
import io.reflexarc.core.source.Source;
import io.reflexarc.core.source.SourceCatalogue;
import io.reflexarc.core.source.VirtualTime;
import io.reflexarc.core.source.YamlReading;
import io.reflexarc.plugins.SourceStage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GeneratedSourcesTest {
    private static final SourceCatalogue SOURCES = new SourceCatalogue(List.of(GeneratedSource.class), PluginPath.NONE);

    @TempDir
    private Path directory;

    private final VirtualTime time = new VirtualTime(SourceStage.BEGIN);

    private static Source source(String name, String arguments) {
        return SOURCES.decode(name, JsonText.ofString(arguments.replace('\'', '"')));
    }

    private SourceStage stage() {
        YamlReading yaml =
                (text, file) -> JsonNodeFactory.instance.arrayNode().addObject().put("file", text);
        return new SourceStage(time, directory, Resources.NONE.with(YamlReading.class, yaml));
    }

    private SourceStage played(Source source) throws Exception {
        SourceStage stage = stage();
        Optional<Exception> end = played(stage, source);
        assertThat(end).isEmpty();
        return stage;
    }

    private Optional<Exception> played(SourceStage stage, Source source) throws Exception {
        SourceStage.Playing playing = stage.play(source);
        while (time.next().isPresent()) {
            time.step();
        }
        return playing.end().get();
    }

    @Test
    void aRangeCountsFromZeroAndEnds() throws Exception {
        SourceStage stage = played(source("ansible.eda.range", "{'limit': '3', 'delay': 0.5}"));
        assertThat(stage.events()).containsExactly("{\"i\":0}", "{\"i\":1}", "{\"i\":2}");
        assertThat(stage.times()).containsExactly(0L, 500L, 1000L);
        assertThat(time.instant()).isEqualTo(SourceStage.BEGIN.plusMillis(1500));
    }

    @Test
    void aRangeNeedsItsLimit() {
        assertThatThrownBy(() -> source("eda.builtin.range", "{}"))
                .hasMessage("eda.builtin.range: limit is missing: write how many events it shall make");
    }

    @Test
    void aTickCountsFromOneForEver() throws Exception {
        SourceStage stage = stage();
        stage.play(source("ansible.eda.tick", "{}"));
        time.advanceTo(SourceStage.BEGIN.plus(Duration.ofMillis(2500)));
        assertThat(stage.events()).containsExactly("{\"i\":1}", "{\"i\":2}", "{\"i\":3}");
    }

    @Test
    void aPayloadIsEmittedItemByItemWithoutEmptyOnes() throws Exception {
        SourceStage stage = played(source(
                "eda.builtin.generic",
                "{'payload': [{'a': 1}, null, {}, {'b': 2}], 'create_index': 'n', 'blob_size': 3,"
                        + " 'final_payload': {'end': true}}"));
        assertThat(stage.events())
                .containsExactly(
                        "{\"n\":0,\"blob\":\"xxx\",\"a\":1}",
                        "{\"n\":1,\"blob\":\"xxx\",\"b\":2}",
                        "{\"n\":2,\"blob\":\"xxx\",\"end\":true}");
    }

    @Test
    void aSingleEventNeedsNoList() throws Exception {
        assertThat(played(source("eda.builtin.generic", "{'payload': {'a': 1}, 'create_index': 'a'}"))
                        .events())
                .containsExactly("{\"a\":1}");
    }

    @Test
    void allDelaysAreKept() throws Exception {
        SourceStage stage = played(source(
                "eda.builtin.generic",
                "{'payload': [{'a': 1}, {'b': 1}], 'startup_delay': 1, 'event_delay': 10, 'repeat_delay': 100,"
                        + " 'loop_delay': 1000, 'shutdown_after': 10000, 'loop_count': 2, 'repeat_count': 2}"));
        assertThat(stage.times().stream().map(millis -> millis / 1000))
                .containsExactly(1L, 101L, 211L, 311L, 1421L, 1521L, 1631L, 1731L);
        assertThat(time.instant()).isEqualTo(SourceStage.BEGIN.plusSeconds(11_841));
    }

    @Test
    void timestampsHaveThreeForms() throws Exception {
        assertThat(stamped("local")).isEqualTo("{\"timestamp\":\"2026-01-01 01:00:00.250000\",\"a\":1}");
        assertThat(stamped("iso8601")).isEqualTo("{\"timestamp\":\"2026-01-01T01:00:00.500000\",\"a\":1}");
        assertThat(stamped("epoch")).isEqualTo("{\"timestamp\":1767225600,\"a\":1}");
        assertThat(stamped("local")).isEqualTo("{\"timestamp\":\"2026-01-01 01:00:01\",\"a\":1}");
        assertThatThrownBy(() -> stamped("stardate")).hasMessageContaining("local, iso8601, epoch");
    }

    private String stamped(String format) throws Exception {
        return played(source(
                        "eda.builtin.generic",
                        "{'payload': {'a': 1}, 'timestamp': true, 'startup_delay': 0.25, 'time_format': '" + format
                                + "'}"))
                .events()
                .getFirst();
    }

    @Test
    void thePayloadMayBeAFile() throws Exception {
        Files.writeString(directory.resolve("events.yml"), "content");
        assertThat(played(source("eda.builtin.generic", "{'payload_file': 'events.yml'}"))
                        .events())
                .containsExactly("{\"file\":\"content\"}");
        assertThat(failure(source("eda.builtin.generic", "{'payload_file': 'nothing.yml'}")))
                .hasMessageContaining("nothing.yml was not found");
    }

    private Exception failure(Source source) throws Exception {
        return played(stage().with("SET", "1"), source).orElseThrow();
    }

    @Test
    void variablesOfTheEnvironmentAreChecked() throws Exception {
        assertThat(failure(source("eda.builtin.generic", "{'payload': {'a': 1}, 'check_env_vars': {'OTHER': 'x'}}")))
                .hasMessage("the environment variable OTHER is required");
        assertThat(failure(source("eda.builtin.generic", "{'payload': {'a': 1}, 'check_env_vars': {'SET': 'x'}}")))
                .hasMessageContaining("SET has another value");
        assertThat(played(
                        stage().with("SET", "1"),
                        source("eda.builtin.generic", "{'payload': {'a': 1}, 'check_env_vars': {'SET': '1'}}")))
                .isEmpty();
    }

    @Test
    void anItemThatIsNoMappingEndsTheSourceWhenItIsReached() throws Exception {
        SourceStage stage = stage();
        assertThat(played(stage, source("eda.builtin.generic", "{'payload': [{'a': 1}, [{'b': 1}]]}")))
                .hasValueSatisfying(e -> assertThat(e).hasMessageContaining("no mapping"));
        assertThat(stage.events()).containsExactly("{\"a\":1}");
    }

    @Test
    void eventsCanBeShownAndShuffled() throws Exception {
        SourceStage stage = played(source(
                "eda.builtin.generic",
                "{'payload': [{'a': 1}, {'a': 2}, {'a': 3}], 'display': true, 'randomize': true}"));
        assertThat(stage.shown()).isEqualTo(stage.events());
        assertThat(stage.events()).containsExactlyInAnyOrder("{\"a\":1}", "{\"a\":2}", "{\"a\":3}");
    }
}
