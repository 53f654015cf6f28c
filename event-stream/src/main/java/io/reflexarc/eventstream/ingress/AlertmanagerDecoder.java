// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Alertmanager's webhook: one event {@code {alert, meta}} for each alert of the group, in order. A body without a list of
 * alerts (Alertmanager can be told to send another one) is one event {@code {payload, meta}}; an empty list is no event.
 */
record AlertmanagerDecoder() implements Decoder {
    @Override
    public List<DecodedEvent> decode(Arrival arrival) {
        JsonBody body = JsonBody.read(arrival.body().getBytes());
        try {
            return alerts(body.bytes())
                    .map(alerts ->
                            alerts.stream().map(AlertmanagerDecoder::event).toList())
                    .orElseGet(() -> List.of(DecodedEvent.payload(body, List.of(), body.subject())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of each alert, cut out of the body as they came. */
    private static Optional<List<byte[]>> alerts(byte[] body) throws IOException {
        try (JsonParser parser = Json.mapper().getFactory().createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean alerts = parser.currentName().equals("alerts");
                if (parser.nextToken() == JsonToken.START_ARRAY && alerts) {
                    return Optional.of(elements(parser, body));
                }
                parser.skipChildren();
            }
            return Optional.empty();
        }
    }

    private static List<byte[]> elements(JsonParser parser, byte[] body) throws IOException {
        List<byte[]> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int start = (int) parser.currentTokenLocation().getByteOffset();
            if (parser.currentToken().isStructStart()) {
                parser.skipChildren();
            } else {
                parser.getText();
            }
            int end = (int) parser.currentLocation().getByteOffset();
            elements.add(Arrays.copyOfRange(body, start, end));
        }
        return elements;
    }

    private static DecodedEvent event(byte[] alert) {
        JsonNode tree;
        try {
            tree = Json.mapper().readTree(alert);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new DecodedEvent(
                "alert",
                alert,
                Optional.of(hosts(tree.path("labels").path("instance"))),
                dedupeKeys(tree),
                JsonBody.shortened(tree.path("labels").path("alertname").asText()));
    }

    /** The part of the instance before its port; an address in brackets loses them. */
    private static List<String> hosts(JsonNode instance) {
        String text = instance.isTextual() ? instance.asText() : "";
        int bracket = text.startsWith("[") ? text.indexOf(']') : -1;
        String host = bracket > 0 ? text.substring(1, bracket) : text.split(":", 2)[0];
        return host.isEmpty() ? List.of() : List.of(host);
    }

    private static List<String> dedupeKeys(JsonNode alert) {
        JsonNode fingerprint = alert.path("fingerprint");
        JsonNode startsAt = alert.path("startsAt");
        JsonNode status = alert.path("status");
        return fingerprint.isTextual() && startsAt.isTextual() && status.isTextual()
                ? List.of(DedupeKeys.alert(fingerprint.asText(), startsAt.asText(), status.asText()))
                : List.of();
    }
}
