// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** What attacks are aimed at: a stream and an activation of their own, and ways to see whether these still work. */
final class Prey {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Stage stage;
    private final Cluster.Stream stream;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .build();
    private final AtomicInteger pings = new AtomicInteger();

    Prey(Stage stage) {
        this.stage = stage;
        stream = stage.cluster().stream("prey");
        stage.cluster().activation("prey", """
                - name: Prey
                  hosts: all
                  sources:
                    - name: events
                      ansible.eda.webhook: {port: 5000}
                  rules:
                    - name: Ping
                      condition: event.payload.ping is defined and event.payload.ping != ""
                      action:
                        http_request:
                          url: "http://127.0.0.1:%d/ping"
                          body: {id: "{{ event.payload.ping }}", rule: ping}
                          expected_status: [204]
                          retries: 50
                    - name: Text
                      condition: event.payload.text is search("needle") or event.payload.number > 1.5
                      action:
                        debug:
                """.formatted(stage.target().port()), stream);
    }

    Stage stage() {
        return stage;
    }

    Cluster.Stream stream() {
        return stream;
    }

    Rest rest() {
        return stage.cluster().rest();
    }

    /** Posts to the stream, with further headers. */
    HttpResponse<String> send(byte[] body, Map<String, String> headers) throws IOException {
        return send(stream, body, headers);
    }

    /** Posts to another stream. */
    HttpResponse<String> send(Cluster.Stream to, byte[] body, Map<String, String> headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(to.url()))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + to.token())
                .POST(BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> send(String body) throws IOException {
        return send(body.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/json"));
    }

    /** Sends these bytes on a connection of their own; answers the first line that came back, or empty when none came. */
    Optional<String> raw(byte[] bytes, Duration patience) {
        try (Socket socket = connect()) {
            socket.setSoTimeout((int) patience.toMillis());
            Thread.ofVirtual().start(() -> write(socket, bytes));
            return firstLine(socket.getInputStream());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), stage.cluster().ingressPort()),
                20_000);
        return socket;
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // refused before all was sent: what the other side is expected to do
        }
    }

    private static Optional<String> firstLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != -1 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return Optional.of(line.toString().strip()).filter(text -> !text.isEmpty());
    }

    /** Head of a request to the stream without its end, for what no client would send. */
    String head(String more) {
        URI url = URI.create(stream.url());
        return "POST " + url.getPath() + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\nAuthorization: Bearer "
                + stream.token() + "\r\nContent-Type: application/json\r\n" + more;
    }

    /** How long an event takes to its action, in seconds; -1 when that does not happen within a minute. */
    double ping() {
        String name = "ping-" + pings.incrementAndGet() + "-" + UUID.randomUUID();
        long begun = stage.watch().micros();
        boolean taken = Stopwatch.until(
                PATIENCE,
                () -> Stopwatch.holds(() -> send("{\"ping\":\"" + name + "\"}").statusCode() == 202));
        boolean acted = taken && Stopwatch.until(PATIENCE, () -> stage.target().acted(name));
        return acted ? Measures.round((stage.watch().micros() - begun) / 1e6) : -1;
    }
}
