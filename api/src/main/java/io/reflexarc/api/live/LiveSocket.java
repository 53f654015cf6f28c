// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.live;

import io.reflexarc.api.auth.Callers;
import io.reflexarc.api.auth.Origins;
import io.reflexarc.api.auth.Tokens;
import io.reflexarc.core.account.User;
import io.reflexarc.core.live.LiveFeed;
import io.reflexarc.core.live.LiveUpdate;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Step 13 of the path of an event: the WebSocket {@code /ws} on which browsers watch. Frames are those of
 * {@link LiveRequest} and {@link LiveFrame}. Belongs to the context that starts it, which runs on virtual threads.
 */
public final class LiveSocket {
    /** The only sub-protocol. */
    public static final String PROTOCOL = "v1.json";

    private static final Logger LOGGER = LoggerFactory.getLogger(LiveSocket.class);
    private static final int MAX_MESSAGE = 65_536;
    private static final int CLOSING_SECONDS = 1;
    private static final int MAX_SESSIONS = 1_000;
    private static final int MAX_QUEUE = 1_048_576;
    private static final long FLUSH_MILLIS = 250;
    private static final long TICK_MILLIS = 1_000;
    private static final long CHECK_MILLIS = 4_000;
    private static final long REFRESH_MILLIS = 15_000;
    private static final long PING_MILLIS = 20_000;

    private final Vertx vertx;
    private final LiveHub hub;
    private final LiveFeed feed;
    private final Tokens tokens;
    private final Callers callers;
    private final InstantSource clock;
    private final List<String> origins;
    private final String boot;
    private final Map<ServerWebSocket, LiveSession> sessions = new LinkedHashMap<>();
    private final Map<String, Instant> usedTickets = new HashMap<>();
    private final List<LiveFeed.Subscription> subscriptions = new ArrayList<>();
    private final List<Long> timers = new ArrayList<>();
    private @Nullable Context context;

    /**
     * A socket.
     *
     * @param origins origins beside our own whose pages may open it
     */
    public LiveSocket(
            Vertx vertx,
            LiveHub hub,
            LiveFeed feed,
            Tokens tokens,
            Callers callers,
            InstantSource clock,
            List<String> origins) {
        this.vertx = vertx;
        this.hub = hub;
        this.feed = feed;
        this.tokens = tokens;
        this.callers = callers;
        this.clock = clock;
        this.origins = List.copyOf(origins);
        this.boot = tokens.random().substring(0, 8).replace('-', '_');
    }

    /** What a server that carries the socket must be made with. */
    public static HttpServerOptions limit(HttpServerOptions options) {
        return options.setMaxWebSocketFrameSize(MAX_MESSAGE)
                .setMaxWebSocketMessageSize(MAX_MESSAGE)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                // A client that does not answer the end must not hold up a stop of the server.
                .setWebSocketClosingTimeout(CLOSING_SECONDS)
                .addWebSocketSubProtocol(PROTOCOL);
    }

    /** Begins to listen to the feed. Awaits. */
    public void start() {
        context = vertx.getOrCreateContext();
        timers.add(vertx.setPeriodic(FLUSH_MILLIS, id -> all(session -> session.flush(clock.instant()))));
        timers.add(vertx.setPeriodic(TICK_MILLIS, id -> hub.tick(clock.instant())));
        timers.add(vertx.setPeriodic(PING_MILLIS, id -> all(session -> session.ping(clock.instant()))));
        timers.add(vertx.setPeriodic(CHECK_MILLIS, id -> careful(() -> all(this::check))));
        timers.add(vertx.setPeriodic(REFRESH_MILLIS, id -> careful(this::refresh)));
        subscriptions.add(feed.subscribe(update -> later(() -> hear(update))).await());
        subscriptions.add(feed.onRing("activations", () -> later(() -> careful(this::refresh)))
                .await());
        careful(this::refresh);
    }

    private void later(Runnable task) {
        Objects.requireNonNull(context, "not started").runOnContext(now -> task.run());
    }

    /** A store that does not answer now is asked again soon. */
    private static void careful(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOGGER.atDebug().setCause(e).log("the live feed could not be refreshed");
        }
    }

    /** Ends every session and stops listening. */
    public void stop() {
        timers.forEach(vertx::cancelTimer);
        subscriptions.forEach(LiveFeed.Subscription::cancel);
        sessions.keySet().forEach(socket -> socket.close((short) Outlet.GOING_AWAY, "the server stops"));
    }

    /**
     * Adds the route. The router has to run on an event loop: elsewhere Vert.x answers the upgrade before it can read frames,
     * and what a client sends at once is lost.
     */
    public void mount(Router router) {
        router.get("/ws").handler(this::open);
    }

    private void hear(LiveUpdate update) {
        hub.accept(update, clock.instant());
        if (update instanceof LiveUpdate.RequestsAsked asked) {
            hub.taps().tell(asked.stream()).ifPresent(feed::publish);
        }
    }

    private void refresh() {
        hub.statuses(hub.listed().await());
    }

    private void all(Consumer<LiveSession> what) {
        List.copyOf(sessions.values()).forEach(what);
    }

    /** A changed role or password ends the session within seconds. */
    private void check(LiveSession session) {
        User user = session.user();
        Tokens.Claims claims = new Tokens.Claims(user.id(), user.generation(), "", clock.instant());
        if (callers.of(claims).filter(now -> now.role() == user.role()).isEmpty()) {
            session.expel();
        }
    }

    private void open(RoutingContext request) {
        Context loop = vertx.getOrCreateContext();
        request.request().pause();
        later(() -> {
            try {
                User user = admitted(request);
                loop.runOnContext(now -> accept(request, user));
            } catch (ProblemException e) {
                loop.runOnContext(now -> refuse(request, e.type(), e));
            } catch (RuntimeException e) {
                loop.runOnContext(now -> refuse(request, ProblemType.INTERNAL, e));
            }
        });
    }

    private void accept(RoutingContext request, User user) {
        // Not awaited: a client may send at once, and its first message must find the handlers in place.
        request.request().toWebSocket().onSuccess(socket -> attend(socket, user));
    }

    private static void refuse(RoutingContext request, ProblemType type, RuntimeException why) {
        request.request().resume();
        request.fail(type.status(), why);
    }

    private User admitted(RoutingContext context) {
        String origin = context.request().getHeader(HttpHeaders.ORIGIN);
        if (origin != null && !origins.contains(origin) && !Origins.same(origin, context.request())) {
            throw new ProblemException(ProblemType.FORBIDDEN, "A page of " + origin + " may not watch this server.");
        }
        String upgrade = context.request().getHeader(HttpHeaders.UPGRADE);
        if (!"websocket".equalsIgnoreCase(upgrade)) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "This path is a WebSocket.");
        }
        if (sessions.size() >= MAX_SESSIONS) {
            throw new ProblemException(ProblemType.DEPENDENCY_DOWN, "Too many watch already. Try again later.");
        }
        return caller(context)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.UNAUTHENTICATED,
                        "Bring a ticket from POST /api/eda/v1/live/ticket/: it lives 30 s and works once."));
    }

    private Optional<User> caller(RoutingContext context) {
        String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header != null) {
            return callers.ofHeader(header);
        }
        String ticket = context.request().getParam("ticket");
        return ticket == null ? Optional.empty() : ofTicket(ticket);
    }

    private Optional<User> ofTicket(String ticket) {
        usedTickets.values().removeIf(until -> !until.isAfter(clock.instant()));
        return tokens.readTicket(ticket)
                .await()
                .filter(claims -> usedTickets.putIfAbsent(claims.id(), claims.until()) == null)
                .flatMap(callers::of);
    }

    private void attend(ServerWebSocket socket, User user) {
        socket.setWriteQueueMaxSize(MAX_QUEUE);
        LiveSession session = new LiveSession(boot, hub, user, outlet(socket), this::later, clock.instant());
        later(() -> sessions.put(socket, session));
        socket.closeHandler(closed -> later(() -> sessions.remove(socket)));
        // A message that is too long, or a broken connection: either way this socket is done.
        socket.exceptionHandler(failure -> {
            if (!socket.isClosed()) {
                socket.close((short) Outlet.TOO_BIG, "not readable");
            }
        });
        socket.pongHandler(pong -> later(() -> session.pong(clock.instant())));
        socket.textMessageHandler(text -> later(() -> session.receive(text, clock.instant())));
        socket.binaryMessageHandler(binary -> socket.close((short) Outlet.POLICY, "text only"));
    }

    private static Outlet outlet(ServerWebSocket socket) {
        return new Outlet() {
            @Override
            public void send(String frame) {
                if (!socket.isClosed()) {
                    socket.writeTextMessage(frame);
                }
            }

            @Override
            public boolean full() {
                return !socket.isClosed() && socket.writeQueueFull(); // a closed one throws
            }

            @Override
            public void ping() {
                if (!socket.isClosed()) {
                    socket.writePing(Buffer.buffer("ping"));
                }
            }

            @Override
            public void close(int code, String reason) {
                socket.close((short) code, reason);
            }
        };
    }
}
