// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.KeyPath;
import io.reflexarc.core.source.Source;
import io.reflexarc.core.source.SourceContext;
import io.reflexarc.core.source.SourceEvent;
import io.reflexarc.plugins.webhook.HttpListener.Answer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes an event of what an Alertmanager posts, {@code {payload, meta}}, and one of each alert in it, {@code {alert, meta}}, with
 * the alert's host in {@code meta.hosts}.
 *
 * @param host to listen on, default {@code localhost}
 * @param port to listen on, default 5000
 * @param dataAlertsPath where the alerts stand, default {@code alerts}; an empty text takes all of the body for one alert
 * @param dataHostPath where an alert's host stands, default {@code labels.instance}; an empty text looks for none
 * @param dataPathSeparator between the keys of both paths, default {@code .}
 * @param skipOriginalData whether the event of the whole body is left out, default false
 */
@Source.Name("ansible.eda.alertmanager")
public record Alertmanager(
        Optional<String> host,
        Optional<Integer> port,
        Optional<String> dataAlertsPath,
        Optional<String> dataHostPath,
        Optional<String> dataPathSeparator,
        Optional<Boolean> skipOriginalData)
        implements WebhookSource {
    private static final int DEFAULT_PORT = 5000;

    public Alertmanager {
        port.ifPresent(WebhookSource::requirePort);
    }

    @Override
    public void run(SourceContext context) throws InterruptedException {
        try (HttpListener listener = new HttpListener(context, (request, body) -> answer(context, request, body))) {
            listener.listen(host.orElse("localhost"), port.orElse(DEFAULT_PORT), new HttpServerOptions());
            context.awaitStop();
        }
    }

    private Answer answer(SourceContext context, HttpServerRequest request, byte[] body) throws InterruptedException {
        String endpoint = Requests.endpoint(request);
        boolean root = endpoint.isEmpty();
        if (root && (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD))) {
            return new Answer(200, "up");
        }
        if (endpoint.contains("/")) {
            return new Answer(404, "404: Not Found");
        }
        if (root || !request.method().equals(HttpMethod.POST)) {
            return new Answer(405, "405: Method Not Allowed");
        }
        if (body.length >= HttpListener.BODY_LIMIT) {
            return new Answer(413, "Maximum request body size " + HttpListener.BODY_LIMIT + " exceeded");
        }
        Optional<JsonNode> payload = Json.foreign(body);
        if (payload.isEmpty()) {
            return new Answer(400, "Invalid JSON payload");
        }
        context.emit(events(payload.get(), Requests.meta(request, endpoint)));
        return new Answer(202, "Received");
    }

    private List<SourceEvent> events(JsonNode payload, ObjectNode meta) {
        List<SourceEvent> events = new ArrayList<>();
        if (!skipOriginalData.orElse(false)) {
            events.add(event("payload", payload.deepCopy(), meta.deepCopy()));
        }
        for (JsonNode alert : alerts(payload)) {
            ObjectNode own = meta.deepCopy();
            hosts(alert).forEach(own.putArray("hosts")::add);
            events.add(event("alert", alert, own));
        }
        return events;
    }

    private static SourceEvent event(String field, JsonNode value, ObjectNode meta) {
        ObjectNode event = Json.mapper().createObjectNode();
        event.set(field, value);
        event.set("meta", meta);
        return SourceEvent.of(event);
    }

    private List<JsonNode> alerts(JsonNode payload) {
        String path = dataAlertsPath.orElse("alerts");
        Optional<JsonNode> found = path.isEmpty() ? Optional.of(payload) : find(path, payload);
        List<JsonNode> alerts = new ArrayList<>();
        found.ifPresent(node -> {
            if (node.isArray() && !path.isEmpty()) {
                node.forEach(alerts::add);
            } else {
                alerts.add(node);
            }
        });
        return alerts;
    }

    private List<String> hosts(JsonNode alert) {
        String path = dataHostPath.orElse("labels.instance");
        return path.isEmpty()
                ? List.of()
                : find(path, alert)
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::textValue)
                        .map(Alertmanager::bare)
                        .stream()
                        .toList();
    }

    private Optional<JsonNode> find(String path, JsonNode node) {
        return new KeyPath(path, dataPathSeparator.orElse(".")).find(node);
    }

    /** Without its port; an address in brackets loses them. */
    private static String bare(String instance) {
        int bracket = instance.startsWith("[") ? instance.indexOf(']') : -1;
        return bracket > 0 ? instance.substring(1, bracket) : instance.split(":", 2)[0];
    }
}
