// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.rulebooks.error.ErrorKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
    private static JsonText json(String yaml) {
        Findings findings = new Findings();
        YamlNode root = YamlReader.read(yaml, findings).orElseThrow();
        assertThat(findings.errors()).isEmpty();
        return JsonText.of(root.json());
    }

    private static RulebookError error(String yaml) {
        Findings findings = new Findings();
        YamlReader.read(yaml, findings);
        assertThat(findings.errors()).hasSize(1);
        assertThat(findings.errors().getFirst().kind()).isEqualTo(ErrorKind.YAML_ERROR);
        return findings.errors().getFirst();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "yes | true",
                "No | false",
                "ON | true",
                "off | false",
                "y | \"y\"",
                "True | true",
                "tRue | \"tRue\"",
                "~ | null",
                "NULL | null",
                "017 | 15",
                "0o17 | \"0o17\"",
                "08 | \"08\"",
                "0x1F | 31",
                "0b11 | 3",
                "1_000 | 1000",
                "-12 | -12",
                "1:30 | 90",
                "1:30:15 | 5415",
                "1:30.5 | 90.5",
                "1.5 | 1.5",
                "1e3 | \"1e3\"",
                "1.0e+3 | 1000.0",
                ".5 | 0.5",
                "-.inf | \"-.inf\"",
                "12345678901234567890123 | 12345678901234567890123",
                "2024-01-31 | \"2024-01-31\"",
                "2024-01-31 10:20:30 | \"2024-01-31 10:20:30\"",
                "'yes' | \"yes\"",
                "!!str 5 | \"5\"",
                "!!int '5' | 5",
                "!!float 5 | 5.0",
                "!vault abc | \"abc\"",
                "'=' | \"=\"",
            })
    void readsWordsAsPyYamlDoes(String yaml, String expected) {
        assertThat(json(yaml)).isEqualTo(JsonText.ofString(expected));
    }

    @Test
    void endsLinesAtTheCharactersThatEndThemInYaml11() {
        assertThat(json("'a \u2028  b'")).isEqualTo(JsonText.ofString("\"a\u2028b\""));
        assertThat(json("'a \u0085  b'")).isEqualTo(JsonText.ofString("\"a b\""));
        assertThat(json("'a\u0085\u0085b'")).isEqualTo(JsonText.ofString("\"a\\nb\""));
    }

    @Test
    void keepsTheCiphertextOfAVault() {
        assertThat(json("a: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\n"))
                .isEqualTo(JsonText.ofString("{\"a\":\"$ANSIBLE_VAULT;1.1;AES256\\n6162\\n\"}"));
    }

    @Test
    void letsOwnKeysWinOverMergedOnesAndFirstMergedOverLater() {
        assertThat(json("""
                a: &a {x: 1, y: 1}
                b: &b {y: 2, z: 2}
                c: {z: 3, <<: [*a, *b]}
                """).tree().get("c"))
                .isEqualTo(JsonText.ofString("{\"x\":1,\"y\":1,\"z\":3}").tree());
    }

    @Test
    void takesTheLastOfTwoEqualKeys() {
        assertThat(json("{a: 1, b: 2, a: 3}").tree())
                .isEqualTo(JsonText.ofString("{\"a\":3,\"b\":2}").tree());
    }

    @Test
    void writesKeysThatAreNoStringsAsJsonDoes() {
        assertThat(json("{on: 1, 5: 2, ~: 3}").tree())
                .isEqualTo(JsonText.ofString("{\"true\":1,\"5\":2,\"null\":3}").tree());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: [", "a: b: c", "- a\nb", "--- 1\n--- 2", "\t- a", "*unknown", "!!python/object:os.system {}",
                "!custom x", "!!set {a}", "{[1]: 2}", "!!int x", "<<: 1", "a: \"\\q\"", "\u0001",
            })
    void refusesWhatIsNoYaml(String yaml) {
        assertThat(error(yaml).message()).isNotBlank();
    }

    @Test
    void namesThePlaceWhereYamlBreaks() {
        assertThat(error("- a: 1\n  b: 'c\n- d").place()).isEqualTo(new Place(3, 4));
    }

    @Test
    void stopsAtSizesThatNobodyWrites() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            String alias = "*a" + (i - 1);
            bomb.append("a%d: &a%d [%s]%n".formatted(i, i, String.join(", ", java.util.Collections.nCopies(9, alias))));
        }

        assertThat(error(bomb.toString()).message()).contains("are its aliases multiplying");
        assertThat(error("[".repeat(100_000)).message()).contains("nested too deeply");
        assertThat(error("- ".repeat(100_000)).message()).contains("nested too deeply");
        assertThat(error("a: &a [*a]").message()).contains("an alias holds itself");
        assertThat(error("#" + "x".repeat(YamlReader.MAX_LENGTH)).message()).contains("longer than");
    }

    @Test
    void keepsNumbersAsLongAsTheyAreReadable() {
        String digits = "9".repeat(2_000);

        assertThat(json(digits).toString())
                .isEqualTo(Json.mapper().valueToTree(digits).toString());
    }
}
