// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.Appended;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/** Writes the two kinds of answer: {@code 202} with the ids, and problems (RFC 9457). */
final class Answers {
    private static final String TYPE_PREFIX = "https://reflexarc.io/problems/";

    private static final int ROOM = 128;

    private Answers() {}

    /** {@code {event_id, event_ids}}; without events the id is null and the list empty. */
    static void accepted(HttpServerRequest request, List<Appended> appended) {
        var text = new StringBuilder(ROOM).append("{\"event_id\":");
        String first = appended.isEmpty() ? "null" : quoted(appended.getFirst());
        text.append(first).append(",\"event_ids\":[");
        for (int n = 0; n < appended.size(); n++) {
            text.append(n == 0 ? first : "," + quoted(appended.get(n)));
        }
        end(request, 202, "application/json", Buffer.buffer(text.append("]}").toString()));
    }

    private static String quoted(Appended one) {
        return '"'
                + new String(
                        JsonStringEncoder.getInstance().quoteAsString(one.id().value()))
                + '"';
    }

    /** What is wrong and what to do about it. */
    static void problem(HttpServerRequest request, ProblemException problem) {
        ProblemType type = problem.type();
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("type", TYPE_PREFIX + type.slug())
                .put("title", type.title())
                .put("status", type.status())
                .put("detail", problem.detail())
                .put("instance", request.path());
        body.set("errors", Json.mapper().valueToTree(problem.errors()));
        int seconds = retryAfter(type);
        if (seconds > 0 && !request.response().headers().contains(HttpHeaders.RETRY_AFTER)) {
            request.response().putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(seconds));
        }
        end(
                request,
                type.status(),
                "application/problem+json",
                Buffer.buffer(JsonText.of(body).bytes()));
    }

    private static int retryAfter(ProblemType type) {
        return switch (type) {
            case TOO_MANY_REQUESTS -> 1;
            case DEPENDENCY_DOWN -> 2;
            case LOG_FULL -> 5;
            case LOG_LOST -> 30;
            case BAD_REQUEST,
                    UNAUTHENTICATED,
                    FORBIDDEN,
                    NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    CONFLICT,
                    GONE,
                    PRECONDITION_FAILED,
                    PAYLOAD_TOO_LARGE,
                    UNSUPPORTED_MEDIA_TYPE,
                    INVALID,
                    RULEBOOK_INVALID,
                    INTERNAL -> 0;
        };
    }

    private static void end(HttpServerRequest request, int status, String mediaType, Buffer body) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(body);
    }
}
