// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    @Test
    void isReadAsItWasWritten() {
        JsonNode place =
                Json.mapper().createArrayNode().add("rule").add("größer?").add(7);

        assertThat(Cursor.of(place)).matches("[A-Za-z0-9_-]+");
        assertThat(Cursor.read(Cursor.of(place)).toString()).isEqualTo(place.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense!", "bm9uc2Vuc2U"})
    void whatNoListGaveIsRefused(String text) {
        assertThatThrownBy(() -> Cursor.read(text))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.INVALID));
    }
}
