// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.event.Secret;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.source.SourceContext;
import io.reflexarc.plugins.webhook.HttpListener.Answer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Answers the requests of a {@link Webhook} with upstream's status codes. */
final class WebhookHandler implements HttpListener.Handler {
    private final SourceContext context;
    private final Optional<Secret> token;
    private final Optional<Signature> signature;

    WebhookHandler(SourceContext context, Optional<Secret> token, Optional<Signature> signature) {
        this.context = context;
        this.token = token;
        this.signature = signature;
    }

    @Override
    public Answer answer(HttpServerRequest request, byte[] body) throws InterruptedException {
        Optional<Answer> refusal = token.flatMap(expected -> unauthorized(request, expected));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (body.length >= HttpListener.BODY_LIMIT) {
            return new Answer(413, "Maximum request body size " + HttpListener.BODY_LIMIT + " exceeded");
        }
        refusal = signature.flatMap(expected -> unsigned(request, expected, body));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (!request.method().equals(HttpMethod.POST)) {
            return new Answer(405, "405: Method Not Allowed");
        }
        Optional<JsonNode> payload = Json.foreign(body);
        if (payload.isEmpty()) {
            return new Answer(400, "Invalid JSON payload");
        }
        String endpoint = Requests.endpoint(request);
        context.emit(Json.mapper()
                .createObjectNode()
                .<ObjectNode>set("payload", payload.get())
                .set("meta", Requests.meta(request, endpoint)));
        return new Answer(200, endpoint);
    }

    private static Optional<Answer> unauthorized(HttpServerRequest request, Secret expected) {
        String header = request.getHeader("Authorization");
        if (header == null) {
            return Optional.of(new Answer(401, "401: Missing authorization token"));
        }
        String[] words = header.strip().split(" ", -1);
        if (words.length != 2 || !sameSecret(words[1], expected)) {
            return Optional.of(new Answer(401, "Invalid authorization token"));
        }
        return words[0].equals("Bearer")
                ? Optional.empty()
                : Optional.of(new Answer(401, "Only Bearer type is accepted"));
    }

    private static boolean sameSecret(String given, Secret expected) {
        return MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8), expected.reveal().getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Answer> unsigned(HttpServerRequest request, Signature expected, byte[] body) {
        String header = request.getHeader(expected.header());
        if (header == null) {
            return Optional.of(new Answer(400, "Signature header not found"));
        }
        return expected.signs(body, header)
                ? Optional.empty()
                : Optional.of(new Answer(401, "HMAC verification failed"));
    }
}
