// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/**
 * The last filter of every source: says where and when an event came. It sets {@code meta.source.name}, {@code
 * meta.source.type}, {@code meta.received_at} and {@code meta.uuid}, each only where the event does not have it.
 *
 * @param name label of the source
 * @param type name of its plugin
 */
public record MetaInfo(String name, String type) {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'");
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
    private static final int LONGEST_ID = 255;

    /**
     * Changes the event and answers its identity: its own uuid, or a fresh one where it has none or one that cannot be an
     * identity.
     */
    public EventId insert(ObjectNode event, Instant now, Supplier<String> fresh) {
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
        JsonNode uuid = meta.get("uuid");
        if (uuid == null) {
            String made = fresh.get();
            meta.put("uuid", made);
            return new EventId(made);
        }
        String text = uuid.isValueNode() && !uuid.isNull() ? uuid.asText() : "";
        boolean fit = !text.isEmpty() && text.length() <= LONGEST_ID && text.indexOf('\0') < 0;
        return new EventId(fit ? text : fresh.get());
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
}
