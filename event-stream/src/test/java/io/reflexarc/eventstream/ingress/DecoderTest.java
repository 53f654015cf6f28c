// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.event.EventStream;
import io.reflexarc.core.event.Secret;
import io.reflexarc.core.event.StreamCredential;
import io.reflexarc.core.event.StreamType;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final int ROUNDS = 3_000;

    private final Intake intake = new Intake(new Uuid7(InstantSource.fixed(NOW), new Random(1)), 100);

    @Test
    void aBodyIsCalledByWhatNamesItElseByItsFirstField() {
        assertThat(JsonBody.read(utf8("{\"n\": 1, \"name\": \"disk\"}")).subject())
                .isEqualTo("disk");
        assertThat(JsonBody.read(utf8("{\"deep\": {\"name\": 1}, \"greeting\": \"hello\"}"))
                        .subject())
                .isEqualTo("greeting: hello");
        assertThat(JsonBody.read(utf8("{\"lag\": 7}")).subject()).isEqualTo("lag: 7");
        assertThat(JsonBody.read(utf8("[1, 2]")).subject()).isEmpty();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\":1,\"a\":2}",
                "NaN",
                "[Infinity]",
                "-",
                "{a:1}",
                "{'a':1}",
                "1 2",
                "tru",
                "[1e400]",
                "[01]",
                "\"\t\"",
                "// x\n1",
                "\"\\x\"",
                "{}{}",
                "nul",
                "[\"a\" \"b\"]"
            })
    void refusesWhatIsNoJson(String body) {
        for (StreamType type : StreamType.values()) {
            assertBad(type, body.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void refusesOtherEncodingsAndBrokenUtf8() {
        assertBad(StreamType.GENERIC, "{\"a\":1}".getBytes(StandardCharsets.UTF_16));
        assertBad(StreamType.GENERIC, "{\"a\":1}".getBytes(StandardCharsets.UTF_16BE));
        assertBad(StreamType.GENERIC, "\"é\"".getBytes(StandardCharsets.ISO_8859_1));
        assertBad(StreamType.GENERIC, new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'});
    }

    @Test
    void refusesTooDeepNestingAndTakesWhatIsJustNotTooDeep() {
        assertBad(StreamType.GENERIC, "[".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        assertBad(StreamType.ALERTMANAGER, ("[".repeat(129) + "]".repeat(129)).getBytes(StandardCharsets.UTF_8));
        assertThat(take(StreamType.GENERIC, "[".repeat(128) + "]".repeat(128))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "\"x\"", "[]", "{\"\":null}", "\ufeff{\"a\":1}", " [1.0, -0, 1e-5] \n"})
    void takesAnyJsonValueAsThePayload(String body) throws IOException {
        JsonNode event = take(StreamType.GENERIC, body).getFirst();

        assertThat(event.path("payload")).isEqualTo(Json.mapper().readTree(body.replace("\ufeff", "")));
    }

    @Test
    void namesLineAndColumn() {
        assertThatThrownBy(() -> take(StreamType.GENERIC, "{\n\"a\": 1,\n\"a\": 2}"))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.detail()).contains("line 3, column").contains("Duplicate");
                    assertThat(problem.errors())
                            .singleElement()
                            .satisfies(error -> assertThat(error.pointer()).startsWith("3:"));
                });
    }

    @Test
    void cutsAlertsOutOfTheBodyAsTheyCame() {
        String odd = "{ \"labels\" : {\"instance\":\"[2001:db8::1]:9100\",\"n\":1.0} ,\"x\":\"]},{\" }";

        List<JsonNode> events = take(
                StreamType.ALERTMANAGER,
                "{\"a\":{\"alerts\":[9]},\"alerts\": [" + odd + " ,\n{} , 7 ,\"s\", [1] ,null],\"z\":0}");

        assertThat(events)
                .extracting(event -> event.path("alert").toString())
                .containsExactly(
                        odd.replaceAll("\\s+(?=[^a-z])|(?<=[:,{}])\\s+", ""), "{}", "7", "\"s\"", "[1]", "null");
        assertThat(events.getFirst().path("meta").path("hosts")).hasToString("[\"2001:db8::1\"]");
        assertThat(events.get(2).path("meta").path("hosts")).hasToString("[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"web:9100=web", "web=web", "10.0.0.1:9=10.0.0.1", ":9100=", "=", "[::1]=::1"})
    void findsTheHostOfAnInstance(String pair) {
        String instance = pair.substring(0, pair.lastIndexOf('='));
        String host = pair.substring(pair.lastIndexOf('=') + 1);

        JsonNode event = take(
                        StreamType.ALERTMANAGER, "{\"alerts\":[{\"labels\":{\"instance\":\"" + instance + "\"}}]}")
                .getFirst();

        assertThat(event.path("meta").path("hosts")).hasToString(host.isEmpty() ? "[]" : "[\"" + host + "\"]");
    }

    /** Whatever comes, the answer is events that can be read again, or a problem of the sender's. */
    @ParameterizedTest
    @EnumSource(StreamType.class)
    void neverFailsByItself(StreamType type) {
        var random = new Random(42);
        for (int round = 0; round < ROUNDS; round++) {
            String body = json(random, 4);
            if (random.nextInt(3) == 0 && !body.isEmpty()) {
                int at = random.nextInt(body.length());
                body = body.substring(0, at)
                        + (char) (32 + random.nextInt(200))
                        + body.substring(at + random.nextInt(2));
            }
            try {
                for (JsonNode event : take(type, body)) {
                    assertThat(event.path("meta").path("uuid").asText()).hasSize(36);
                }
            } catch (ProblemException problem) {
                assertThat(problem.type()).as(body).isIn(ProblemType.BAD_REQUEST, ProblemType.PAYLOAD_TOO_LARGE);
            }
        }
    }

    private static String json(Random random, int depth) {
        String[] words = {
            "alerts",
            "labels",
            "instance",
            "alertname",
            "fingerprint",
            "startsAt",
            "status",
            "",
            "a\\u0000",
            "grüße 😀",
            "title"
        };
        String word = '"' + words[random.nextInt(words.length)] + '"';
        return switch (random.nextInt(depth > 0 ? 9 : 5)) {
            case 0 -> "null";
            case 1 -> random.nextBoolean() ? "true" : "-1.5e3";
            case 2 -> Long.toString(random.nextLong());
            case 3, 4 -> word;
            case 5 -> "[" + json(random, depth - 1) + " , " + json(random, depth - 1) + "]";
            case 6 -> "{\"alerts\": [" + json(random, depth - 1) + "," + json(random, depth - 1) + " ] }";
            case 7 -> "{" + word + ":" + json(random, depth - 1) + "}";
            default -> "{\"alerts\":[{\"labels\":" + json(random, depth - 1) + ",\"status\":" + word + "}]}";
        };
    }

    private List<JsonNode> take(StreamType type, String body) {
        return take(type, body.getBytes(StandardCharsets.UTF_8));
    }

    private List<JsonNode> take(StreamType type, byte[] body) {
        KnownStream stream = KnownStream.of(new EventStream(
                1,
                new StreamId(UUID.randomUUID()),
                1,
                "s",
                type,
                new StreamCredential.Token(new Secret("t"), "X-Token"),
                true,
                NOW,
                0,
                Optional.empty()));
        var arrival = new Arrival("/event-streams/x", MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(body), NOW);
        return intake.take(stream, arrival).stream()
                .map(taken -> taken.event().body())
                .map(JsonText::tree)
                .toList();
    }

    private void assertBad(StreamType type, byte[] body) {
        assertThatThrownBy(() -> take(type, body))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.BAD_REQUEST));
    }
}
