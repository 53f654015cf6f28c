// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.api.auth.Passwords;
import io.reflexarc.api.auth.Tokens;
import io.reflexarc.core.account.Role;
import io.reflexarc.core.account.User;
import io.reflexarc.core.json.JsonText;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A server with ports in memory, a user for every role, and a client that waits. */
final class TestSite implements AutoCloseable {
    /** Password of every user; the name is the role. */
    static final String PASSWORD = "correct horse battery staple";

    final TestPorts ports = new TestPorts();
    final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<Role, User> users = new EnumMap<>(Role.class);
    private final Tokens tokens;
    private final ApiVerticle verticle;

    TestSite() {
        this(ports -> {});
    }

    TestSite(Consumer<TestPorts> prepare) {
        prepare.accept(ports);
        ApiContext context = ports.context();
        String hash = new Passwords(new SecureRandom(), TestPorts.ROUNDS).hash(PASSWORD);
        for (Role role : Role.values()) {
            users.put(role, ports.accounts.create(role.label(), role, hash).result());
        }
        tokens = new Tokens(vertx, context.tokenKey(), context.clock(), context.random());
        verticle = new ApiVerticle(context);
        wait(vertx.deployVerticle(verticle, ApiVerticle.deployment()));
    }

    static <T> T wait(io.vertx.core.Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    /** Asks until the answer is the awaited one; generous, for what another thread is about to write. */
    <T> T until(Supplier<T> ask, Predicate<T> awaited) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        T answer = ask.get();
        while (!awaited.test(answer) && System.nanoTime() < end) {
            Thread.onSpinWait();
            answer = ask.get();
        }
        return answer;
    }

    int port() {
        return verticle.port();
    }

    User user(Role role) {
        return Optional.ofNullable(users.get(role)).orElseThrow();
    }

    /** A fresh access token of the user of a role. */
    String token(Role role) {
        return tokens.access(user(role));
    }

    /** A fresh ticket of the user of a role. */
    String ticket(Role role) {
        return tokens.ticket(user(role));
    }

    Answer get(String path, Role role) {
        return send(request(path, role).GET());
    }

    Answer post(String path, Role role, String body) {
        return send(json(path, role, "POST", body));
    }

    Answer patch(String path, Role role, String body) {
        return send(json(path, role, "PATCH", body));
    }

    Answer delete(String path, Role role) {
        return send(request(path, role).DELETE());
    }

    private HttpRequest.Builder json(String path, Role role, String method, String body) {
        return request(path, role)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
    }

    /** A request with the token of a role. */
    HttpRequest.Builder request(String path, Role role) {
        return anonymous(path).header("Authorization", "Bearer " + token(role));
    }

    /** A request of nobody. */
    HttpRequest.Builder anonymous(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        wait(vertx.close());
        client.close();
    }

    /**
     * An answer.
     *
     * @param status HTTP status
     * @param headers of the answer
     * @param text body
     */
    record Answer(int status, HttpHeaders headers, String text) {
        JsonNode json() {
            return JsonText.ofString(text).tree();
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }
}
