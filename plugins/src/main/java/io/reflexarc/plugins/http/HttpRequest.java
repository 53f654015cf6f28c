// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.http;

import io.reflexarc.core.action.Action;
import io.reflexarc.core.action.ActionContext;
import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.RetryPolicy;
import io.reflexarc.core.action.TaskTerms;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.plugins.outbound.OutboundUrl;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Calls a URL. Calls that may do better later (no connection, time-out, 408, 425, 429, 5xx) are repeated with growing delays;
 * every call carries the task's idempotency key and the number of the attempt.
 *
 * @param url http or https
 * @param method default {@code POST} with a body, else {@code GET}
 * @param headers further headers
 * @param body text, sent as it is, or any other value, sent as JSON
 * @param timeout seconds for all of one attempt, default 30
 * @param expectedStatus what counts as success, e.g. {@code 204}, {@code "2xx"}, {@code [200, 404]}; default {@code 2xx}
 * @param followRedirects how many redirects to follow, 0 to 5, default 0
 * @param idempotencyHeader name of the header with the idempotency key, default {@code Idempotency-Key}; {@code ""} sends none
 * @param retries further attempts after the first, default 3
 * @param delay seconds before the second attempt, default 1; each further delay is three times as long, at most a minute
 * @param lock requests with the same lock do not run at the same time, and a later one does not overtake one that is repeated
 */
@Action.Name("http_request")
public record HttpRequest(
        String url,
        Optional<String> method,
        Map<String, String> headers,
        Optional<JsonText> body,
        Optional<Double> timeout,
        Optional<StatusRanges> expectedStatus,
        Optional<Integer> followRedirects,
        Optional<String> idempotencyHeader,
        Optional<Integer> retries,
        Optional<Double> delay,
        Optional<String> lock)
        implements HttpAction {
    private static final double DEFAULT_TIMEOUT = 30;
    private static final double LONGEST_TIMEOUT = 3600;
    private static final int MOST_REDIRECTS = 5;
    private static final int MOST_RETRIES = 100;
    private static final Duration SLACK = Duration.ofSeconds(5);

    /** Headers that belong to the connection and to the client. */
    private static final Set<String> OURS =
            Set.of("host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer", "expect");

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    public HttpRequest {
        require(url != null && !url.isBlank(), "url is missing");
        headers = headers == null ? Map.of() : Map.copyOf(headers);
        body = body.filter(text -> !text.toString().equals("null"));
        method = method.map(name -> name.strip().toUpperCase(Locale.ROOT));
        require(
                method.map(METHODS::contains).orElse(true),
                "method is none of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
        require(between(timeout, 0.001, LONGEST_TIMEOUT), "timeout is not between 0.001 and 3600 seconds");
        require(between(followRedirects, 0, MOST_REDIRECTS), "follow_redirects is not between 0 and 5");
        require(between(retries, 0, MOST_RETRIES), "retries is not between 0 and 100");
        require(between(delay, 0, LONGEST_TIMEOUT), "delay is not between 0 and 3600 seconds");
        for (String name : headers.keySet()) {
            require(!OURS.contains(name.toLowerCase(Locale.ROOT)), "the header " + name + " cannot be set");
        }
        lock = lock.filter(name -> !name.isBlank());
    }

    @Override
    public TaskTerms terms() {
        RetryPolicy usual = RetryPolicy.NETWORK;
        Duration first = delay.map(HttpRequest::seconds).orElse(usual.first());
        Duration longest = first.compareTo(usual.longest()) > 0 ? first : usual.longest();
        RetryPolicy retry = new RetryPolicy(
                retries.map(n -> n + 1).orElse(usual.attempts()), first, usual.factor(), longest, usual.jitter());
        return new TaskTerms(retry, limit().plus(SLACK), lock);
    }

    @Override
    public boolean readsEvents() {
        return false;
    }

    @Override
    public ActionOutcome run(ActionContext context) throws InterruptedException {
        return new HttpExchange(this, context).run();
    }

    @Override
    public Optional<Target> target(ActionContext context) {
        OutboundUrl parsed = target();
        return Optional.of(new Target(parsed.host() + ":" + parsed.port(), true));
    }

    OutboundUrl target() {
        return OutboundUrl.parse(url);
    }

    HttpMethod verb() {
        return HttpMethod.valueOf(method.orElse(body.isPresent() ? "POST" : "GET"));
    }

    StatusRanges expected() {
        return expectedStatus.orElse(StatusRanges.SUCCESS);
    }

    Duration limit() {
        return seconds(timeout.orElse(DEFAULT_TIMEOUT));
    }

    /** Empty when no key is to be sent. */
    Optional<String> keyHeader() {
        String name = idempotencyHeader.orElse("Idempotency-Key").strip();
        return Set.of("", "off", "false", "none").contains(name.toLowerCase(Locale.ROOT))
                ? Optional.empty()
                : Optional.of(name);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private static boolean between(Optional<? extends Number> value, double least, double most) {
        return value.map(Number::doubleValue).map(n -> n >= least && n <= most).orElse(true);
    }

    private static void require(boolean right, String otherwise) {
        if (!right) {
            throw new ProblemException(ProblemType.INVALID, otherwise);
        }
    }
}
