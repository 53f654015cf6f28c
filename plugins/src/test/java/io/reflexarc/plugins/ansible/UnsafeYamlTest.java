// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.json.JsonText;
import org.junit.jupiter.api.Test;

class UnsafeYamlTest {
    @Test
    void tagsEveryStringAndKey() {
        assertThat(yaml("{\"a\": \"{{ b }}\", \"{{ k }}\": [\"x\", {\"why\": \"z\"}]}"))
                .isEqualTo("{? !unsafe \"a\" : !unsafe \"{{ b }}\", ? !unsafe \"{{ k }}\" :"
                        + " [!unsafe \"x\", {? !unsafe \"why\" : !unsafe \"z\"}]}\n");
    }

    @Test
    void keepsNumbersAndLiterals() {
        assertThat(yaml("[1, -2, 12345678901234567890, 1.5, 1e300, true, false, null, {}, []]"))
                .isEqualTo("[!!int \"1\", !!int \"-2\", !!int \"12345678901234567890\", !!float \"1.5\","
                        + " !!float \"1.0E300\", true, false, null, {}, []]\n");
    }

    @Test
    void keepsStringsThatLookLikeSomethingElse() {
        assertThat(
                        yaml(
                                "[\"yes\", \"\", \"~\", \"12\", \"1e5\", \"0x1f\", \"2026-11-21 12:00:00\", \"<<\", \"no\\n\", \"yesterday\", \"1 {{ x }}\"]"))
                .isEqualTo(
                        "[!!str \"yes\", !!str \"\", !!str \"~\", !!str \"12\", !!str \"1e5\", !!str \"0x1f\","
                                + " !!str \"2026-11-21 12:00:00\", !!str \"<<\", !!str \"no\\u000A\", !unsafe \"yesterday\", !unsafe \"1 {{ x }}\"]\n");
    }

    @Test
    void escapesWhatWouldEndTheString() {
        assertThat(yaml("[\"a\\\"b\\\\c\\nd\\u0000\\u2028\\u0085\\u00fc\\ud83d\\ude00\\ud83d\"]"))
                .isEqualTo("[!unsafe \"a\\\"b\\\\c\\u000Ad\\u0000\\u2028\\u0085\\u00FC\\U0001F600\\uFFFD\"]\n");
    }

    private static String yaml(String json) {
        return UnsafeYaml.of(JsonText.ofString(json).tree());
    }
}
