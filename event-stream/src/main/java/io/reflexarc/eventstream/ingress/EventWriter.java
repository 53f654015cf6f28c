// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import com.fasterxml.jackson.core.JsonGenerator;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.vertx.core.MultiMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
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
    private static final byte[] META = ",\"meta\":".getBytes(StandardCharsets.US_ASCII);
    private static final int ROOM_FOR_META = 512;
    private static final Set<String> NEVER_KEPT = Set.of("authorization", "cookie", "proxy-authorization");

    private final byte[] common;

    EventWriter(KnownStream stream, Arrival arrival) {
        var out = new ByteArrayOutputStream(ROOM_FOR_META);
        write(out, json -> {
            json.writeStringField("endpoint", arrival.endpoint());
            headers(json, stream, arrival.headers());
            json.writeObjectFieldStart("source");
            json.writeStringField("name", stream.stream().name());
            json.writeStringField("type", stream.stream().type().name().toLowerCase(Locale.ROOT));
            json.writeEndObject();
            json.writeStringField("received_at", MICROS.format(arrival.receivedAt()));
        });
        common = out.toByteArray();
    }

    private static void headers(JsonGenerator json, KnownStream stream, MultiMap headers) throws IOException {
        json.writeObjectFieldStart("headers");
        var seen = new HashSet<>(NEVER_KEPT);
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey();
            if (!stream.proves(name) && seen.add(name.toLowerCase(Locale.ROOT))) {
                json.writeStringField(name, String.join(", ", headers.getAll(name)));
            }
        }
        json.writeEndObject();
    }

    /** The event with this identity. */
    JsonText write(DecodedEvent event, EventId id) {
        var out = new ByteArrayOutputStream(event.content().length + common.length + ROOM_FOR_META);
        out.writeBytes(("{\"" + event.key() + "\":").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(event.content());
        out.writeBytes(META);
        out.write(common, 0, common.length - 1); // without the brace that ends it
        out.write(',');
        var own = new ByteArrayOutputStream(ROOM_FOR_META);
        write(own, json -> {
            json.writeStringField("uuid", id.value());
            if (event.hosts().isPresent()) {
                json.writeArrayFieldStart("hosts");
                for (String host : event.hosts().get()) {
                    json.writeString(host);
                }
                json.writeEndArray();
            }
        });
        byte[] fields = own.toByteArray();
        out.write(fields, 1, fields.length - 1);
        out.write('}');
        return JsonText.ofBytes(out.toByteArray());
    }

    private static void write(ByteArrayOutputStream out, Fields fields) {
        try (JsonGenerator json = Json.mapper().getFactory().createGenerator(out)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands in an object. */
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }
}
