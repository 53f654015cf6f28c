// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import org.junit.jupiter.api.Test;

final class VariablesParserTest {
    @Test
    void readsYamlAndJsonAndNothingAtAll() {
        assertThat(VariablesParser.parse("a: 1\nb: [yes, x]\n"))
                .isEqualTo(JsonText.ofString("{\"a\":1,\"b\":[true,\"x\"]}"));
        assertThat(VariablesParser.parse("{\"a\": {\"b\": null}}"))
                .isEqualTo(JsonText.ofString("{\"a\":{\"b\":null}}"));
        assertThat(VariablesParser.parse(" \n")).isEqualTo(JsonText.EMPTY_OBJECT);
    }

    @Test
    void refusesWhatIsNoMappingWithItsPlace() {
        assertThatThrownBy(() -> VariablesParser.parse("- a"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("1:1: variables are a mapping");
        assertThatThrownBy(() -> VariablesParser.parse("- a", "vars.yml"))
                .hasMessageContaining("vars.yml:1:1: variables");
        assertThatThrownBy(() -> VariablesParser.parse("a: {")).hasMessageContaining("not YAML");
    }
}
