// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TemplatesPropertyTest {
    private static final JsonNode EVENT = JsonText.ofString(
                    "{\"a\":1,\"s\":\"x\",\"l\":[1,\"b\",null],\"d\":{\"k\":2.5}}")
            .tree();
    private static final JsonNode NOTHING = JsonText.EMPTY_OBJECT.tree();

    private final Templates templates = new Templates();

    @Property(tries = 5_000)
    void rendersOrFailsWithAProblemWhateverTheTemplate(@ForAll("shreds") String template) {
        TemplateContext context = TemplateContext.ofEvent(NOTHING, EVENT, 1);
        try {
            JsonNode first = templates.render(JsonText.of(template).tree(), context);
            assertThat(templates.render(JsonText.of(template).tree(), context)).isEqualTo(first);
        } catch (ProblemException e) {
            assertThat(e.detail()).isNotBlank();
        }
    }

    @Property
    void givesEveryStringOfAnEventBackAsDataAmongText(@ForAll String text) {
        TemplateContext context = new TemplateContext(
                NOTHING, Map.of("event", JsonText.of(Map.of("t", text)).tree()), 1);

        assertThat(templates
                        .render(JsonText.of("<{{ event.t }}>").tree(), context)
                        .textValue())
                .isEqualTo("<" + text + ">");
    }

    @Property(tries = 3_000)
    void readsAnyTextAsALiteralOrAsItself(@ForAll("literals") String text) {
        TemplateContext context = new TemplateContext(
                NOTHING, Map.of("event", JsonText.of(Map.of("t", text)).tree()), 1);

        try {
            assertThat(templates.render(JsonText.of("{{ event.t }}").tree(), context))
                    .isNotNull();
        } catch (ProblemException e) {
            assertThat(e.detail()).startsWith("keys must be");
        }
    }

    @Provide
    Arbitrary<String> shreds() {
        return Arbitraries.of(
                        "{{",
                        "}}",
                        "{%",
                        "%}",
                        "{#",
                        "#}",
                        " ",
                        "event",
                        ".a",
                        ".s",
                        ".l",
                        ".d.k",
                        "[0]",
                        "[1:]",
                        "[",
                        "]",
                        "(",
                        ")",
                        "{",
                        "}",
                        "|",
                        "+",
                        "-",
                        "*",
                        "/",
                        "//",
                        "%",
                        "**",
                        "~",
                        "==",
                        "<",
                        ",",
                        ":",
                        "=",
                        "'",
                        "\"",
                        "'q'",
                        "1",
                        "2.5",
                        "if ",
                        "else ",
                        "elif ",
                        "endif",
                        "for x in ",
                        "endfor",
                        "set x = ",
                        "endset",
                        "raw",
                        "endraw",
                        "not ",
                        "and ",
                        "or ",
                        "in ",
                        "is ",
                        "defined",
                        "upper",
                        "list",
                        "join",
                        "map",
                        "sort",
                        "default",
                        "tojson",
                        "length",
                        "range",
                        "x",
                        "None",
                        "true",
                        "\\",
                        "\n",
                        "é",
                        "😀",
                        "items()",
                        "format(1)")
                .list()
                .ofMaxSize(12)
                .map(parts -> "{{ " + String.join("", parts) + " }}");
    }

    @Provide
    Arbitrary<String> literals() {
        return Arbitraries.of(
                        "(", ")", "[", "]", "{", "}", ",", ":", "'", "\"", "a", "1", "0", "_", ".", "e", "-", "+",
                        "True", "None", "r'", "\\", "\\x4", "#", "\n", " ", "0x", "1e5", "u'b'")
                .list()
                .ofMaxSize(10)
                .map(parts -> String.join("", parts));
    }
}
