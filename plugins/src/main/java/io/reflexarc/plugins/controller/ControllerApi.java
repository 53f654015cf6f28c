// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.controller;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.plugins.outbound.OutboundHttp;
import io.reflexarc.plugins.outbound.OutboundHttp.Answer;
import io.reflexarc.plugins.outbound.OutboundUrl;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The REST API of an automation controller, as far as jobs need it: JSON over HTTP with a token or a password. Reading is
 * repeated when it may fare better; writing only when the controller most likely has not seen it.
 */
final class ControllerApi {
    private static final Set<Integer> READ_AGAIN = Set.of(429, 500, 502, 503, 504);
    private static final Set<Integer> WRITE_AGAIN = Set.of(429, 502, 503);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int BODY_LIMIT = 16_000_000;
    private static final int SHOWN = 300;

    private final Vertx vertx;
    private final OutboundHttp http;
    private final ControllerConfig config;

    ControllerApi(Vertx vertx, OutboundHttp http, ControllerConfig config) {
        this.vertx = vertx;
        this.http = http;
        this.config = config;
    }

    /** Where paths of the API begin: below a gateway's path, or at the controller itself. */
    private String base() {
        String url = config.url().orElseThrow();
        String slashed = url.endsWith("/") ? url : url + "/";
        boolean gateway = !OutboundUrl.parse(slashed).uri().equals("/");
        return slashed + (gateway ? "v2/" : "api/v2/");
    }

    /** A page of the controller's own user interface. */
    String page(String path) {
        return OutboundUrl.parse(config.url().orElseThrow()).origin() + path;
    }

    /** Reads a path below the API's version. */
    JsonNode get(String path) throws IOException, InterruptedException {
        return repeated(HttpMethod.GET, OutboundUrl.parse(base() + path), Optional.empty(), READ_AGAIN);
    }

    /** Reads a path below the API's version with these parameters. */
    JsonNode get(String path, Map<String, String> parameters) throws IOException, InterruptedException {
        return get(path + "?" + query(parameters));
    }

    /** The same without a repetition, for whoever asks again soon anyway. */
    JsonNode getOnce(String path, Map<String, String> parameters) throws IOException, InterruptedException {
        return once(HttpMethod.GET, OutboundUrl.parse(base() + path + "?" + query(parameters)), Optional.empty());
    }

    /** Reads what the controller itself gave as an address. */
    JsonNode follow(String address) throws IOException, InterruptedException {
        return repeated(HttpMethod.GET, resolve(address), Optional.empty(), READ_AGAIN);
    }

    /** Writes to a path below the API's version. */
    JsonNode post(String path, JsonText body) throws IOException, InterruptedException {
        return repeated(HttpMethod.POST, OutboundUrl.parse(base() + path), Optional.of(body), WRITE_AGAIN);
    }

    /** Writes once to what the controller itself gave as an address. */
    JsonNode postOnce(String address, JsonText body) throws IOException, InterruptedException {
        return once(HttpMethod.POST, resolve(address), Optional.of(body));
    }

    /** Waits before the next call after so many failed ones; {@code false} when no further one is due. */
    boolean pause(int failed) throws InterruptedException {
        if (failed >= config.retryAttempts()) {
            return false;
        }
        double millis = config.retryFirst().toMillis() * Math.pow(2, failed - 1d);
        sleep(Duration.ofMillis(
                Math.round(Math.min(millis, config.retryLongest().toMillis()))));
        return true;
    }

    /** Lets time pass. Blocks a virtual thread. */
    @SuppressWarnings("RedundantThrows") // awaiting throws it without saying so
    void sleep(Duration time) throws InterruptedException {
        vertx.timer(Math.max(1, time.toMillis()), TimeUnit.MILLISECONDS).await();
    }

    /** Whether the same write may be tried again. */
    static boolean mayWriteAgain(IOException e) {
        return !(e instanceof Refused refused) || WRITE_AGAIN.contains(refused.status());
    }

    private OutboundUrl resolve(String address) throws IOException {
        OutboundUrl home = OutboundUrl.parse(base());
        OutboundUrl target = home.redirect(address);
        if (!home.sameOrigin(target)) {
            // The token is for the controller and for nobody else
            throw new IOException("the controller points to another server: " + target);
        }
        return target;
    }

    private JsonNode repeated(HttpMethod method, OutboundUrl url, Optional<JsonText> body, Set<Integer> again)
            throws IOException, InterruptedException {
        for (int failed = 1; ; failed++) {
            try {
                return once(method, url, body);
            } catch (IOException e) {
                boolean hopeless = e instanceof Refused refused && !again.contains(refused.status());
                if (hopeless || !pause(failed)) {
                    throw e;
                }
            }
        }
    }

    private JsonNode once(HttpMethod method, OutboundUrl url, Optional<JsonText> body)
            throws IOException, InterruptedException {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .set("Accept", "application/json")
                .set("User-Agent", "Reflexarc");
        authorization().ifPresent(value -> headers.set("Authorization", value));
        body.ifPresent(json -> headers.set("Content-Type", "application/json"));
        Buffer sent = body.map(json -> Buffer.buffer(json.bytes())).orElseGet(Buffer::buffer);
        Answer answer;
        try {
            answer = http.call(method, url, headers, sent, TIMEOUT, BODY_LIMIT);
        } catch (IOException e) {
            throw new IOException(
                    "the controller cannot be reached (" + method + " " + url + "): " + e.getMessage(), e);
        }
        if (answer.status() >= 300) {
            throw new Refused(
                    answer.status(),
                    "the controller answered " + answer.status() + " to " + method + " " + url + shown(answer));
        }
        return json(answer, url);
    }

    private static String shown(Answer answer) {
        String text = answer.body().toString(StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "" : ": " + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text);
    }

    private static JsonNode json(Answer answer, OutboundUrl url) throws IOException {
        if (answer.body().length() == 0) {
            return Json.mapper().createObjectNode();
        }
        try {
            return Json.mapper().readTree(answer.body().getBytes());
        } catch (JsonProcessingException e) {
            throw new IOException("the controller's answer at " + url + " is no JSON", e);
        }
    }

    private Optional<String> authorization() {
        if (config.token().isPresent()) {
            return Optional.of("Bearer " + config.token().get().reveal());
        }
        return config.username()
                .flatMap(name -> config.password().map(password -> {
                    String both = name + ":" + password.reveal();
                    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
                }));
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The controller answered, and the answer was no. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        private final int status;

        Refused(int status, String message) {
            super(message);
            this.status = status;
        }

        int status() {
            return status;
        }
    }
}
