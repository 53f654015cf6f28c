// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTextCodecTest {
    @Test
    void aDocumentInsideADocumentComesBackAsItWas() {
        var one = new Inner("a", JsonText.ofString("{\"b\":[1,{\"c\":null}]}"));
        var outer = new Outer(List.of(one, one), Optional.of(JsonText.ofString("2")), JsonText.ofString("null"));

        assertThat(JsonText.of(outer).as(Outer.class)).isEqualTo(outer);
    }

    @Test
    void anEmptyOptionalComesBackEmpty() {
        var outer = new Outer(List.of(), Optional.empty(), JsonText.EMPTY_OBJECT);

        assertThat(JsonText.of(outer).as(Outer.class)).isEqualTo(outer);
        assertThat(JsonText.ofString("{\"inners\":[],\"nothing\":{}}").as(Outer.class))
                .isEqualTo(outer);
    }

    record Outer(List<Inner> inners, Optional<JsonText> some, JsonText nothing) {}

    record Inner(String name, JsonText body) {}
}
