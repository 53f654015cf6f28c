// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.module.SimpleDeserializers;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.ReferenceType;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
        setDeserializers(new SimpleDeserializers(Map.of(JsonText.class, new OfJsonText())) {
            private static final long serialVersionUID = 1L;

            @Override
            public @Nullable JsonDeserializer<?> findReferenceDeserializer(
                    ReferenceType type,
                    DeserializationConfig config,
                    BeanDescription bean,
                    @Nullable TypeDeserializer typed,
                    @Nullable JsonDeserializer<?> content) {
                return type.hasRawClass(Optional.class) && type.getContentType().hasRawClass(JsonText.class)
                        ? new OfOptional()
                        : null;
            }
        });
    }

    private static final class OfJsonText extends JsonDeserializer<JsonText> {
        @Override
        public JsonText deserialize(JsonParser in, DeserializationContext context) throws IOException {
            // Not the parser's own method: it would find trailing tokens inside the outer document
            return JsonText.of(context.readTree(in));
        }

        @Override
        public JsonText getNullValue(DeserializationContext context) {
            return JsonText.ofString("null");
        }
    }

    /** An empty one is written as {@code null} and must come back empty, not as the document {@code null}. */
    private static final class OfOptional extends JsonDeserializer<Optional<JsonText>> {
        @Override
        public Optional<JsonText> deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return Optional.of(JsonText.of(context.readTree(in)));
        }

        @Override
        public Optional<JsonText> getNullValue(DeserializationContext context) {
            return Optional.empty();
        }

        @Override
        public Optional<JsonText> getAbsentValue(DeserializationContext context) {
            return Optional.empty();
        }
    }
}
