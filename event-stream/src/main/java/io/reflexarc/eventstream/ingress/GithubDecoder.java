// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * GitHub's webhook: one event {@code {payload, meta}}, known by its delivery. A hook that was left at GitHub's default content
 * type sends the same JSON as the form field {@code payload}.
 */
record GithubDecoder() implements Decoder {
    private static final String FORM = "application/x-www-form-urlencoded";

    @Override
    public List<DecodedEvent> decode(Arrival arrival) {
        JsonBody body = JsonBody.read(json(arrival));
        Optional<String> event = Optional.ofNullable(arrival.headers().get("X-GitHub-Event"));
        List<String> keys = Optional.ofNullable(arrival.headers().get("X-GitHub-Delivery"))
                .filter(delivery -> !delivery.isBlank())
                .map(DedupeKeys::githubDelivery)
                .stream()
                .toList();
        return List.of(
                DecodedEvent.payload(body, keys, event.map(JsonBody::shortened).orElse(body.subject())));
    }

    private static byte[] json(Arrival arrival) {
        String type = arrival.headers().get(HttpHeaders.CONTENT_TYPE);
        if (type == null || !type.regionMatches(true, 0, FORM, 0, FORM.length())) {
            return arrival.body().getBytes();
        }
        String form = arrival.body().toString(StandardCharsets.ISO_8859_1);
        List<String> payload;
        try {
            payload = new QueryStringDecoder(form, StandardCharsets.UTF_8, false)
                    .parameters()
                    .getOrDefault("payload", List.of());
        } catch (IllegalArgumentException e) {
            payload = List.of();
        }
        return payload.isEmpty() ? new byte[0] : payload.getFirst().getBytes(StandardCharsets.UTF_8);
    }
}
