// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import static io.reflexarc.eventstream.ingress.IngressRig.assertProblem;
import static io.reflexarc.eventstream.ingress.IngressRig.await;
import static io.reflexarc.eventstream.ingress.IngressRig.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.event.EventStream;
import io.reflexarc.core.event.Secret;
import io.reflexarc.core.event.StreamCredential;
import io.reflexarc.core.event.StreamLimits;
import io.reflexarc.core.event.StreamType;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.log.EventLog;
import io.reflexarc.core.log.InMemoryEventLog;
import io.reflexarc.core.problem.ProblemException;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is too large, too much, too slow or too odd. */
class LimitsIT {
    private static final int MAX_BODY = 10_000;
    private static final int PER_SECOND = 5;

    private final Vertx vertx = Vertx.vertx();
    private IngressRig rig;
    private EventStream stream;

    @BeforeEach
    void start() {
        use(IngressRig.config().withLimits(MAX_BODY, 1_000));
    }

    private void use(IngressConfig config) {
        EventLog log =
                new InMemoryEventLog(InstantSource.system(), (delay, task) -> {}, InMemoryEventLog.Bounds.DEFAULT);
        await(log.open(new Incarnation(UUID.randomUUID())));
        rig = new IngressRig(vertx, log, config);
        stream = rig.streams.add("s", StreamType.GENERIC, new StreamCredential.Token(new Secret("t"), "X-Token"));
    }

    @AfterEach
    void stop() {
        rig.close();
        await(vertx.close());
    }

    @Test
    void takesABodyOfExactlyTheLimitAndNoLarger() {
        String largest = "\"" + "x".repeat(MAX_BODY - 2) + "\"";

        ids(rig.post(stream, largest, "X-Token", "t"));
        assertProblem(rig.post(stream, largest + " ", "X-Token", "t"), 413, "payload-too-large");
        assertProblem(
                rig.send(rig.to(stream)
                        .header("X-Token", "t")
                        .POST(BodyPublishers.ofInputStream(
                                () -> new ByteArrayInputStream((largest + " ").getBytes(StandardCharsets.UTF_8))))),
                413,
                "payload-too-large");
    }

    @Test
    void endsTheConnectionOfASenderThatGoesOnAfterARefusal() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", rig.port)) {
            send(socket, head("Content-Length: 100000000") + "x".repeat(50_000));

            assertThat(answer(socket)).startsWith("HTTP/1.1 413 ").contains("connection: close");
        }
    }

    @Test
    void refusesARequestWithALengthAndChunksAndReadsNothingAfterIt() throws IOException {
        InboxId inbox = rig.bind(1, stream);
        String hidden = head("Content-Length: 2") + "{}";
        for (String lengths : List.of(
                "Content-Length: 5\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nContent-Length: 5")) {
            try (Socket socket = new Socket("127.0.0.1", rig.port)) {
                send(socket, head(lengths) + "2\r\n{}\r\n0\r\n\r\n" + hidden);

                assertThat(answer(socket)).startsWith("HTTP/1.1 400 ").containsOnlyOnce("HTTP/1.1");
            }
        }
        assertThat(rig.events(inbox)).isEmpty();

        try (Socket socket = new Socket("127.0.0.1", rig.port)) {
            send(socket, head("Transfer-Encoding: chunked") + "2\r\n{}\r\n0\r\n\r\n");
            assertThat(line(socket.getInputStream())).startsWith("HTTP/1.1 202 ");
        }
        assertThat(rig.events(inbox)).hasSize(1);
    }

    @Test
    void tellsASenderThatAsksFirstWhetherItMaySend() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", rig.port)) {
            send(socket, head("Content-Length: 2\r\nExpect: 100-continue\r\nConnection: close"));
            assertThat(line(socket.getInputStream())).isEqualTo("HTTP/1.1 100 Continue");
            send(socket, "{}");
            assertThat(answer(socket)).contains("HTTP/1.1 202 ");
        }
        try (Socket socket = new Socket("127.0.0.1", rig.port)) {
            send(socket, head("Content-Length: 100000\r\nExpect: 100-continue"));
            assertThat(line(socket.getInputStream())).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void refusesWhatIsMoreThanTheRateOfAStream() {
        rig.close();
        use(IngressRig.config().withLimits(MAX_BODY, PER_SECOND));
        EventStream calm =
                rig.streams.add("calm", StreamType.GENERIC, new StreamCredential.Token(new Secret("t"), "X-Token"));
        for (int n = 0; n < 2 * PER_SECOND; n++) {
            ids(rig.post(stream, "{}", "X-Token", "t"));
        }

        HttpResponse<String> tooMany = rig.post(stream, "{}", "X-Token", "t");

        assertProblem(tooMany, 429, "too-many-requests");
        assertThat(tooMany.headers().firstValue("retry-after")).contains("1");
        ids(rig.post(calm, "{}", "X-Token", "t"));
        rig.now.set(IngressRig.NOW.plusSeconds(1));
        ids(rig.post(stream, "{}", "X-Token", "t"));
    }

    @Test
    void aStreamHasLimitsOfItsOwn() {
        EventStream alerts = rig.streams.limited(
                rig.streams.add(
                        "alerts", StreamType.ALERTMANAGER, new StreamCredential.Token(new Secret("t"), "X-Token")),
                new StreamLimits(Optional.of(2), Optional.of(6), Optional.of(200)));
        String four = "{\"alerts\":[{},{},{},{}]}";

        ids(rig.post(alerts, four, "X-Token", "t"));
        HttpResponse<String> tooMany = rig.post(alerts, four, "X-Token", "t");

        assertProblem(tooMany, 429, "too-many-requests");
        assertThat(tooMany.headers().firstValue("retry-after")).contains("1");
        assertProblem(
                rig.post(alerts, "{\"alerts\":[{},{},{},{},{},{},{}]}", "X-Token", "t"), 413, "payload-too-large");
        assertProblem(
                rig.post(alerts, "{\"alerts\":[{\"a\":\"" + "x".repeat(200) + "\"}]}", "X-Token", "t"),
                413,
                "payload-too-large");
        assertProblem(rig.post(alerts, four, "X-Token", "wrong"), 401, "unauthenticated");
        rig.now.set(IngressRig.NOW.plusSeconds(1));
        ids(rig.post(alerts, four, "X-Token", "t"));
        HttpResponse<String> again = rig.post(alerts, four, "X-Token", "t");
        assertThat(again.headers().firstValue("retry-after")).contains("2");
        ids(rig.post(stream, "\"" + "x".repeat(1_000) + "\"", "X-Token", "t"));
    }

    @Test
    void looksUpOnlySoManyIdsThatAreNoStream() {
        ids(rig.post(stream, "{}", "X-Token", "t"));
        rig.now.set(IngressRig.NOW.plusSeconds(3));

        int refused = 0;
        for (int n = 0; n < 220; n++) {
            HttpResponse<String> response =
                    rig.send(rig.to("/event-streams/" + UUID.randomUUID()).POST(BodyPublishers.ofString("{}")));
            refused += response.statusCode() == 429 ? 1 : 0;
        }

        assertThat(refused).isEqualTo(20);
        assertThat(rig.streams.lookups).hasValue(201);
        ids(rig.post(stream, "{}", "X-Token", "t"));
    }

    @Test
    void refusesCompressedBodiesAndOddKeys() {
        assertProblem(
                rig.post(stream, "{}", "X-Token", "t", "Content-Encoding", "gzip"), 415, "unsupported-media-type");
        assertProblem(rig.post(stream, "{}", "X-Token", "t", "Idempotency-Key", "x".repeat(256)), 400, "bad-request");
        assertProblem(
                rig.post(stream, "{}", "X-Token", "t", "Idempotency-Key", "a", "Idempotency-Key", "b"),
                400,
                "bad-request");
    }

    @Test
    void refusesABodyOfTooManyEvents() {
        EventStream alerts = rig.streams.add(
                "alerts", StreamType.ALERTMANAGER, new StreamCredential.Token(new Secret("t"), "X-Token"));

        String group = "{\"alerts\":[" + "{},".repeat(2_000) + "{}]}";

        assertProblem(rig.post(alerts, group, "X-Token", "t"), 413, "payload-too-large");
        assertThat(ids(rig.post(alerts, group.replaceFirst("\\{},", ""), "X-Token", "t")))
                .hasSize(2_000)
                .doesNotHaveDuplicates();
    }

    @Test
    void endsAConnectionThatSendsTooSlowly() throws IOException {
        rig.close();
        use(new IngressConfig(
                "127.0.0.1", 0, 1, MAX_BODY, 10, 10, 1 << 20, 10, Duration.ofMillis(300), Duration.ofSeconds(5)));
        try (Socket silent = new Socket("127.0.0.1", rig.port);
                Socket slowHead = new Socket("127.0.0.1", rig.port);
                Socket slowBody = new Socket("127.0.0.1", rig.port)) {
            sendIfOpen(slowHead, "POST /event-str");
            sendIfOpen(slowBody, head("Content-Length: 100") + "{");

            assertThat(answer(silent)).isEmpty();
            assertThat(answer(slowHead)).isEmpty();
            assertThat(answer(slowBody)).doesNotContain("202");
        }
    }

    @Test
    void closesConnectionsBeyondTheBound() throws IOException {
        rig.close();
        use(new IngressConfig(
                "127.0.0.1", 0, 1, MAX_BODY, 10, 10, 1 << 20, 1, Duration.ofSeconds(30), Duration.ofSeconds(5)));
        try (Socket first = new Socket("127.0.0.1", rig.port)) {
            send(first, head("Content-Length: 2"));
            try (Socket second = new Socket("127.0.0.1", rig.port)) {
                assertThat(answer(second)).isEmpty();
            }
            send(first, "{}");
            assertThat(line(first.getInputStream())).startsWith("HTTP/1.1 202 ");
        }
    }

    @Test
    void refusesMoreBytesThanItMayHoldAndGivesThemBack() throws IOException {
        rig.close();
        use(new IngressConfig(
                "127.0.0.1", 0, 1, MAX_BODY, 10, 100, 1_000, 10, Duration.ofSeconds(30), Duration.ofSeconds(5)));
        String body = "\"" + "x".repeat(798) + "\"";
        try (Socket holding = new Socket("127.0.0.1", rig.port)) {
            send(holding, head("Content-Length: 801") + body);
            HttpResponse<String> other = rig.post(stream, body, "X-Token", "t");
            while (other.statusCode() == 202) {
                other = rig.post(stream, body, "X-Token", "t");
            }
            assertProblem(other, 503, "dependency-down");
        }
        while (rig.post(stream, body, "X-Token", "t").statusCode() != 202) {
            Thread.onSpinWait();
        }
    }

    @Test
    void finishesWhatHasBegunWhenItStops() throws IOException {
        try (Socket begun = new Socket("127.0.0.1", rig.port)) {
            send(begun, head("Content-Length: 2\r\nExpect: 100-continue"));
            assertThat(line(begun.getInputStream())).isEqualTo("HTTP/1.1 100 Continue");
            var stopping = rig.ingress.stop();
            send(begun, "{}");
            assertThat(answer(begun)).contains("HTTP/1.1 202 ");
            await(stopping);
        }
    }

    @Test
    void namesThePortThatItCannotHave() {
        assertThatThrownBy(() -> use(IngressConfig.of("127.0.0.1", rig.port)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.detail()).contains("127.0.0.1:" + rig.port));
    }

    private String head(String headers) {
        return "POST /event-streams/" + stream.uuid() + " HTTP/1.1\r\nHost: localhost\r\nX-Token: t\r\n" + headers
                + "\r\n\r\n";
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** What is sent to a server that has become impatient meanwhile is lost. */
    private static void sendIfOpen(Socket socket, String text) throws IOException {
        try {
            send(socket, text);
        } catch (SocketException e) {
            // Its end is what we wait for
        }
    }

    /** Everything up to the end of the connection. */
    private static String answer(Socket socket) throws IOException {
        socket.setSoTimeout(60_000);
        var answer = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(answer);
        } catch (SocketException e) {
            // Reset: the server had closed it already when we sent our last
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int one = in.read(); one != '\n' && one >= 0; one = in.read()) {
            line.append((char) one);
        }
        return line.toString().strip();
    }
}
