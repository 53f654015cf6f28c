// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Reads a paused request's body within the limits of size, memory and time. */
final class BodyReader {
    private final Vertx vertx;
    private final IngressConfig config;
    private final AtomicLong held;

    /**
     * Reads bodies on one event loop.
     *
     * @param held bytes that all unfinished requests hold together
     */
    BodyReader(Vertx vertx, IngressConfig config, AtomicLong held) {
        this.vertx = vertx;
        this.config = config;
        this.held = held;
    }

    /** Refuses by its head what need not be read. */
    void requireAcceptable(HttpServerRequest request, int most) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && parse(length) > most) {
            throw tooLarge(most);
        }
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the body without a content encoding.");
        }
    }

    private static long parse(String length) {
        try {
            return Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "Content-Length is not a number.");
        }
    }

    /** Reads the whole body and uses it; its bytes count as held until the use has ended. */
    <T> Future<T> read(HttpServerRequest request, int most, Function<Buffer, Future<T>> use) {
        Promise<Buffer> promise = Promise.promise();
        Buffer body = Buffer.buffer();
        Timer timer = patience(request, promise);
        request.handler(chunk -> {
            if (promise.future().isComplete()) {
                return;
            }
            if (body.length() + chunk.length() > most) {
                promise.tryFail(tooLarge(most));
            } else if (held.addAndGet(chunk.length()) > config.maxHeldBytes()) {
                held.addAndGet(-chunk.length());
                promise.tryFail(new ProblemException(
                        ProblemType.DEPENDENCY_DOWN, "Too much is being received at once: send again later."));
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(promise::tryFail);
        request.endHandler(end -> promise.tryComplete(body));
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        request.resume();
        return promise.future()
                .onComplete(done -> timer.cancel())
                .compose(use)
                .onComplete(done -> held.addAndGet(-body.length()));
    }

    /** Begins in the next turn of the event loop: by then most bodies are there and need none. */
    private Timer patience(HttpServerRequest request, Promise<Buffer> promise) {
        Timer timer = new Timer();
        vertx.runOnContext(later -> {
            if (!promise.future().isComplete()) {
                timer.id = vertx.setTimer(config.patience().toMillis(), id -> giveUp(request, promise));
            }
        });
        return timer;
    }

    private void giveUp(HttpServerRequest request, Promise<Buffer> promise) {
        boolean late = promise.tryFail(new ProblemException(
                ProblemType.BAD_REQUEST, "The body did not arrive within " + config.patience() + "."));
        if (late) {
            request.connection().close();
        }
    }

    private static ProblemException tooLarge(int most) {
        return new ProblemException(
                ProblemType.PAYLOAD_TOO_LARGE, "The body is larger than " + most + " bytes: send less at once.");
    }

    /** Set, perhaps, and cancelled on the event loop of its request. */
    private final class Timer {
        private long id = -1;

        void cancel() {
            vertx.cancelTimer(id);
        }
    }
}
