// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** The product's REST API as a user of it, who logs in again whenever that is needed. */
final class Rest {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final int UNAUTHORIZED = 401;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final String url;
    private final String password;
    private volatile String token = "";

    Rest(String url, String password) {
        this.url = url;
        this.password = password;
    }

    JsonNode get(String path) {
        return done(send("GET", path, Map.of()));
    }

    JsonNode post(String path, Object body) {
        return done(send("POST", path, body));
    }

    /** The answer, whatever it is. */
    HttpResponse<String> send(String method, String path, Object body) {
        HttpResponse<String> answer = once(method, path, body);
        if (answer.statusCode() == UNAUTHORIZED && !path.equals("/api/auth/login")) {
            token = "";
            token = done(once("POST", "/api/auth/login", Map.of("username", "admin", "password", password)))
                    .get("access_token")
                    .asText();
            answer = once(method, path, body);
        }
        return answer;
    }

    private HttpResponse<String> once(String method, String path, Object body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            if (method.equals("GET")) {
                request.GET();
            } else {
                request.header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
            }
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode done(HttpResponse<String> answer) {
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(answer.request().method() + " " + answer.uri() + " answered "
                    + answer.statusCode() + ": " + answer.body());
        }
        return answer.body().isEmpty() ? MissingNode.getInstance() : tree(answer.body());
    }

    static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
