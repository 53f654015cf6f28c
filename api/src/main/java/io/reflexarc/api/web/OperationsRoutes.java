// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.web;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.EventLog;
import io.reflexarc.core.telemetry.HealthCheck;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /health/live}, {@code /health/ready} and {@code /metrics} of any role. Alive means that the process answers; ready
 * means that everything it depends on does. Never blocks, so it suits event loops too.
 */
public final class OperationsRoutes {
    private static final Logger LOGGER = LoggerFactory.getLogger(OperationsRoutes.class);
    private static final long PATIENCE_SECONDS = 2;
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final List<HealthCheck> checks;
    private final EventLog log;
    private final Supplier<String> metrics;

    /**
     * Routes of one role.
     *
     * @param checks dependencies without which it is not ready
     * @param log says what an acknowledgement promises
     * @param metrics text of {@code /metrics}
     */
    public OperationsRoutes(List<HealthCheck> checks, EventLog log, Supplier<String> metrics) {
        this.checks = List.copyOf(checks);
        this.log = log;
        this.metrics = metrics;
    }

    /** Adds the three routes. */
    public void mount(Router router) {
        router.get("/health/live").handler(context -> answer(context, 200, Map.of("status", "live")));
        router.get("/health/ready").handler(this::ready);
        router.get("/metrics")
                .handler(context -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, METRICS_TYPE)
                        .end(metrics.get()));
    }

    private void ready(RoutingContext context) {
        Map<String, Future<?>> asked = new TreeMap<>();
        checks.forEach(check ->
                asked.put(check.name(), patient(() -> check.check().get().<Object>mapEmpty())));
        Future<EventLog.Durability> durability = patient(log::durability);
        List<Future<?>> all = new ArrayList<>(asked.values());
        all.add(durability);
        Future.join(all).onComplete(done -> {
            Map<String, String> found = new TreeMap<>();
            asked.forEach((name, answer) -> found.put(name, answer.succeeded() ? "ok" : "down"));
            List<String> failing = found.keySet().stream()
                    .filter(name -> "down".equals(found.get(name)))
                    .toList();
            failing.forEach(
                    name -> LOGGER.atDebug().addKeyValue("dependency", name).log("is down"));
            Map<String, Object> body = new TreeMap<>();
            body.put("status", failing.isEmpty() ? "ready" : "not ready");
            body.put("checks", found);
            body.put("failing", failing);
            body.put(
                    "durability",
                    durability.succeeded() ? durability.result().name().toLowerCase(Locale.ROOT) : "unknown");
            answer(context, failing.isEmpty() ? 200 : 503, body);
        });
    }

    /** A check that throws, or that never ends, is a check that failed. */
    private static <T> Future<T> patient(Supplier<Future<T>> check) {
        return Future.succeededFuture().compose(start -> check.get()).timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static void answer(RoutingContext context, int status, Object body) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(Buffer.buffer(JsonText.of(body).bytes()));
    }
}
