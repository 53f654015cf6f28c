// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.webhook;

import io.reflexarc.core.http.HttpServers;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.source.SourceContext;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.shareddata.LocalMap;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP server that lives as long as a source. Each request is answered on a virtual thread, so that a handler may wait until
 * the log has its event.
 */
final class HttpListener implements AutoCloseable {
    /** As upstream's server: a body of so many bytes is too large. */
    static final int BODY_LIMIT = 1024 * 1024;

    private static final long CLOSE_SECONDS = 5;
    private static final Logger LOGGER = LoggerFactory.getLogger(HttpListener.class);

    private final SourceContext context;
    private final Handler handler;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private Optional<HttpServer> server = Optional.empty();
    private Optional<String> claimed = Optional.empty();

    HttpListener(SourceContext context, Handler handler) {
        this.context = context;
        this.handler = handler;
    }

    /** Returns when requests are taken. */
    void listen(String host, int port, HttpServerOptions options) {
        claim(host, port);
        HttpServer opened = HttpServers.strict(context.resource(Vertx.class), options)
                .requestHandler(this::receive)
                .exceptionHandler(e -> LOGGER.atDebug().setCause(e).log("connection of a webhook ended badly"));
        server = Optional.of(opened);
        try {
            opened.listen(port, host).await();
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw cannotListen(host, port, String.valueOf(e.getMessage()));
        }
        LOGGER.atInfo()
                .addKeyValue("source", context.name())
                .addKeyValue("host", host)
                .addKeyValue("port", opened.actualPort())
                .log("source listens");
    }

    /** Two servers of one Vert.x on one address would otherwise divide the requests between them, and nobody would know. */
    private void claim(String host, int port) {
        String address = host + ":" + port;
        if (port != 0 && addresses().putIfAbsent(address, true) != null) {
            throw cannotListen(host, port, "another source of this process listens there");
        }
        claimed = Optional.of(address);
    }

    private LocalMap<String, Boolean> addresses() {
        return context.resource(Vertx.class).sharedData().getLocalMap(HttpListener.class.getName());
    }

    private static ProblemException cannotListen(String host, int port, String reason) {
        return new ProblemException(
                ProblemType.DEPENDENCY_DOWN,
                "cannot listen on " + host + ":" + port + ": " + reason
                        + "; choose another host or port, or stop who has it");
    }

    private void receive(HttpServerRequest request) {
        Buffer body = Buffer.buffer();
        AtomicBoolean answered = new AtomicBoolean();
        request.handler(part -> {
            if (body.length() < BODY_LIMIT) {
                body.appendBuffer(part);
            } else if (answered.compareAndSet(false, true)) {
                // Nobody waits for the rest
                request.response().putHeader("Connection", "close");
                threads.execute(() -> answer(request, body));
            }
        });
        request.endHandler(end -> {
            if (answered.compareAndSet(false, true)) {
                threads.execute(() -> answer(request, body));
            }
        });
    }

    private void answer(HttpServerRequest request, Buffer body) {
        Answer answer;
        try {
            answer = handler.answer(request, body.getBytes());
        } catch (InterruptedException e) {
            answer = new Answer(503, "the source is stopping");
        } catch (ProblemException e) {
            LOGGER.atWarn()
                    .addKeyValue("source", context.name())
                    .addKeyValue("reason", e.detail())
                    .log("an event was not taken");
            answer = new Answer(e.type().status(), e.detail());
        } catch (RuntimeException e) {
            LOGGER.atError().addKeyValue("source", context.name()).setCause(e).log("an event was not taken");
            answer = new Answer(500, "internal error");
        }
        Answer sent = answer;
        request.response()
                .setStatusCode(sent.status())
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end(sent.text());
    }

    /** Whoever still waits for the log is told that the source is stopping. */
    @Override
    public void close() {
        threads.shutdownNow();
        server.ifPresent(HttpListener::stop);
        claimed.ifPresent(address -> addresses().remove(address));
    }

    /** Waits, so that the address is free for whoever comes next. */
    private static void stop(HttpServer server) {
        try {
            server.close().await(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            LOGGER.atDebug().setCause(e).log("a webhook's server did not close");
        }
    }

    /** What a source does with a request. */
    @FunctionalInterface
    interface Handler {
        Answer answer(HttpServerRequest request, byte[] body) throws InterruptedException;
    }

    /**
     * What the sender is told.
     *
     * @param status code
     * @param text plain text
     */
    record Answer(int status, String text) {}
}
