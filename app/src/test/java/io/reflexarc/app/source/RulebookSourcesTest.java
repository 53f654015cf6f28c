// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.action.Resources;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.NewEvent;
import io.reflexarc.core.source.PluginPath;
import io.reflexarc.core.source.PreparedSource;
import io.reflexarc.core.source.VirtualTime;
import io.reflexarc.core.source.YamlReading;
import io.reflexarc.engine.template.Templates;
import io.reflexarc.eventstream.source.RunningSource;
import io.reflexarc.eventstream.source.SourceRuntime;
import io.reflexarc.eventstream.source.SourceState;
import io.reflexarc.eventstream.source.SourceWorld;
import io.reflexarc.rulebooks.RulebookParser;
import io.reflexarc.rulebooks.SourceSpec;
import io.reflexarc.rulebooks.YamlDocument;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RulebookSourcesTest {
    private static final Templates TEMPLATES = new Templates();
    private static final JsonText VARIABLES = JsonText.ofString("{\"n\": 2, \"many\": [{\"a-b\": 1}, {\"c\": 2}]}");

    private final RulebookSources sources = new RulebookSources(TEMPLATES, PluginPath.NONE);

    private static SourceSpec source(String yaml) {
        String rulebook = "- name: r\n  hosts: all\n  sources:\n" + yaml.indent(4)
                + "  rules:\n    - name: any\n      condition: true\n      action:\n        none:\n";
        return new RulebookParser(Set.of(), TEMPLATES::text)
                .parse(rulebook, "r.yml", VARIABLES)
                .rulesets()
                .getFirst()
                .sources()
                .getFirst();
    }

    private List<String> run(String yaml) throws InterruptedException {
        VirtualTime time = new VirtualTime(Instant.EPOCH);
        List<NewEvent> events = new ArrayList<>();
        SourceWorld world = new SourceWorld(
                time,
                ZoneOffset.UTC,
                new Random(1),
                Map.of(),
                Path.of(""),
                Resources.NONE.with(YamlReading.class, YamlDocument::read),
                value -> {});
        RunningSource running =
                new SourceRuntime(world).start(sources.prepare(source(yaml), VARIABLES), events::addAll);
        while (time.next().isPresent()) {
            time.step();
        }
        assertThat(running.state()).isEqualTo(new SourceState.Ended());
        return events.stream()
                .map(event -> event.body().tree())
                .map(body -> body.path("meta").path("source") + " "
                        + ((com.fasterxml.jackson.databind.node.ObjectNode) body).without("meta"))
                .map(text -> text.replace("\"", ""))
                .toList();
    }

    @Test
    void argumentsAreRenderedWithTheVariablesAndFiltersApply() throws InterruptedException {
        assertThat(run("""
                        - name: mine
                          eda.builtin.generic:
                            payload: "{{ many }}"
                            create_index: i
                            loop_count: "{{ n }}"
                          filters:
                            - eda.builtin.dashes_to_underscores:
                            - ansible.eda.json_filter:
                                exclude_keys: [c]
                        """))
                .containsExactly(
                        "{name:mine,type:eda.builtin.generic} {i:0,a_b:1}",
                        "{name:mine,type:eda.builtin.generic} {i:1}",
                        "{name:mine,type:eda.builtin.generic} {i:2,a_b:1}",
                        "{name:mine,type:eda.builtin.generic} {i:3}");
    }

    @Test
    void aNameOfOldGivesTheNewOne() throws InterruptedException {
        assertThat(run("- ansible.eda.range:\n    limit: 1\n"))
                .containsExactly("{name:eda.builtin.range,type:eda.builtin.range} {i:0}");
    }

    @Test
    void aNameNeedsItsCollection() {
        PreparedSource prepared = sources.prepare(source("- ansible.eda.tick:\n"), VARIABLES);
        assertThat(prepared.type()).isEqualTo("ansible.eda.tick");
        assertThatThrownBy(() -> sources.prepare(source("- range:\n    limit: 1\n"), VARIABLES))
                .hasMessageContaining("could not find the source plugin range");
    }
}
