// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import io.reflexarc.core.http.HttpServers;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One event loop of an {@link Ingress}: the HTTP server and its addresses. */
final class IngressVerticle extends VerticleBase {
    private static final String PATH = "/event-streams/";
    private static final String NO_STREAM = "unknown";

    private final IngressParts parts;
    private final int port;
    /** Connections that have sent no whole request head yet, and the timers that end them. */
    private final Map<HttpConnection, Long> silent = new IdentityHashMap<>();

    private @Nullable HttpServer server;

    /**
     * A server that does not listen yet.
     *
     * @param port as Vert.x wants it: a negative one is a free port that all instances share
     */
    IngressVerticle(IngressParts parts, int port) {
        this.parts = parts;
        this.port = port;
    }

    @Override
    public Future<?> start() {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(parts.config().host())
                .setPort(port)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setIdleTimeout((int) parts.config().patience().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        var reception = new Reception(parts, vertx, context);
        HttpServer made =
                HttpServers.strict(vertx, options, this::admit).requestHandler(request -> route(reception, request));
        server = made;
        return made.listen().onSuccess(listening -> parts.port().set(listening.actualPort()));
    }

    /** Stops accepting and lets what has begun come to its end. */
    @Override
    public Future<?> stop() {
        HttpServer made = server;
        return made == null
                ? Future.succeededFuture()
                : made.shutdown(parts.config().grace().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Two answers and one address: a router would cost more than what it finds. */
    private void route(Reception reception, HttpServerRequest request) {
        heard(request.connection());
        String path = request.path();
        String stream = path != null && path.startsWith(PATH) ? path.substring(PATH.length()) : "/";
        String id = stream.endsWith("/") ? stream.substring(0, stream.length() - 1) : stream;
        if (id.isEmpty() || id.indexOf('/') >= 0) {
            refuse(
                    reception,
                    request,
                    ProblemType.NOT_FOUND,
                    "Events are sent to /event-streams/ and the UUID of the stream.");
        } else if (!request.method().equals(HttpMethod.POST)) {
            request.response().putHeader(HttpHeaders.ALLOW, "POST");
            refuse(reception, request, ProblemType.METHOD_NOT_ALLOWED, "Events are sent to this address with POST.");
        } else {
            reception.receive(request, id);
        }
    }

    private static void refuse(Reception reception, HttpServerRequest request, ProblemType type, String detail) {
        reception.refuse(request, NO_STREAM, new ProblemException(type, detail));
    }

    /** A connection too many is closed, and one that does not get its first request told in time. */
    private void admit(HttpConnection connection) {
        if (parts.connections().incrementAndGet() > parts.config().maxConnections()) {
            connection.close();
        }
        silent.put(connection, vertx.setTimer(parts.config().patience().toMillis(), late -> connection.close()));
        connection.closeHandler(closed -> {
            parts.connections().decrementAndGet();
            heard(connection);
        });
    }

    private void heard(HttpConnection connection) {
        Long timer = silent.remove(connection);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }
}
