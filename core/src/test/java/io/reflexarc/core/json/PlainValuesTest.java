// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainValuesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":null,\"b\":[],\"c\":{}}",
                "{\"a\":1,\"b\":-2147483649,\"c\":12345678901234567890,\"d\":1.0,\"e\":1e400,\"f\":true,\"g\":[1,[false,{\"h\":\"\\u00e9\\n\"}]]}",
                " {\"z\":1,\"y\":{\"z\":2}} "
            })
    void readsWhatTheCodecReads(String json) throws Exception {
        Map<String, Object> expected = Json.mapper().readValue(json, new TypeReference<>() {});

        Map<String, Object> read = JsonText.ofString(json).object();

        assertThat(read).isEqualTo(expected);
        assertThat(read.keySet()).containsExactlyElementsOf(expected.keySet());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{\"a\":1,\"a\":null}",
                "{\"a\":1} {}",
                "{\"a\":}",
                "{\"a\":[1,}",
                "{\"a\":NaN}"
            })
    void refusesWhatTheCodecRefuses(String json) {
        assertThatThrownBy(() -> JsonText.ofString(json).object()).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void readsWhatWasTakenInAndWrapped() throws Exception {
        String deepest = "{\"a\":".repeat(200) + "1" + "}".repeat(200);
        assertThat(Json.mapper().readTree(deepest).has("a")).isTrue();

        JsonText wrapped = JsonText.ofString("{\"payload\":" + deepest + "}");

        assertThat(wrapped.object()).containsKey("payload");
        assertThat(wrapped.tree().has("payload")).isTrue();
    }

    @Test
    void doesNotFollowEndlessNesting() {
        String deep = "{\"a\":".repeat(5000) + "1" + "}".repeat(5000);

        assertThatThrownBy(() -> JsonText.ofString(deep).object()).isInstanceOf(UncheckedIOException.class);
    }
}
