// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * An immutable JSON document as UTF-8 bytes (RFC 8259). Payloads cross every module border in this form and are parsed
 * where they are used, so that nothing is lost or re-typed on the way.
 */
public final class JsonText {
    /** The empty object. */
    public static final JsonText EMPTY_OBJECT = new JsonText("{}".getBytes(StandardCharsets.UTF_8));

    private final byte[] bytes;

    private JsonText(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes bytes that are known to be JSON; they are copied, not checked. */
    public static JsonText ofBytes(byte[] bytes) {
        return new JsonText(bytes.clone());
    }

    /** Takes a string that is known to be JSON; it is not checked. */
    public static JsonText ofString(String json) {
        return new JsonText(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes any value that the codec knows: records, maps, lists, scalars, nodes. */
    public static JsonText of(Object value) {
        try {
            return new JsonText(Json.own().writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "not representable as JSON: " + value.getClass().getName(), e);
        }
    }

    /** A copy of the UTF-8 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Size in bytes. */
    public int size() {
        return bytes.length;
    }

    /** Parses into a tree. */
    public JsonNode tree() {
        try {
            return Json.own().readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Parses into a mutable map of plain Java values: for template contexts and the rule session only. */
    public Map<String, Object> object() {
        try {
            return PlainValues.object(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Parses into a record or another type that the codec knows. */
    public <T> T as(Class<T> type) {
        try {
            return Json.own().readValue(bytes, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonText that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The JSON itself. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
