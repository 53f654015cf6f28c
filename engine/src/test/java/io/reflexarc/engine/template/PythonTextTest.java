// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.json.JsonText;
import org.junit.jupiter.api.Test;

class PythonTextTest {
    @Test
    void whatFitsIntoALineStaysThereWithItsNamesInOrder() {
        assertThat(pretty("{\"b\": [1, null, true], \"a\": {\"d\": 1.0, \"c\": \"it's\"}}"))
                .isEqualTo("{'a': {'c': \"it's\", 'd': 1.0}, 'b': [1, None, True]}");
    }

    @Test
    void longMappingsAndListsGetALineForEachItem() {
        String thirty = "x".repeat(30);
        assertThat(pretty("{\"b\": 1, \"a\": [\"" + thirty + "\", \"" + thirty + "\", \"" + thirty + "\"]}"))
                .isEqualTo("""
                        {'a': ['xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
                               'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
                               'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'],
                         'b': 1}""");
    }

    @Test
    void longStringsAreCutBetweenWordsAndAfterLines() {
        assertThat(pretty("{\"long\": \"" + "word ".repeat(20) + "\\nend\"}")).isEqualTo("""
                {'long': 'word word word word word word word word word word word word word '
                         'word word word word word word word \\n'
                         'end'}""");
        assertThat(pretty("\"" + "word ".repeat(20) + "\"")).isEqualTo("""
                ('word word word word word word word word word word word word word word word '
                 'word word word word word ')""");
    }

    private static String pretty(String json) {
        return PythonText.pretty(JsonText.ofString(json).tree());
    }
}
