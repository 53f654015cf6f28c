// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The last filter of every source: says where and when an event came. It sets {@code meta.source.name}, {@code
 * meta.source.type}, {@code meta.received_at} and {@code meta.uuid}, each only where the event does not have it.
 */
final class MetaInfo {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'");
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
    private static final int LONGEST_ID = 255;

    private final String name;
    private final String type;
    private final RandomGenerator random;

    MetaInfo(String name, String type, RandomGenerator random) {
        this.name = name;
        this.type = type;
        this.random = random;
    }

    /** Changes the event and answers its identity. */
    EventId insert(ObjectNode event, Instant now) {
        ObjectNode meta = object(event, "meta", "meta");
        ObjectNode source = object(meta, "source", "meta.source");
        if (!source.has("name")) {
            source.put("name", name);
        }
        if (!source.has("type")) {
            source.put("type", type);
        }
        if (!meta.has("received_at")) {
            meta.put("received_at", text(now));
        }
        if (!meta.has("uuid")) {
            meta.put("uuid", fresh().toString());
        }
        return id(meta.get("uuid"));
    }

    private ObjectNode object(ObjectNode parent, String field, String path) {
        JsonNode found = parent.get(field);
        if (found == null) {
            return parent.putObject(field);
        }
        if (found instanceof ObjectNode object) {
            return object;
        }
        throw new ProblemException(
                ProblemType.INVALID,
                "an event of the source " + name + " has a " + path + " that is no mapping: let the sender or a filter"
                        + " use another name");
    }

    /** As Python writes a time in UTC: to the microsecond, without a fraction when it is zero. */
    private static String text(Instant now) {
        Instant shown = now.truncatedTo(ChronoUnit.MICROS);
        return (shown.getNano() == 0 ? SECONDS : MICROSECONDS).format(shown.atOffset(ZoneOffset.UTC));
    }

    /** An event may bring a uuid that cannot be an identity; it keeps it, and the log knows it by another. */
    private EventId id(JsonNode uuid) {
        String text = uuid.isValueNode() && !uuid.isNull() ? uuid.asText() : "";
        boolean fit = !text.isEmpty() && text.length() <= LONGEST_ID && text.indexOf('\0') < 0;
        return new EventId(fit ? text : fresh().toString());
    }

    /** Version 4 (RFC 9562). All sources of a process share the generator, which may not be made for that. */
    private UUID fresh() {
        long high;
        long low;
        synchronized (random) {
            high = random.nextLong();
            low = random.nextLong();
        }
        return new UUID(
                (high & 0xffff_ffff_ffff_0fffL) | 0x4000L, (low & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L);
    }
}
