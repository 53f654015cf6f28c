// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.route;

import io.reflexarc.api.openapi.Problem;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.FieldError;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The only place that writes {@code application/problem+json} (RFC 9457). */
public final class ProblemHandler implements Handler<RoutingContext> {
    /** Its media type. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final Logger LOGGER = LoggerFactory.getLogger(ProblemHandler.class);
    private static final int ID_BYTES = 8;

    private final SecureRandom random;

    /** Makes ids of faults from this source of chance. */
    public ProblemHandler(SecureRandom random) {
        this.random = random;
    }

    /** Answers every failure of a router. */
    public void install(Router router) {
        for (ProblemType type : ProblemType.values()) {
            router.errorHandler(type.status(), this);
        }
    }

    @Override
    public void handle(RoutingContext context) {
        Throwable failure = context.failure();
        if (failure instanceof ProblemException problem) {
            write(context, problem.type(), problem.detail(), instance(context), problem.errors());
        } else if (context.statusCode() >= ProblemType.BAD_REQUEST.status()
                && context.statusCode() < ProblemType.INTERNAL.status()) {
            byStatus(context);
        } else {
            fault(context, failure);
        }
    }

    private void byStatus(RoutingContext context) {
        int status = context.statusCode();
        ProblemType type = Arrays.stream(ProblemType.values())
                .filter(one -> one.status() == status)
                .findFirst()
                .orElse(ProblemType.BAD_REQUEST);
        String place = context.request().method() + " " + context.request().path();
        String detail = switch (type) {
            case NOT_FOUND -> "There is nothing at " + context.request().path() + ".";
            case METHOD_NOT_ALLOWED -> place + " is not possible: this path has other methods.";
            case PAYLOAD_TOO_LARGE -> "The body is larger than this server takes.";
            default -> type.title() + ": " + place + ".";
        };
        write(context, type, detail, instance(context), List.of());
    }

    /** Not foreseen, so a bug: logged once under an id, and nothing of it goes into the answer. */
    private void fault(RoutingContext context, @Nullable Throwable failure) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        LOGGER.atError()
                .setCause(failure)
                .addKeyValue("faultId", id)
                .addKeyValue("method", context.request().method())
                .addKeyValue("path", context.request().path())
                .log("request failed by a fault of ours");
        write(
                context,
                ProblemType.INTERNAL,
                "This is a fault of the server, logged as " + id + ".",
                instance(context) + "#" + id,
                List.of());
    }

    private static String instance(RoutingContext context) {
        String path = context.request().path();
        return path == null ? "" : path;
    }

    private static void write(
            RoutingContext context, ProblemType type, String detail, String instance, List<FieldError> errors) {
        if (context.response().ended() || context.response().closed()) {
            return;
        }
        if (type == ProblemType.UNAUTHENTICATED) {
            context.response().putHeader("WWW-Authenticate", "Bearer");
        }
        if (type.status() == ProblemType.DEPENDENCY_DOWN.status()) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, "2");
        }
        Problem problem =
                new Problem(Problem.TYPE_PREFIX + type.slug(), type.title(), type.status(), detail, instance, errors);
        context.response()
                .setStatusCode(type.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(Buffer.buffer(JsonText.of(problem).bytes()));
    }
}
