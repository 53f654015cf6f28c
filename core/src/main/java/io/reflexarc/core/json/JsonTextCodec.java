// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;

/** Lets a {@link JsonText} stand inside another document as the value it is, not as a string. */
final class JsonTextCodec extends SimpleModule {
    private static final long serialVersionUID = 1L;

    JsonTextCodec() {
        addSerializer(JsonText.class, new JsonSerializer<>() {
            @Override
            public void serialize(JsonText value, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeRawValue(value.toString());
            }
        });
        addDeserializer(JsonText.class, new JsonDeserializer<>() {
            @Override
            public JsonText deserialize(JsonParser in, DeserializationContext context) throws IOException {
                // Not the parser's own method: it would find trailing tokens inside the outer document
                return JsonText.of(context.readTree(in));
            }

            @Override
            public JsonText getNullValue(DeserializationContext context) {
                return JsonText.ofString("null");
            }
        });
    }
}
