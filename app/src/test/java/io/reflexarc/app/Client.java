// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A user of the REST API and a sender of events. */
final class Client {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private static final long PATIENCE_SECONDS = 60;

    private final String url;
    private final String token;

    private Client(String url, String token) {
        this.url = url;
        this.token = token;
    }

    static Client login(JsonNode facts) throws Exception {
        JsonNode who = Json.mapper()
                .readTree(Path.of(facts.get("admin_credentials_file").asText()).toFile());
        return login(
                facts.get("url").asText(),
                who.get("username").asText(),
                who.get("password").asText());
    }

    static Client login(String url, String username, String password) throws Exception {
        JsonNode answer =
                new Client(url, "").call("POST", "/api/auth/login", Map.of("username", username, "password", password));
        return new Client(url, answer.get("access_token").asText());
    }

    JsonNode get(String path) throws Exception {
        return call("GET", path, Map.of());
    }

    JsonNode post(String path, Object body) throws Exception {
        return call("POST", path, body);
    }

    /** Runs a rulebook whose source of the same name is this event stream; waits until it runs, and answers the activation. */
    JsonNode activate(String name, String rulesets, JsonNode stream) throws Exception {
        JsonNode rulebook = post("/api/eda/v1/rulebooks/", Map.of("name", name, "rulesets", rulesets));
        JsonNode activation = post(
                "/api/eda/v1/activations/",
                Map.of(
                        "name",
                        name,
                        "rulebook_id",
                        rulebook.get("id").asLong(),
                        "is_enabled",
                        true,
                        "source_mappings",
                        List.of(Map.of(
                                "source_name",
                                name,
                                "event_stream_id",
                                stream.get("id").asLong()))));
        String path = "/api/eda/v1/activations/" + activation.get("id").asLong() + "/";
        eventually("the activation's start", () -> get(path).get("status").asText(), "running"::equals);
        return activation;
    }

    private JsonNode call(String method, String path, Object body) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(30));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (method.equals("POST")) {
            request.header("Content-Type", "application/json");
            request.POST(HttpRequest.BodyPublishers.ofByteArray(Json.mapper().writeValueAsBytes(body)));
        }
        HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(method + " " + path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body().isEmpty()
                ? Json.mapper().nullNode()
                : Json.mapper().readTree(answer.body());
    }

    /** Posts an event as a sender does. */
    static HttpResponse<String> send(String streamUrl, String streamToken, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(streamUrl))
                        .timeout(Duration.ofSeconds(30))
                        .header("Authorization", "Bearer " + streamToken)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    static int status(String url) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** What was asked, where no answer, or one of trouble, is a no. */
    static boolean succeeds(Callable<Boolean> question) {
        try {
            return question.call();
        } catch (Exception e) {
            return false;
        }
    }

    /** Asks until the answer is as wanted; a real process is on the other side, there is no clock to move. */
    static <T> T eventually(String what, Callable<T> question, Predicate<T> wanted) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            T answer = question.call();
            if (wanted.test(answer)) {
                return answer;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError(what + " did not happen; the last answer was " + answer);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
