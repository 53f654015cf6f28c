// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import io.reflexarc.core.event.EventStreamStore;
import io.reflexarc.core.live.LiveFeed;
import io.reflexarc.core.log.EventLog;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.telemetry.Meters;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.BindException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** The role {@code event-stream}: an HTTP server that takes events, on as many event loops as configured. */
public final class Ingress {
    private static final int STRANGERS_PER_SECOND = 100;
    private static final int COUNTS_MILLIS = 1_000;
    private static final int TOTALS_MILLIS = 3_000;
    /** For Vert.x: a free port, the same for all instances of a deployment. */
    private static final int ANY_PORT = -1;

    private final Vertx vertx;
    private final IngressParts parts;
    private final List<Long> timers = new ArrayList<>();
    private String deployment = "";

    /**
     * An ingress that does not listen yet.
     *
     * @param process name of this process in live reports
     * @param streams where streams are configured
     * @param log takes the events
     * @param feed is told what arrived
     * @param meters count and time
     * @param clock stamps arrivals
     * @param random makes ids; safe for any thread
     */
    public Ingress(
            Vertx vertx,
            IngressConfig config,
            String process,
            EventStreamStore streams,
            EventLog log,
            LiveFeed feed,
            Meters meters,
            InstantSource clock,
            RandomGenerator random) {
        this.vertx = vertx;
        this.parts = new IngressParts(
                config,
                streams,
                log,
                new ArrivalReports(process, feed, meters, streams, clock),
                new RequestTap(feed, streams),
                meters,
                clock,
                random,
                new RateLimits(config.requestsPerSecond()),
                new RateLimit(STRANGERS_PER_SECOND),
                new AtomicLong(),
                new AtomicInteger(),
                new AtomicInteger());
    }

    /** Listens; completes with the port. */
    public Future<Integer> start() {
        int port = parts.config().port() == 0 ? ANY_PORT : parts.config().port();
        var options = new DeploymentOptions().setInstances(parts.config().eventLoops());
        return vertx.deployVerticle(() -> new IngressVerticle(parts, port), options)
                .map(id -> {
                    deployment = id;
                    timers.add(vertx.setPeriodic(COUNTS_MILLIS, tick -> publish()));
                    timers.add(vertx.setPeriodic(TOTALS_MILLIS, tick -> storeTotals()));
                    return parts.port().get();
                })
                .recover(cause -> Future.failedFuture(cause instanceof BindException ? taken(cause) : cause));
    }

    private ProblemException taken(Throwable cause) {
        return new ProblemException(
                ProblemType.CONFLICT,
                "Events cannot be received on " + parts.config().host() + ":"
                        + parts.config().port() + ": " + cause.getMessage() + ". Choose another port or address.",
                cause);
    }

    /** Stops accepting, lets unfinished requests end, writes the last counts. */
    public Future<Void> stop() {
        timers.forEach(vertx::cancelTimer);
        timers.clear();
        String deployed = deployment;
        deployment = "";
        if (deployed.isEmpty()) {
            return Future.succeededFuture();
        }
        return vertx.undeploy(deployed).eventually(() -> {
            parts.reports().publishCounts();
            return storeTotals();
        });
    }

    private void publish() {
        parts.reports().publishCounts();
        parts.tap().next();
    }

    private Future<Void> storeTotals() {
        return Future.join(parts.reports().storeTotals(), parts.tap().store()).mapEmpty();
    }
}
