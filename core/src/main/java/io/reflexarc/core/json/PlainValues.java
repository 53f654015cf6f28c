// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a document into maps, lists and scalars, as the codec would, at half the cost: every event is read this way once.
 * Names that stand twice are found by the map that takes them instead of by a set of their own.
 */
final class PlainValues {
    private PlainValues() {}

    static Map<String, Object> object(byte[] json) throws IOException {
        try (JsonParser in = Json.own().getFactory().createParser(json)) {
            in.disable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonParseException(in, "an object is expected");
            }
            Map<String, Object> object = object(in);
            if (in.nextToken() != null) {
                throw new JsonParseException(in, "something follows the object");
            }
            return object;
        }
    }

    @SuppressWarnings("NullAway") // JSON's null is a value
    private static Map<String, Object> object(JsonParser in) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            int before = object.size();
            object.put(name, value(in, in.nextToken()));
            if (object.size() == before) {
                throw new JsonParseException(in, "Duplicate field '" + name + "'");
            }
        }
        return object;
    }

    @SuppressWarnings("NullAway") // JSON's null is a value
    private static List<Object> list(JsonParser in) throws IOException {
        List<Object> list = new ArrayList<>();
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            list.add(value(in, token));
        }
        return list;
    }

    private static @Nullable Object value(JsonParser in, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(in);
            case START_ARRAY -> list(in);
            case VALUE_STRING -> in.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> in.getNumberValue();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            case VALUE_EMBEDDED_OBJECT, FIELD_NAME, END_OBJECT, END_ARRAY, NOT_AVAILABLE ->
                throw new JsonParseException(in, "a value is expected");
        };
    }
}
