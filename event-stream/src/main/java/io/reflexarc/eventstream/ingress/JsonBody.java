// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.problem.FieldError;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A body that is one JSON value (RFC 8259) in UTF-8: read once to see that it is, and kept as the bytes that came, so that no
 * number or text changes on its way into the event.
 *
 * @param bytes the value
 * @param subject a short text at its top, for people; may be empty
 */
record JsonBody(byte[] bytes, String subject) {
    private static final Set<String> SUBJECTS =
            Set.of("title", "subject", "name", "message", "event", "type", "action");
    /** Well below what the codec reads, for an event puts its payload deeper, and a decision the event. */
    private static final int MAX_DEPTH = 128;

    private static final int SUBJECT_LENGTH = 120;

    /** Checks a body; a {@code BAD_REQUEST} names line and column. */
    static JsonBody read(byte[] body) {
        byte[] bytes = withoutByteOrderMark(body);
        requireUtf8(bytes);
        try (JsonParser parser = Json.mapper().getFactory().createParser(bytes)) {
            String subject = scan(parser);
            return new JsonBody(bytes, subject);
        } catch (JsonProcessingException e) {
            throw bad(e.getOriginalMessage(), e.getLocation());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Walks over exactly one value; answers the first text at its top that names it, else its first field with what it holds. */
    private static String scan(JsonParser parser) throws IOException {
        String subject = "";
        String first = "";
        int depth = 0;
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw bad("the body is empty", parser.currentLocation());
        }
        do {
            if (token.isStructStart()) {
                depth++;
                if (depth > MAX_DEPTH) {
                    throw bad("more than " + MAX_DEPTH + " levels of nesting", parser.currentTokenLocation());
                }
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
                requireFinite(parser);
            }
            if (token.isScalarValue() && depth == 1 && subject.isEmpty()) {
                first = first.isEmpty() ? field(parser) : first;
                subject = token == JsonToken.VALUE_STRING ? subject(parser) : "";
            }
            token = parser.nextToken();
        } while (depth > 0);
        if (token != null) {
            throw bad("text after the end of the value", parser.currentTokenLocation());
        }
        return subject.isEmpty() ? first : subject;
    }

    private static String field(JsonParser parser) throws IOException {
        String name = parser.currentName();
        return name == null ? "" : shortened(name + ": " + parser.getText());
    }

    private static String subject(JsonParser parser) throws IOException {
        String name = parser.currentName();
        return name != null && SUBJECTS.contains(name) ? shortened(parser.getText()) : "";
    }

    /** A text for people, not too long. */
    static String shortened(String text) {
        return text.length() <= SUBJECT_LENGTH ? text : text.substring(0, SUBJECT_LENGTH - 1) + "…";
    }

    /** A number that no double holds would be another one for whoever reads the event. */
    private static void requireFinite(JsonParser parser) throws IOException {
        if (!Double.isFinite(parser.getDoubleValue())) {
            throw bad("the number is out of range", parser.currentTokenLocation());
        }
    }

    private static byte[] withoutByteOrderMark(byte[] body) {
        boolean marked = body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF;
        return marked ? Arrays.copyOfRange(body, 3, body.length) : body;
    }

    /** Also rules out UTF-16 and UTF-32, which the parser would guess: no JSON in UTF-8 has a zero byte. */
    private static void requireUtf8(byte[] bytes) {
        int all = 0;
        boolean zero = false;
        for (byte one : bytes) {
            all |= one;
            zero |= one == 0;
        }
        if (zero || (all < 0 && !decodes(bytes))) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "The body is not JSON in UTF-8.");
        }
    }

    /** Only for what is not plain ASCII. */
    private static boolean decodes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static ProblemException bad(String reason, JsonLocation location) {
        String place = location == null ? "1:1" : location.getLineNr() + ":" + location.getColumnNr();
        return new ProblemException(
                ProblemType.BAD_REQUEST,
                "The body is not JSON: line " + place.replace(":", ", column ") + ": " + reason + ".",
                List.of(new FieldError(place, reason)));
    }
}
