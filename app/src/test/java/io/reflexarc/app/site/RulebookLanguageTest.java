// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.site;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.problem.ProblemException;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RulebookLanguageTest {
    private final RulebookLanguage language = new RulebookLanguage(Set.of("http_request"));

    @Test
    void aRulebookThatWaitsForItsVariablesCanBeKept() {
        assertThatCode(() -> language.check(rulebook("event.x > vars.limit"))).doesNotThrowAnyException();
    }

    @Test
    void aMistakeIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> language.check(rulebook("event.x > vars.limit and")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("wrong at 7:");
    }

    private static String rulebook(String condition) {
        return """
                - name: One
                  hosts: all
                  sources:
                    - ansible.eda.webhook: {port: 5000}
                  rules:
                    - name: Rule
                      condition: %s
                      action:
                        debug:
                """.formatted(condition);
    }
}
