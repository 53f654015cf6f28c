// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What ansible-core 2.19 makes of each of these. */
class AnsibleFiltersTest {
    private static final JsonNode EVENT = JsonText.ofString("""
                    {"i":5,"s":"Host1.Example","b":true,"n":null,"e":"","d":{"b":1,"a":{"c":[{"x":1},{"x":2}]}},
                     "lo":[{"n":"b","v":1},{"n":"a","v":2}],"u":"日本é😀","q":"it's"}""").tree();

    private final TemplateContext context = TemplateContext.ofEvent(JsonText.EMPTY_OBJECT.tree(), EVENT, 7);

    private String render(String expression) {
        return new Templates()
                .render(JsonText.of("X{{ " + expression + " }}X"), context)
                .tree()
                .asText();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "event.d | ansible.builtin.to_json ; {\"b\": 1, \"a\": {\"c\": [{\"x\": 1}, {\"x\": 2}]}}",
                "event.lo | ansible.builtin.to_json(sort_keys=true) ; [{\"n\": \"b\", \"v\": 1}, {\"n\": \"a\", \"v\": 2}]",
                "event.u | ansible.builtin.to_json ; \"\\u65e5\\u672c\\u00e9\\ud83d\\ude00\"",
                "'{\"a\": [1, 2]}' | ansible.builtin.from_json ; {'a': [1, 2]}",
                "event.s | ansible.builtin.b64encode ; SG9zdDEuRXhhbXBsZQ==",
                "event.u | ansible.builtin.b64encode ; 5pel5pysw6nwn5iA",
                "'SG9zdDE=' | ansible.builtin.b64decode ; Host1",
                "event.s | ansible.builtin.hash ; 441d03fdb7e474cad9c64b98a2c0f87b61a58adb",
                "event.s | ansible.builtin.hash('sha256') ; 235a766ee341c1781af594ca8d268b66a00e9b0d6e0c1171bd3d014fad29ef7f",
                "event.s | ansible.builtin.md5 ; 02bfab2e6ec1cad97b61e9278d7e3686",
                "event.s | ansible.builtin.checksum ; 441d03fdb7e474cad9c64b98a2c0f87b61a58adb",
                "event.q | ansible.builtin.quote ; 'it'\"'\"'s'",
                "event.s | ansible.builtin.quote ; Host1.Example",
                "event.e | ansible.builtin.quote ; ''",
                "'a,b,,c' | ansible.builtin.split(',') ; ['a', 'b', '', 'c']",
                "' a  b ' | ansible.builtin.split ; ['a', 'b']",
                "'a%20b%2F' | ansible.builtin.urldecode ; a b/",
                "event.s | ansible.builtin.regex_search('[0-9]+') ; 1",
                "event.s | ansible.builtin.regex_search('HOST', ignorecase=true) ; Host",
                "event.s | ansible.builtin.regex_search('zzz') ; None",
                "event.s | ansible.builtin.regex_findall('[A-Z]') ; ['H', 'E']",
                "event.s | ansible.builtin.regex_findall('([A-Z])(.)') ; [('H', 'o'), ('E', 'x')]",
                "'a.b*c' | ansible.builtin.regex_escape ; a\\.b\\*c",
                "event.b | ansible.builtin.ternary('yes', 'no') ; yes",
                "event.e | ansible.builtin.ternary('yes', 'no') ; no",
                "event.n | ansible.builtin.ternary('yes', 'no', 'none') ; none",
                "event.i | ansible.builtin.mandatory ; 5",
                "{'a': 1, 'b': {'c': 1}} | ansible.builtin.combine({'b': {'d': 2}}) ; {'a': 1, 'b': {'d': 2}}",
                "{'a': 1, 'b': {'c': 1}} | ansible.builtin.combine({'b': {'d': 2}}, recursive=true) ; {'a': 1, 'b': {'c': 1, 'd': 2}}",
                "{'a': [1, 2]} | ansible.builtin.combine({'a': [2, 3]}, list_merge='append') ; {'a': [1, 2, 2, 3]}",
                "{'a': [1, 2]} | ansible.builtin.combine({'a': [2, 3]}, list_merge='append_rp') ; {'a': [1, 2, 3]}",
                "{'a': [1, 2]} | ansible.builtin.combine({'a': [2, 3]}, list_merge='prepend') ; {'a': [2, 3, 1, 2]}",
                "{'a': 1} | ansible.builtin.combine({'b': 2}, {'a': 3}) ; {'a': 3, 'b': 2}",
                "{'a': 1, 'b': 2} | ansible.builtin.dict2items ; [{'key': 'a', 'value': 1}, {'key': 'b', 'value': 2}]",
                "{'a': 1} | ansible.builtin.dict2items(key_name='n', value_name='v') ; [{'n': 'a', 'v': 1}]",
                "event.lo | ansible.builtin.items2dict(key_name='n', value_name='v') ; {'b': 1, 'a': 2}",
                "[1, 2, 2] | ansible.builtin.union([2, 3]) ; [1, 2, 3]",
                "[1, 2, 2] | ansible.builtin.intersect([2, 3]) ; [2]",
                "[1, 2, 2] | ansible.builtin.difference([2, 3]) ; [1]",
                "[1, 2] | ansible.builtin.symmetric_difference([2, 3]) ; [1, 3]",
                "[1, [2, [3, none]]] | ansible.builtin.flatten ; [1, 2, 3]",
                "[1, [2, [3]]] | ansible.builtin.flatten(levels=1) ; [1, 2, [3]]",
                "[1, 2] | ansible.builtin.zip(['a', 'b', 'c']) | list ; [(1, 'a'), (2, 'b')]"
            })
    void doesWhatAnsibleDoes(String expression, String text) {
        assertThat(render(expression)).isEqualTo("X" + text + "X");
    }

    @Test
    void writesJsonOverSeveralLines() {
        assertThat(render("{'b': [1], 'a': {}} | ansible.builtin.to_nice_json(indent=2)"))
                .isEqualTo("X{\n  \"a\": {},\n  \"b\": [\n    1\n  ]\n}X");
    }

    @Test
    void givesTheGroupsThatAreAskedFor() {
        assertThat(render("event.s | ansible.builtin.regex_search('([A-Z])([a-z]+)', '\\\\2', '\\\\g<1>')"))
                .isEqualTo("X['ost', 'H']X");
    }

    @Test
    void aShortNameIsToldTheLongOne() {
        assertThatThrownBy(() -> render("event.d | to_json"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("No filter named 'to_json'.")
                .hasMessageContaining("write ansible.builtin.to_json");
    }

    @Test
    void whatIsMandatoryAndMissingFails() {
        assertThatThrownBy(() -> render("event.zzz | ansible.builtin.mandatory('say zzz')"))
                .hasMessageContaining("say zzz");
    }

    @Test
    void aTextThatIsNoJsonIsRefused() {
        assertThatThrownBy(() -> render("'{' | ansible.builtin.from_json")).hasMessageContaining("no JSON");
    }
}
