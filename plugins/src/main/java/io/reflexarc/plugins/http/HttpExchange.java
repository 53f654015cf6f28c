// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.action.ActionContext;
import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.plugins.outbound.OutboundHttp;
import io.reflexarc.plugins.outbound.OutboundHttp.Answer;
import io.reflexarc.plugins.outbound.OutboundUrl;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** One attempt of an {@link HttpRequest}: the call, the redirects it may follow, and what the answer means. */
final class HttpExchange {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> WORTH_ANOTHER_TRY = Set.of(408, 425, 429);

    private static final Pattern JSON = Pattern.compile("application/([a-z.+-]+\\+)?json", Pattern.CASE_INSENSITIVE);
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    /** Response headers that tell something and hold no secret. */
    private static final List<String> SHOWN = List.of(
            "content-type", "content-length", "date", "etag", "last-modified", "retry-after", "server", "x-request-id");

    /** Request headers that may go to another origin. */
    private static final Set<String> HARMLESS =
            Set.of("accept", "accept-language", "content-type", "user-agent", "reflexarc-attempt");

    private final HttpRequest request;
    private final ActionContext context;
    private final OutboundHttp http;
    private final Masking masking;
    private MultiMap headers;
    private HttpMethod method;
    private Buffer body;

    HttpExchange(HttpRequest request, ActionContext context) {
        this.request = request;
        this.context = context;
        this.http = context.resource(OutboundHttp.class);
        this.masking = Masking.of(request.headers());
        this.method = request.verb();
        this.body = request.body().map(HttpExchange::bytes).orElseGet(Buffer::buffer);
        this.headers = headers(request, context);
    }

    private static Buffer bytes(JsonText body) {
        JsonNode tree = body.tree();
        return tree.isTextual() ? Buffer.buffer(tree.textValue()) : Buffer.buffer(body.bytes());
    }

    private static MultiMap headers(HttpRequest request, ActionContext context) {
        MultiMap all = MultiMap.caseInsensitiveMultiMap();
        all.set("User-Agent", "Reflexarc");
        request.body()
                .ifPresent(body -> all.set(
                        "Content-Type", body.tree().isTextual() ? "text/plain; charset=utf-8" : "application/json"));
        request.keyHeader().ifPresent(name -> all.set(name, context.idempotencyKey()));
        request.headers().forEach(all::set);
        all.set("Reflexarc-Attempt", Integer.toString(context.attempt()));
        return all;
    }

    ActionOutcome run() throws InterruptedException {
        long end = System.nanoTime() + request.limit().toNanos();
        OutboundUrl url = request.target();
        try {
            for (int followed = 0; ; followed++) {
                context.print(method + " " + url + "\n");
                Duration left = Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
                Answer answer = http.call(method, url, headers, body, left);
                context.print("answered " + answer.status() + "\n");
                Optional<String> location = Optional.ofNullable(answer.headers().get("location"));
                boolean moved = REDIRECTS.contains(answer.status()) && location.isPresent();
                if (!moved || followed >= request.followRedirects().orElse(0)) {
                    return judge(answer, url);
                }
                url = follow(url, url.redirect(location.get()), answer.status());
            }
        } catch (IOException e) {
            return ActionOutcome.Failed.retryable(method + " " + url + ": " + said(e));
        } catch (IllegalArgumentException e) {
            return ActionOutcome.Failed.permanent(method + " " + url + ": " + e.getMessage());
        }
    }

    private static String said(IOException e) {
        return e instanceof java.net.UnknownHostException
                ? "the host is unknown"
                : Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
    }

    /** What a browser would do, but credentials stay with the origin that they are for. */
    private OutboundUrl follow(OutboundUrl from, OutboundUrl to, int status) {
        if (from.ssl() && !to.ssl()) {
            throw new IllegalArgumentException("redirected from https to http, which is not followed");
        }
        MultiMap next = MultiMap.caseInsensitiveMultiMap().addAll(headers);
        if (!from.sameOrigin(to)) {
            headers.names().stream()
                    .filter(name -> !HARMLESS.contains(name.toLowerCase(Locale.ROOT)))
                    .filter(name ->
                            !request.keyHeader().map(name::equalsIgnoreCase).orElse(false))
                    .forEach(next::remove);
        }
        boolean asGet =
                status == 303 ? !method.equals(HttpMethod.HEAD) : status < 303 && method.equals(HttpMethod.POST);
        if (asGet) {
            method = HttpMethod.GET;
            body = Buffer.buffer();
            next.remove("Content-Type");
        }
        headers = next;
        return to;
    }

    private ActionOutcome judge(Answer answer, OutboundUrl url) {
        JsonText result = result(answer, url);
        int status = answer.status();
        if (request.expected().contains(status)) {
            return ActionOutcome.Succeeded.of(result);
        }
        boolean retryable = WORTH_ANOTHER_TRY.contains(status) || status >= 500;
        String reason = method + " " + url + " answered " + status + ", expected " + request.expected();
        return new ActionOutcome.Failed(reason, retryable, retryAfter(answer), result);
    }

    private JsonText result(Answer answer, OutboundUrl url) {
        Map<String, String> shown = new LinkedHashMap<>();
        for (String name : SHOWN) {
            Optional.ofNullable(answer.headers().get(name)).ifPresent(value -> shown.put(name, masking.apply(value)));
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("url", url.toString());
        result.put("status", answer.status());
        result.put("headers", shown);
        result.put("body", body(answer));
        if (answer.cut()) {
            result.put("body_cut", true);
        }
        return JsonText.of(result);
    }

    private Object body(Answer answer) {
        String text =
                masking.apply(answer.body().toString(StandardCharsets.UTF_8)).replace('\0', '\uFFFD');
        String type = Optional.ofNullable(answer.headers().get("content-type")).orElse("");
        if (!answer.cut() && JSON.matcher(type).lookingAt()) {
            try {
                return Json.mapper().readTree(text);
            } catch (IOException e) {
                return text;
            }
        }
        return text;
    }

    private static Optional<Duration> retryAfter(Answer answer) {
        Optional<String> header =
                Optional.ofNullable(answer.headers().get("retry-after")).map(String::strip);
        return header.flatMap(value -> {
            try {
                return SECONDS.matcher(value).matches()
                        ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
                        : Optional.of(Duration.between(date(answer), instant(value)))
                                .filter(wait -> !wait.isNegative());
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        });
    }

    /** The sender's own clock, so that ours need not agree with it. */
    private static Instant date(Answer answer) {
        return instant(Optional.ofNullable(answer.headers().get("date")).orElse(""));
    }

    private static Instant instant(String httpDate) {
        return ZonedDateTime.parse(httpDate, DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant();
    }
}
