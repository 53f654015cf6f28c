// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import com.fasterxml.jackson.databind.node.ArrayNode;
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

    private Answers() {}

    /** {@code {event_id, event_ids}}; without events the id is null and the list empty. */
    static void accepted(HttpServerRequest request, List<Appended> appended) {
        ObjectNode body = Json.mapper().createObjectNode();
        ArrayNode ids = Json.mapper().createArrayNode();
        appended.forEach(one -> ids.add(one.id().value()));
        body.set("event_id", ids.isEmpty() ? Json.mapper().nullNode() : ids.get(0));
        body.set("event_ids", ids);
        end(request, 202, "application/json", body);
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
        end(request, type.status(), "application/problem+json", body);
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

    private static void end(HttpServerRequest request, int status, String mediaType, ObjectNode body) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(Buffer.buffer(JsonText.of(body).bytes()));
    }
}
