// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequiredTextTest {
    private static final String[] PIECES = {
        "a", "b", "ab", "ba", "(", ")", "[", "]", "[^", "|", "*", "+", "?", "{2}", "{0,1}", "^", "$", ".", "\\d", "\\.",
        "\\b", "(?:", "(?i)", "\\Q", "\\E", "-", "&&", "}", "\\x61", "\\1"
    };

    @ParameterizedTest
    @CsvSource({
        "disk-7, disk-7",
        "^disk-7$, disk-7",
        "disk-\\d+ is full, ' is full'",
        "a\\.b, a.b",
        "colou?r, colo",
        "(red|blue) moon, ' moon'",
        "(?:red|blue) moon, ' moon'",
        "red|blue, ''",
        "(?i)red, ''",
        "x[abc]yz, yz",
        ".*, ''"
    })
    void isTheLongestTextThatEveryMatchHolds(String pattern, String required) {
        assertThat(RequiredText.of(pattern, 0)).isEqualTo(required);
        assertThat(RequiredText.of(pattern, Pattern.CASE_INSENSITIVE)).isEmpty();
    }

    @Test
    void nothingMatchesThatDoesNotHoldIt() {
        Random random = new Random(7);
        int found = 0;
        for (int i = 0; i < 30_000; i++) {
            String text = joined(random, 1 + random.nextInt(7));
            Pattern pattern;
            try {
                pattern = Pattern.compile(text);
            } catch (PatternSyntaxException e) {
                continue;
            }
            String required = RequiredText.of(text, 0);
            for (int j = 0; j < 5; j++) {
                String subject = joined(random, random.nextInt(5));
                if (!required.isEmpty() && pattern.matcher(subject).find()) {
                    found++;
                    assertThat(subject).as(text).contains(required);
                }
            }
        }
        assertThat(found).isGreaterThan(1000);
    }

    private static String joined(Random random, int pieces) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
