// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.Resources;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.plugins.RecordedContext;
import io.reflexarc.plugins.outbound.NameResolver;
import io.reflexarc.plugins.outbound.OutboundHttp;
import io.reflexarc.plugins.outbound.OutboundPolicy;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two servers on one port: the one at 127.0.0.2 may be called, the one at 127.0.0.1 must never hear from us. */
class HttpRequestIT {
    private static final OutboundPolicy POLICY = OutboundPolicy.PUBLIC_ONLY.allowing("127.0.0.2/32");

    private final Vertx vertx = Vertx.vertx();
    private final ActionTask task = RecordedContext.task("{}", List.of());
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final AtomicInteger forbiddenConnections = new AtomicInteger();
    private final Deque<String> names = new ArrayDeque<>();
    private final AtomicInteger lookups = new AtomicInteger();
    private Consumer<HttpServerRequest> answer = request -> request.response().end();
    private OutboundHttp http = new OutboundHttp(vertx, POLICY);
    private int port;

    @BeforeEach
    void listen() {
        HttpServer allowed = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    seen.add(new Seen(request.method().name(), request.uri(), copy(request), body.toString()));
                    answer.accept(request);
                }));
        port = allowed.listen(0, "127.0.0.2").await().actualPort();
        vertx.createHttpServer()
                .connectionHandler(connection -> forbiddenConnections.incrementAndGet())
                .requestHandler(request -> request.response().end("inside"))
                .listen(port, "127.0.0.1")
                .await();
    }

    @AfterEach
    void close() {
        http.close();
        vertx.close().await();
        assertThat(forbiddenConnections)
                .as("connections to the forbidden address")
                .hasValue(0);
    }

    @Test
    void sendsJsonWithKeyAndAttemptAndKeepsTheAnswer() {
        answer = request -> request.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Set-Cookie", "session=1")
                .putHeader("ETag", "\"7\"")
                .setStatusCode(201)
                .end("{\"id\": 9}");

        ActionOutcome.Succeeded done = (ActionOutcome.Succeeded)
                run(1, "{\"url\": \"%s/jobs?q=1\", \"headers\": {\"X-Team\": \"ops\"}, \"body\": {\"name\": \"x\"}}");

        Seen call = seen.getFirst();
        assertThat(call.method).isEqualTo("POST");
        assertThat(call.uri).isEqualTo("/jobs?q=1");
        assertThat(call.body).isEqualTo("{\"name\":\"x\"}");
        assertThat(call.headers)
                .containsEntry("content-type", "application/json")
                .containsEntry("x-team", "ops")
                .containsEntry("host", "127.0.0.2:" + port)
                .containsEntry("idempotency-key", task.idempotencyKey())
                .containsEntry("reflexarc-attempt", "1");
        assertThat(done.result().object())
                .containsEntry("status", 201)
                .containsEntry("body", Map.of("id", 9))
                .containsEntry("url", "http://127.0.0.2:" + port + "/jobs?…");
        assertThat(done.result().tree().get("headers").has("etag")).isTrue();
        assertThat(done.result().toString()).doesNotContain("session");
    }

    @Test
    void sendsTheSameKeyWithEveryAttempt() {
        answer = request -> request.response()
                .setStatusCode("1".equals(request.getHeader("Reflexarc-Attempt")) ? 503 : 200)
                .putHeader("Retry-After", "7")
                .end();

        ActionOutcome.Failed first = (ActionOutcome.Failed) run(1, "{\"url\": \"%s\"}");
        ActionOutcome second = run(2, "{\"url\": \"%s\"}");

        assertThat(first.retryable()).isTrue();
        assertThat(first.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(first.reason()).contains("answered 503, expected 200-299");
        assertThat(second).isInstanceOf(ActionOutcome.Succeeded.class);
        assertThat(seen)
                .extracting(call -> call.headers.get("idempotency-key"))
                .containsExactly(task.idempotencyKey(), task.idempotencyKey());
    }

    @Test
    void readsARetryAfterThatIsADate() {
        answer = request -> request.response()
                .setStatusCode(429)
                .putHeader("Date", "Sat, 21 Nov 2026 12:00:00 GMT")
                .putHeader("Retry-After", "Sat, 21 Nov 2026 12:01:30 GMT")
                .end();

        assertThat(((ActionOutcome.Failed) run(1, "{\"url\": \"%s\"}")).retryAfter())
                .contains(Duration.ofSeconds(90));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void triesAgainWhatMayDoBetterLater(int status) {
        answer = request -> request.response().setStatusCode(status).end();

        assertThat(((ActionOutcome.Failed) run(1, "{\"url\": \"%s\"}")).retryable())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 304, 400, 401, 403, 404, 409, 410, 422})
    void doesNotRepeatWhatWillNotChange(int status) {
        answer = request -> request.response().setStatusCode(status).end("no");

        ActionOutcome.Failed failed = (ActionOutcome.Failed) run(1, "{\"url\": \"%s\"}");

        assertThat(failed.retryable()).isFalse();
        assertThat(failed.result().object()).containsEntry("status", status);
    }

    @Test
    void triesAgainWhenNobodyListensOrTheNameIsUnknownOrTheAnswerIsLate() {
        answer = request -> {};
        http = new OutboundHttp(vertx, new HttpClientOptions(), POLICY, host -> {
            if (host.equals("nowhere.test")) {
                throw new UnknownHostException(host);
            }
            return NameResolver.system().resolve(host);
        });

        ActionOutcome.Failed late = (ActionOutcome.Failed) run(1, "{\"url\": \"%s\", \"timeout\": 0.3}");
        ActionOutcome.Failed unheard =
                (ActionOutcome.Failed) run(1, "{\"url\": \"http://127.0.0.2:1/\", \"timeout\": 5}");
        ActionOutcome.Failed unknown = (ActionOutcome.Failed) run(1, "{\"url\": \"http://nowhere.test/\"}");

        assertThat(late.retryable()).isTrue();
        assertThat(late.reason()).contains("no answer within");
        assertThat(unheard.retryable()).isTrue();
        assertThat(unheard.reason()).contains("Connection refused");
        assertThat(unknown.retryable()).isTrue();
        assertThat(unknown.reason()).contains("the host is unknown");
    }

    @Test
    void keepsAtMost64KilobytesOfTheBody() {
        answer = request -> request.response().end("x".repeat(1_000_000));

        ActionOutcome.Succeeded done = (ActionOutcome.Succeeded) run(1, "{\"url\": \"%s\"}");

        assertThat(done.result().object()).containsEntry("body_cut", true);
        assertThat(done.result().tree().get("body").textValue()).hasSize(65_536);
    }

    @Test
    void masksItsOwnSecretsInWhatComesBack() {
        answer = request -> request.response()
                .end("you said " + request.getHeader("Authorization") + " and " + request.getHeader("X-Api-Key"));

        String arguments = "{\"url\": \"%s/?token=querysecret\", \"headers\": {\"Authorization\": \"Bearer s3cr3t\","
                + " \"X-Api-Key\": \"k3yk3y\"}}";
        RecordedContext context = context(1);
        ActionOutcome.Succeeded done = (ActionOutcome.Succeeded) run(context, arguments);

        assertThat(seen.getFirst().headers).containsEntry("authorization", "Bearer s3cr3t");
        assertThat(done.result().toString() + context.output())
                .doesNotContain("s3cr3t")
                .doesNotContain("k3yk3y")
                .doesNotContain("querysecret")
                .contains("Bearer ******");
    }

    @Test
    void leavesTheKeyOutOrRenamesItWhenTold() {
        run(1, "{\"url\": \"%s\", \"idempotency_header\": \"\"}");
        run(1, "{\"url\": \"%s\", \"idempotency_header\": \"X-Request-Id\"}");

        assertThat(seen.get(0).headers).doesNotContainKey("idempotency-key");
        assertThat(seen.get(1).headers).containsEntry("x-request-id", task.idempotencyKey());
    }

    @Test
    void followsRedirectsOnlyWhenToldAndAsFarAsTold() {
        answer = request -> request.response()
                .setStatusCode(302)
                .putHeader("Location", "/" + (Integer.parseInt(request.uri().substring(1)) + 1))
                .end();

        run(1, "{\"url\": \"%s/0\"}");
        assertThat(seen).hasSize(1);
        seen.clear();
        ActionOutcome.Failed tired = (ActionOutcome.Failed) run(1, "{\"url\": \"%s/0\", \"follow_redirects\": 3}");

        assertThat(seen).extracting(Seen::uri).containsExactly("/0", "/1", "/2", "/3");
        assertThat(tired.reason()).contains("answered 302");
    }

    @Test
    void keepsMethodAndBodyWhereTheStatusSaysSo() {
        answer = request -> {
            boolean moved = request.uri().startsWith("/move/");
            request.response()
                    .setStatusCode(moved ? Integer.parseInt(request.uri().substring(6)) : 200)
                    .putHeader("Location", "/there")
                    .end();
        };

        for (int status : List.of(301, 302, 303, 307, 308)) {
            run(1, "{\"url\": \"%s/move/" + status + "\", \"body\": \"text\", \"follow_redirects\": 1}");
        }

        assertThat(seen.stream().filter(call -> call.uri.equals("/there")).map(call -> call.method + call.body))
                .containsExactly("GET", "GET", "GET", "POSTtext", "POSTtext");
    }

    @Test
    void takesNoCredentialsToAnotherOrigin() {
        HttpServer other = vertx.createHttpServer().requestHandler(request -> {
            seen.add(new Seen(request.method().name(), request.uri(), copy(request), ""));
            request.response().end();
        });
        int elsewhere = other.listen(0, "127.0.0.2").await().actualPort();
        answer = request -> request.response()
                .setStatusCode(307)
                .putHeader("Location", "http://127.0.0.2:" + elsewhere + "/")
                .end();

        run(
                1,
                "{\"url\": \"%s\", \"follow_redirects\": 1, \"headers\": {\"Authorization\": \"Bearer s3cr3t\","
                        + " \"Cookie\": \"a=b\", \"X-Custom-Key\": \"v\", \"Accept\": \"text/plain\"}}");

        assertThat(seen.get(1).headers)
                .doesNotContainKeys("authorization", "cookie", "x-custom-key")
                .containsEntry("accept", "text/plain")
                .containsEntry("idempotency-key", task.idempotencyKey());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/",
                "http://localhost:%d/",
                "http://localhost.:%d/",
                "http://0:%d/",
                "http://0x7f.1:%d/",
                "http://2130706433:%d/",
                "http://017700000001:%d/",
                "http://127.1:%d/",
                "http://[::]:%d/",
                "http://[::1]:%d/",
                "http://[::ffff:127.0.0.1]:%d/",
                "http://[::ffff:7f00:1]:%d/",
                "http://0.0.0.0:%d/",
                "http://ok@127.0.0.1:%d/",
                "http://127.0.0.2@127.0.0.1:%d/",
                "http://[64:ff9b::7f00:1]:%d/",
                "http://169.254.169.254:%d/",
                "http://[::ffff:169.254.169.254]:%d/",
                "http://100.100.100.200:%d/",
                "//127.0.0.1:%d/",
                "file:///etc/passwd?%d",
                "gopher://127.0.0.1:%d/"
            })
    void reachesNoForbiddenAddressDirectlyOrByRedirect(String form) {
        String target = form.formatted(port);
        for (int status : List.of(301, 302, 303, 307, 308)) {
            answer = request -> request.response()
                    .setStatusCode(status)
                    .putHeader("Location", target)
                    .end();
            assertThatThrownBy(() -> run(1, "{\"url\": \"%s\", \"follow_redirects\": 5}"))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageStartingWith("egress_denied");
        }

        assertThatThrownBy(() -> run(1, "{\"url\": \"" + target + "\"}"))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("egress_denied");
        assertThat(seen).hasSize(5);
    }

    @Test
    void connectsToTheAddressThatItCheckedWhateverTheNameSaysNext() {
        resolveBy("127.0.0.2", "127.0.0.1", "127.0.0.2,127.0.0.1");
        String arguments = "{\"url\": \"http://rebind.test:%d/\"}".formatted(port);

        assertThat(run(1, arguments)).isInstanceOf(ActionOutcome.Succeeded.class);
        assertThat(lookups).as("one look-up for check and connection").hasValue(1);
        assertThat(seen.getFirst().headers).containsEntry("host", "rebind.test:" + port);

        assertThatThrownBy(() -> run(2, arguments))
                .hasMessageStartingWith("egress_denied: rebind.test has the address");
        assertThatThrownBy(() -> run(3, arguments))
                .hasMessageStartingWith("egress_denied: rebind.test has the address");
        assertThat(seen).hasSize(1);
    }

    @Test
    void checksTheNameAgainAfterARedirect() {
        resolveBy("127.0.0.2", "127.0.0.1");
        answer = request -> request.response()
                .setStatusCode(302)
                .putHeader("Location", "/again")
                .end();

        assertThatThrownBy(
                        () -> run(1, "{\"url\": \"http://rebind.test:%d/\", \"follow_redirects\": 1}".formatted(port)))
                .hasMessageStartingWith("egress_denied");
        assertThat(seen).hasSize(1);
    }

    @Test
    void breaksOffWhenItsThreadIsInterrupted() throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        answer = request -> reached.countDown();
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        Thread action = Thread.ofVirtual().start(() -> {
            try {
                run(1, "{\"url\": \"%s\"}");
            } catch (Throwable e) {
                thrown.add(e);
            }
        });
        reached.await();

        action.interrupt();
        action.join();

        assertThat(thrown).hasSize(1).first().isInstanceOf(InterruptedException.class);
    }

    /** One answer per look-up, each a list of addresses with commas. */
    private void resolveBy(String... answers) {
        names.addAll(List.of(answers));
        NameResolver resolver = host -> {
            lookups.incrementAndGet();
            List<InetAddress> addresses = new ArrayList<>();
            for (String literal : names.remove().split(",", -1)) {
                addresses.add(InetAddress.getByName(literal));
            }
            return addresses;
        };
        http = new OutboundHttp(vertx, new HttpClientOptions(), POLICY, resolver);
    }

    private ActionOutcome run(int attempt, String arguments) {
        return run(context(attempt), arguments);
    }

    private RecordedContext context(int attempt) {
        return new RecordedContext(task, attempt, Optional.empty(), Resources.NONE.with(OutboundHttp.class, http));
    }

    private ActionOutcome run(RecordedContext context, String arguments) {
        JsonText json = JsonText.ofString(arguments.replace("%s", "http://127.0.0.2:" + port));
        try {
            return new ActionCatalogue(List.of(new HttpPlugin()))
                    .decode("http_request", json)
                    .run(context);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw HttpRequestIT.<RuntimeException>unchecked(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Exception> E unchecked(Exception e) throws E {
        throw (E) e;
    }

    private static Map<String, String> copy(HttpServerRequest request) {
        Map<String, String> headers = new TreeMap<>();
        request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        return headers;
    }

    private record Seen(String method, String uri, Map<String, String> headers, String body) {}
}
