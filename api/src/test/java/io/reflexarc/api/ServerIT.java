// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.Timer;
import io.reflexarc.api.TestSite.Answer;
import io.reflexarc.core.account.Role;
import io.reflexarc.core.telemetry.HealthCheck;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What holds for every route: problems, limits, headers, pages, health. */
class ServerIT {
    private static final String STREAMS = "/api/eda/v1/event-streams/";

    private final AtomicBoolean redis = new AtomicBoolean(true);
    private final TestSite site = new TestSite(ports -> ports.health.addAll(List.of(
            new HealthCheck("postgres", Future::succeededFuture),
            new HealthCheck("redis", () -> redis.get() ? Future.succeededFuture() : Future.failedFuture("refused")))));

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void aWrongBodyNamesEveryWrongPlace() {
        Answer answer = site.post(STREAMS, Role.ADMIN, "{\"name\":\"\",\"event_stream_type\":\"smtp\",\"owner\":1}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.path("type").asText()).isEqualTo("https://reflexarc.io/problems/invalid");
        assertThat(problem.path("title").asText()).isEqualTo("Invalid input");
        assertThat(problem.path("status").asInt()).isEqualTo(422);
        assertThat(problem.path("instance").asText()).isEqualTo(STREAMS);
        assertThat(problem.path("errors").findValuesAsText("pointer"))
                .contains("/name", "/event_stream_type", "/owner");
    }

    @Test
    void aBodyThatIsNoJsonIsRefused() {
        Answer answer = site.post(STREAMS, Role.ADMIN, "{\"name\":\n oops}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).contains("line 2");
        assertThat(site.post(STREAMS, Role.ADMIN, "{\"name\":\"a\",\"name\":\"b\"}")
                        .status())
                .as("a name that stands twice")
                .isEqualTo(400);
        assertThat(site.post(STREAMS, Role.ADMIN, "[1]").status()).isEqualTo(422);
    }

    @Test
    void onlyJsonIsTaken() {
        Answer answer = site.send(site.request(STREAMS, Role.ADMIN)
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"a\"}")));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(site.ports.streams.find(1).result()).isEmpty();
    }

    @Test
    void tooBigABodyIsRefused() {
        Answer answer = site.post(
                "/api/eda/v1/rulebooks/validate/", Role.ADMIN, "{\"rulesets\":\"" + "x".repeat(2_100_000) + "\"}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().path("type").asText()).endsWith("/payload-too-large");
    }

    @Test
    void theQueryIsChecked() {
        for (String query : List.of("page=0", "page_size=201", "page_size=x", "order_by=name", "page=1&page=2")) {
            Answer answer = site.get(STREAMS + "?" + query, Role.ADMIN);
            assertThat(answer.status()).as(query).isEqualTo(422);
        }
        assertThat(site.get("/api/eda/v1/tasks/?state=lost", Role.ADMIN).text()).contains("dead_letter");
    }

    @Test
    void unknownPathsAndMethodsAreProblems() {
        assertThat(site.get("/api/eda/v1/nothing/", Role.ADMIN)
                        .json()
                        .path("type")
                        .asText())
                .endsWith("/not-found");
        Answer method =
                site.send(site.request("/api/eda/v1/changes/", Role.ADMIN).DELETE());
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.json().path("type").asText()).endsWith("/method-not-allowed");
        assertThat(site.get("/api/eda/v1/decisions/not-a-uuid/", Role.ADMIN).status())
                .isEqualTo(404);
    }

    @Test
    void whatIsNotEncodedAsItShouldBeIsTheCallersFault() {
        assertThat(status("/api/eda/v1/event-streams/?name=%zz")).isEqualTo(400);
        assertThat(status("/api/eda/v1/events/%zz/")).isIn(400, 404);
        assertThat(status("/api/eda/v1/events/" + "x".repeat(9_000) + "/")).isEqualTo(414);
    }

    @Test
    void aRequestThatSaysTwiceWhereItEndsIsRefusedAndNothingAfterItIsRead() throws IOException {
        String hidden = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (Socket socket = new Socket("127.0.0.1", site.port())) {
            socket.getOutputStream()
                    .write(("POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
                                    + hidden)
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400 ")
                    .containsOnlyOnce("HTTP/1.1");
        }
    }

    /** A line that a client which checks its input would not send. */
    private int status(String path) {
        try (Socket socket = new Socket("127.0.0.1", site.port())) {
            socket.getOutputStream()
                    .write(("GET " + path
                                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                                    + site.token(Role.ADMIN) + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.split(" ", 3)[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFaultOfOursIsAnIdAndNothingElse() {
        site.ports.audit.fault = new IllegalStateException("secret internals");

        Answer answer = site.get("/api/eda/v1/decisions/", Role.ADMIN);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).doesNotContain("secret internals");
        assertThat(answer.json().path("detail").asText()).matches(".*logged as [0-9a-f]{16}\\.");
    }

    @Test
    void everyAnswerCarriesTheHeadersOfABrowsersSafety() {
        Answer answer = site.get("/api/eda/v1/config/", Role.VIEWER);

        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void pagesGetTheShellWithANonceAndFilesTheirCache() {
        Answer page = site.send(site.anonymous("/decisions/17"));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("shell").doesNotContain("__CSP_NONCE__");
        String nonce = page.text().replaceAll("(?s).*csp-nonce\" content=\"([^\"]+)\".*", "$1");
        assertThat(page.header("Content-Security-Policy"))
                .contains("'nonce-" + nonce + "'", "ws://127.0.0.1:" + site.port())
                .doesNotContain("unsafe-inline");
        assertThat(site.send(site.anonymous("/")).text()).doesNotContain(nonce);

        Answer plain = site.send(site.anonymous("/assets/app-1.js"));
        assertThat(plain.text()).contains("console.log");
        assertThat(plain.header("Cache-Control")).contains("immutable");
        Answer packed = site.send(site.anonymous("/assets/app-1.js").header("Accept-Encoding", "gzip"));
        assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(packed.header("Content-Type")).startsWith("text/javascript");
        assertThat(site.send(site.anonymous("/assets/gone.js")).status()).isEqualTo(404);
        assertThat(site.send(site.anonymous("/assets/..%2f..%2fio/reflexarc/api/ApiVerticle.class"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void readyNamesTheDependencyThatIsDown() {
        Answer ready = site.send(site.anonymous("/health/ready"));
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.json().path("durability").asText()).isIn("strict", "relaxed");

        redis.set(false);
        Answer down = site.send(site.anonymous("/health/ready"));

        assertThat(down.status()).isEqualTo(503);
        assertThat(down.json().path("failing"))
                .singleElement()
                .satisfies(name -> assertThat(name.asText()).isEqualTo("redis"));
        assertThat(down.json().path("checks").path("postgres").asText()).isEqualTo("ok");
        assertThat(site.send(site.anonymous("/health/live")).status()).isEqualTo(200);
        assertThat(site.send(site.anonymous("/metrics")).text()).contains("reflexarc_up 1");
    }

    @Test
    void requestsAreMeasuredByOperationAndStatus() {
        site.get("/api/eda/v1/config/", Role.VIEWER);

        // It is measured when the answer has gone, which may be after it has come
        long end = System.nanoTime() + 60_000_000_000L;
        while (measured() == 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(measured()).isEqualTo(1);
    }

    private long measured() {
        return site
                .ports
                .registry
                .find("reflexarc.api.seconds")
                .tag("operation", "get_config")
                .tag("status", "200")
                .timers()
                .stream()
                .mapToLong(Timer::count)
                .sum();
    }

    @Test
    void theDocumentIsServedToEverybody() {
        Answer document = site.send(site.anonymous("/api/eda/v1/openapi.json"));

        assertThat(document.status()).isEqualTo(200);
        assertThat(document.json().path("openapi").asText()).isEqualTo("3.1.0");
    }
}
