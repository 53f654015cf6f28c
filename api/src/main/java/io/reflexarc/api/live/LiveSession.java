// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.reflexarc.core.account.User;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.AsyncResult;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client that watches. It holds no queue: each subscription remembers the number of the last row that was sent, and
 * {@link #flush} sends what came after it. A client that does not keep up is skipped, then gets fewer rows or a gap and a
 * new snapshot. Belongs to one context.
 */
final class LiveSession {
    private static final Logger LOGGER = LoggerFactory.getLogger(LiveSession.class);
    private static final int MAX_SUBSCRIPTIONS = 50;
    private static final int MAX_REQUESTS_PER_SECOND = 100;
    private static final int DEFAULT_ROWS = 100;
    private static final int MAX_ROWS = 900;
    private static final Duration STUCK = Duration.ofSeconds(30);
    private static final Duration SILENT = Duration.ofSeconds(60);

    private final String boot;
    private final LiveHub hub;
    private final User user;
    private final Outlet outlet;
    private final Executor context;
    private final Map<Integer, Subscription> subscriptions = new LinkedHashMap<>();
    private Optional<Instant> fullSince = Optional.empty();
    private Instant heard;
    private Instant second;
    private int requests;

    /**
     * A session.
     *
     * @param boot names the life of this process, because numbers of another one mean nothing here
     * @param context runs what has to be done on the session's own context
     */
    LiveSession(String boot, LiveHub hub, User user, Outlet outlet, Executor context, Instant now) {
        this.context = context;
        this.boot = boot;
        this.hub = hub;
        this.user = user;
        this.outlet = outlet;
        this.heard = now;
        this.second = now;
    }

    User user() {
        return user;
    }

    /** The client answered a ping. */
    void pong(Instant now) {
        heard = now;
    }

    /** The client sent something. */
    void receive(String text, Instant now) {
        heard = now;
        if (Duration.between(second, now).toSeconds() >= 1) {
            second = now;
            requests = 0;
        }
        if (++requests > MAX_REQUESTS_PER_SECOND) {
            outlet.close(Outlet.POLICY, "too many requests");
            return;
        }
        int id = 0;
        try {
            LiveRequest request = Json.mapper().readValue(text, LiveRequest.class);
            id = request.id().orElse(0);
            handle(request, id);
        } catch (JsonProcessingException e) {
            refuse(id, new ProblemException(ProblemType.BAD_REQUEST, "Not a request: " + e.getOriginalMessage(), e));
        } catch (ProblemException e) {
            refuse(id, e);
        }
    }

    private void handle(LiveRequest request, int id) {
        switch (request.op()) {
            case SUB -> subscribe(request, id);
            case UNSUB -> subscriptions.remove(id);
            case PAUSE -> found(id).paused = true;
            case RESUME -> found(id).paused = false;
            case PONG -> {}
        }
    }

    private Subscription found(int id) {
        return Optional.ofNullable(subscriptions.get(id))
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no subscription " + id + "."));
    }

    private void subscribe(LiveRequest request, int id) {
        String name = request.ch()
                .orElseThrow(() -> new ProblemException(ProblemType.INVALID, "A subscription names a channel: ch."));
        if (!hub.permission(name).allows(user.role())) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "The role " + user.role().label() + " may not watch " + name + ".");
        }
        if (!subscriptions.containsKey(id) && subscriptions.size() == MAX_SUBSCRIPTIONS) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_REQUESTS,
                    "One connection has at most " + MAX_SUBSCRIPTIONS + " subscriptions.");
        }
        Channel channel = hub.channel(name);
        Filter filter = new Filter(request.filter().orElse(Map.of()));
        filter.unknown(channel.filters()).ifPresent(field -> {
            throw new ProblemException(
                    ProblemType.INVALID, name + " cannot be filtered by " + field + ", only by " + channel.filters());
        });
        int max = Math.clamp(request.max().orElse(name.equals(LiveHub.STATS) ? MAX_ROWS : DEFAULT_ROWS), 1, MAX_ROWS);
        Subscription subscription = new Subscription(id, channel, filter, max);
        subscriptions.put(id, subscription);
        begin(subscription, request.since());
    }

    private void begin(Subscription subscription, Optional<String> since) {
        Optional<Long> seen = since.flatMap(this::number).filter(subscription.channel::covers);
        if (seen.isPresent()) {
            subscription.cursor = seen.get();
            send(subscription, subscription.channel.after(subscription.cursor, subscription.filter));
        } else {
            if (since.isPresent()) {
                gap(subscription);
            }
            snapshot(subscription);
        }
    }

    private Optional<Long> number(String since) {
        if (!since.startsWith(boot + "-") || !since.substring(boot.length() + 1).matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        return Optional.of(Long.parseLong(since.substring(boot.length() + 1)));
    }

    private void snapshot(Subscription subscription) {
        subscription.waiting = true;
        long from = subscription.channel.last();
        // A store completes on a thread of its own; what is sent and remembered belongs to ours.
        subscription
                .channel
                .snapshot(subscription.filter, subscription.max)
                .onComplete(done -> context.execute(() -> snapshot(subscription, from, done)));
    }

    private void snapshot(Subscription subscription, long from, AsyncResult<List<JsonNode>> done) {
        if (subscriptions.get(subscription.id) != subscription) {
            return;
        }
        if (done.failed()) {
            subscriptions.remove(subscription.id);
            LOGGER.atWarn().setCause(done.cause()).log("no snapshot for a live subscription");
            refuse(
                    subscription.id,
                    new ProblemException(ProblemType.DEPENDENCY_DOWN, "There is no snapshot now. Try again."));
            return;
        }
        subscription.waiting = false;
        subscription.cursor = from;
        frame(subscription, LiveFrame.LiveKind.SNAP, done.result(), 0);
    }

    private void gap(Subscription subscription) {
        subscription.cursor = subscription.channel.last();
        frame(subscription, LiveFrame.LiveKind.GAP, List.of(), 0);
    }

    /** Sends what is new; at most one frame for each subscription. */
    void flush(Instant now) {
        if (outlet.full()) {
            Instant began = fullSince.orElse(now);
            fullSince = Optional.of(began);
            if (!now.isBefore(began.plus(STUCK))) {
                outlet.close(Outlet.TRY_AGAIN, "the client does not keep up");
            }
            return;
        }
        fullSince = Optional.empty();
        for (Subscription subscription : List.copyOf(subscriptions.values())) {
            if (outlet.full()) {
                return;
            }
            if (!subscription.paused && !subscription.waiting) {
                flush(subscription);
            }
        }
    }

    private void flush(Subscription subscription) {
        if (!subscription.channel.covers(subscription.cursor)) {
            gap(subscription);
            snapshot(subscription);
            return;
        }
        Channel.Batch batch = subscription.channel.after(subscription.cursor, subscription.filter);
        if (batch.rows().isEmpty() && batch.dropped() == 0) {
            subscription.cursor = batch.upTo();
        } else {
            send(subscription, batch);
        }
    }

    private void send(Subscription subscription, Channel.Batch batch) {
        subscription.cursor = batch.upTo();
        frame(subscription, LiveFrame.LiveKind.DELTA, batch.rows(), batch.dropped());
    }

    private void frame(Subscription subscription, LiveFrame.LiveKind kind, List<JsonNode> rows, long dropped) {
        ArrayNode all = Json.mapper().createArrayNode().addAll(rows);
        String seq = boot + "-" + subscription.cursor;
        outlet.send(JsonText.of(new LiveFrame(subscription.id, kind, seq, all, dropped))
                .toString());
    }

    private void refuse(int id, ProblemException problem) {
        JsonNode error = Json.mapper().valueToTree(new LiveError(problem.type().slug(), problem.detail()));
        ArrayNode rows = Json.mapper().createArrayNode().add(error);
        outlet.send(JsonText.of(new LiveFrame(id, LiveFrame.LiveKind.ERR, "", rows, 0))
                .toString());
    }

    /** Asks whether the client is there, and ends the session of one that has not answered for long. */
    void ping(Instant now) {
        if (now.isAfter(heard.plus(SILENT))) {
            outlet.close(Outlet.GOING_AWAY, "the client does not answer");
        } else {
            outlet.ping();
        }
    }

    /** The user may not watch any more. */
    void expel() {
        outlet.close(Outlet.POLICY, "log in again");
    }

    private static final class Subscription {
        private final int id;
        private final Channel channel;
        private final Filter filter;
        private final int max;
        private long cursor;
        private boolean paused;
        private boolean waiting;

        private Subscription(int id, Channel channel, Filter filter, int max) {
            this.id = id;
            this.channel = channel;
            this.filter = filter;
            this.max = max;
        }
    }
}
