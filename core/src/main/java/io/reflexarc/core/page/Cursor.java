// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.page;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a list goes on, as a text that says nothing to whoever carries it: JSON in base64url (RFC 4648). */
public final class Cursor {
    private Cursor() {}

    /** The text of a place. */
    public static String of(JsonNode place) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(place.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The place of a text; {@code INVALID} when no list can have given it. */
    public static JsonNode read(String text) {
        try {
            return Json.mapper().readTree(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (JacksonException | IllegalArgumentException e) {
            throw wrong();
        }
    }

    /** The list did not give this text, or not in this order. */
    public static ProblemException wrong() {
        return new ProblemException(
                ProblemType.INVALID, "after is a cursor that this list gave, for the same order: begin without it");
    }
}
