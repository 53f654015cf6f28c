// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api;

import io.reflexarc.api.auth.Callers;
import io.reflexarc.api.auth.Tokens;
import io.reflexarc.api.live.LiveHub;
import io.reflexarc.api.live.LiveSocket;
import io.reflexarc.api.openapi.Contract;
import io.reflexarc.api.route.ChangeRecorder;
import io.reflexarc.api.route.ProblemHandler;
import io.reflexarc.api.route.Routes;
import io.reflexarc.api.web.OperationsRoutes;
import io.reflexarc.api.web.SecurityHeaders;
import io.reflexarc.api.web.UserInterface;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The roles {@code api} and {@code live}: REST, user interface, WebSocket, health and metrics on one server. Deploy it with
 * {@link #deployment}: most handlers await, so they run on virtual threads. The server itself is on an event loop, for a
 * WebSocket is accepted there; see {@link LiveSocket#mount}.
 */
public final class ApiVerticle extends VerticleBase {
    private static final Logger LOGGER = LoggerFactory.getLogger(ApiVerticle.class);
    private static final int MAX_BODY = 2 * 1024 * 1024;
    private static final int MAX_HEADERS = 16 * 1024;
    private static final int MAX_LINE = 8 * 1024;
    private static final int IDLE_SECONDS = 120;

    private final ApiContext context;
    private final List<Part> parts;
    private int port;
    private List<Runnable> atStop = List.of();

    private ApiVerticle(ApiContext context, List<Part> parts) {
        this.context = context;
        this.parts = List.copyOf(parts);
    }

    /** The role {@code api}; with the WebSocket when the settings say so. */
    public ApiVerticle(ApiContext context) {
        this(context, context.settings().live() ? List.of(Part.REST, Part.LIVE) : List.of(Part.REST));
    }

    /** The role {@code live} on a port of its own. */
    public static ApiVerticle live(ApiContext context) {
        return new ApiVerticle(context, List.of(Part.LIVE));
    }

    /** How to deploy it. */
    public static DeploymentOptions deployment() {
        return new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
    }

    /** Where it listens, once it does. */
    public int port() {
        return port;
    }

    @Override
    public Future<?> start() {
        ApiContext.Settings settings = context.settings();
        Tokens tokens = new Tokens(vertx, context.tokenKey(), context.clock(), context.random());
        Callers callers = new Callers(context.ports().accounts(), tokens, context.clock());
        LiveHub hub = new LiveHub(
                context.ports().activations(),
                context.ports().audit(),
                context.clock().instant());
        LiveSocket socket = new LiveSocket(
                vertx, hub, context.ports().feed(), tokens, callers, context.clock(), settings.allowedOrigins());
        // The hub also knows the lag that REST shows, so it listens even where nobody may watch.
        atStop = List.of(socket::stop);
        socket.start();
        Router router = Router.router(vertx);
        new ProblemHandler(context.random()).install(router);
        router.route().handler(new SecurityHeaders());
        new OperationsRoutes(context.health(), context.ports().log(), context.metrics()).mount(router);
        if (parts.contains(Part.LIVE)) {
            socket.mount(router);
        }
        if (parts.contains(Part.REST)) {
            rest(router, tokens, callers, hub);
        }
        WebServer server = new WebServer(options(settings), router);
        return vertx.deployVerticle(server).onSuccess(deployed -> {
            port = server.port();
            LOGGER.atInfo()
                    .addKeyValue("host", settings.host())
                    .addKeyValue("port", port)
                    .log("API listens");
        });
    }

    private void rest(Router router, Tokens tokens, Callers callers, LiveHub hub) {
        Endpoints endpoints = Endpoints.of(vertx, context, tokens, hub::lag, hub.taps());
        Context own = vertx.getOrCreateContext();
        router.route("/api/*").handler(BodyHandler.create(false).setBodyLimit(MAX_BODY));
        router.route().handler(request -> own.runOnContext(now -> request.next()));
        new Routes(
                        endpoints.all(),
                        new Contract(endpoints.document()),
                        callers,
                        new ChangeRecorder(context.ports().audit(), context.clock()),
                        context.meters(),
                        context.settings().strict())
                .mount(router);
        context.settings()
                .ui()
                .ifPresent(
                        root -> new UserInterface(root, context.settings().basePath(), context.random()).mount(router));
    }

    private static HttpServerOptions options(ApiContext.Settings settings) {
        return LiveSocket.limit(new HttpServerOptions())
                .setHost(settings.host())
                .setPort(settings.port())
                .setMaxHeaderSize(MAX_HEADERS)
                .setMaxInitialLineLength(MAX_LINE)
                .setIdleTimeout(IDLE_SECONDS)
                .setCompressionSupported(false);
    }

    @Override
    public Future<?> stop() {
        atStop.forEach(Runnable::run);
        return Future.succeededFuture();
    }

    /** What a server carries beside health and metrics. */
    private enum Part {
        REST,
        LIVE
    }
}
