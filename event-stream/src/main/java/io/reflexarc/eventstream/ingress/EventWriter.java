// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.json.JsonText;
import io.vertx.core.MultiMap;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Writes the events of one request: the content as it came, and {@code meta} with {@code endpoint}, {@code headers},
 * {@code source}, {@code received_at}, {@code uuid} and, where the type has them, {@code hosts}. Headers that prove who sent
 * it are left out.
 */
final class EventWriter {
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final byte[] META = bytes(",\"meta\":{");
    private static final byte[] UUID = bytes(",\"uuid\":");
    private static final byte[] END = bytes("}}");
    private static final byte[] HOSTS = bytes(",\"hosts\":[");
    private static final int ROOM_FOR_META = 512;
    private static final Set<String> NEVER_KEPT = Set.of("authorization", "cookie", "proxy-authorization");

    private final byte[] common;

    EventWriter(KnownStream stream, Arrival arrival) {
        var out = new ByteArrayOutputStream(ROOM_FOR_META);
        field(out, "\"endpoint\":", arrival.endpoint());
        headers(out, stream, arrival.headers());
        field(out, ",\"source\":{\"name\":", stream.stream().name());
        field(out, ",\"type\":", stream.stream().type().name().toLowerCase(Locale.ROOT));
        field(out, "},\"received_at\":", MICROS.format(arrival.receivedAt()));
        common = out.toByteArray();
    }

    /** One that stands several times is one with all of its values. */
    private static void headers(ByteArrayOutputStream out, KnownStream stream, MultiMap headers) {
        Map<String, Map.Entry<String, String>> kept = new LinkedHashMap<>();
        for (Map.Entry<String, String> header : headers) {
            String known = header.getKey().toLowerCase(Locale.ROOT);
            if (!NEVER_KEPT.contains(known) && !stream.proves(known)) {
                kept.merge(
                        known,
                        header,
                        (first, next) -> Map.entry(first.getKey(), first.getValue() + ", " + next.getValue()));
            }
        }
        out.writeBytes(bytes(",\"headers\":"));
        char before = '{';
        for (Map.Entry<String, String> header : kept.values()) {
            out.write(before);
            quote(out, header.getKey());
            out.write(':');
            quote(out, header.getValue());
            before = ',';
        }
        out.writeBytes(bytes(kept.isEmpty() ? "{}" : "}"));
    }

    /** The event with this identity. */
    JsonText write(DecodedEvent event, EventId id) {
        var out = new ByteArrayOutputStream(event.content().length + common.length + ROOM_FOR_META);
        out.writeBytes(bytes("{\"" + event.key() + "\":"));
        out.writeBytes(event.content());
        out.writeBytes(META);
        out.writeBytes(common);
        out.writeBytes(UUID);
        quote(out, id.value());
        event.hosts().ifPresent(hosts -> {
            out.writeBytes(HOSTS);
            for (int i = 0; i < hosts.size(); i++) {
                if (i > 0) {
                    out.write(',');
                }
                quote(out, hosts.get(i));
            }
            out.write(']');
        });
        out.writeBytes(END);
        return JsonText.ofBytes(out.toByteArray());
    }

    private static void field(ByteArrayOutputStream out, String name, String value) {
        out.writeBytes(bytes(name));
        quote(out, value);
    }

    /** By hand, for a generator costs more than all that it writes here. */
    private static void quote(ByteArrayOutputStream out, String text) {
        out.write('"');
        out.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(text));
        out.write('"');
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }
}
