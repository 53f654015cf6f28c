// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes the events of one request: the content as it came, and {@code meta} with {@code endpoint}, {@code headers},
 * {@code source}, {@code received_at}, {@code uuid} and, where the type has them, {@code hosts}. Headers that prove who sent
 * it are left out.
 */
final class EventWriter {
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Set<String> NEVER_KEPT = Set.of("authorization", "cookie", "proxy-authorization");

    private final ObjectNode common;

    EventWriter(KnownStream stream, Arrival arrival) {
        common = Json.mapper().createObjectNode();
        common.put("endpoint", arrival.endpoint());
        common.set("headers", headers(stream, arrival));
        common.putObject("source")
                .put("name", stream.stream().name())
                .put("type", stream.stream().type().name().toLowerCase(Locale.ROOT));
        common.put("received_at", MICROS.format(arrival.receivedAt()));
    }

    private static ObjectNode headers(KnownStream stream, Arrival arrival) {
        ObjectNode headers = Json.mapper().createObjectNode();
        var seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        seen.addAll(NEVER_KEPT);
        for (String name : arrival.headers().names()) {
            if (!stream.proves(name) && seen.add(name)) {
                headers.put(name, String.join(", ", arrival.headers().getAll(name)));
            }
        }
        return headers;
    }

    /** The event with this identity. */
    JsonText write(DecodedEvent event, EventId id) {
        ObjectNode meta = common.deepCopy();
        meta.put("uuid", id.value());
        event.hosts().ifPresent(hosts -> hosts.forEach(meta.putArray("hosts")::add));
        var out = new ByteArrayOutputStream(event.content().length + 1_024);
        out.writeBytes(("{\"" + event.key() + "\":").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(event.content());
        out.writeBytes(",\"meta\":".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(JsonText.of(meta).bytes());
        out.write('}');
        return JsonText.ofBytes(out.toByteArray());
    }
}
