// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.api.endpoint.Access;
import io.reflexarc.api.endpoint.Call;
import io.reflexarc.api.endpoint.Endpoint;
import io.reflexarc.api.endpoint.Output;
import io.reflexarc.core.audit.AuditLog;
import io.reflexarc.core.audit.Change;
import io.reflexarc.core.json.JsonText;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down who changed what. Secrets of an input are masked by their type. */
public final class ChangeRecorder {
    private static final Logger LOGGER = LoggerFactory.getLogger(ChangeRecorder.class);

    private static final int CREATED = 201;

    private final AuditLog audit;
    private final InstantSource clock;

    /** Writes into this audit. */
    public ChangeRecorder(AuditLog audit, InstantSource clock) {
        this.audit = audit;
        this.clock = clock;
    }

    void record(Endpoint<?, ?> endpoint, Call<?> call, Buffer answer) {
        String kind = endpoint.access() instanceof Access.Needs(var permission)
                ? permission.kind().name().toLowerCase(Locale.ROOT)
                : endpoint.tag();
        Change change = new Change(
                clock.instant(),
                call.user().username(),
                verb(endpoint),
                kind,
                object(endpoint, call, answer),
                call.user().organization(),
                JsonText.of(call.input()));
        try {
            audit.record(change).await();
        } catch (RuntimeException e) {
            // The change is done and cannot be taken back: the log keeps what the audit could not.
            LOGGER.atError()
                    .setCause(e)
                    .addKeyValue("user", change.user())
                    .addKeyValue("verb", change.verb())
                    .addKeyValue("kind", change.kind())
                    .addKeyValue("object", change.object())
                    .log("a change could not be written into the audit");
        }
    }

    private static String verb(Endpoint<?, ?> endpoint) {
        Map<HttpMethod, String> verbs = Map.of(HttpMethod.PATCH, "update", HttpMethod.DELETE, "delete");
        String last = endpoint.url().replaceAll("^.*/([^/]+)/?$", "$1");
        return verbs.getOrDefault(endpoint.method(), endpoint.status() == CREATED ? "create" : last);
    }

    private static String object(Endpoint<?, ?> endpoint, Call<?> call, Buffer answer) {
        if (!endpoint.pathParameters().isEmpty()) {
            return call.path(endpoint.pathParameters().getFirst().name());
        }
        if (endpoint.output() instanceof Output.One) {
            JsonNode id = JsonText.ofBytes(answer.getBytes()).tree().path("id");
            return id.asText();
        }
        return "";
    }
}
