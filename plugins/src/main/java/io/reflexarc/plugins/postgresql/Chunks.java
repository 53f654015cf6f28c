// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.postgresql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.source.SourceEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes events of notifications, and one message of those that are chunks of it. */
final class Chunks {
    private static final Logger LOGGER = LoggerFactory.getLogger(Chunks.class);
    private static final String MESSAGE = "_message_chunked_uuid";
    private static final String COUNT = "_message_chunk_count";
    private static final String SEQUENCE = "_message_chunk_sequence";
    private static final String CHUNK = "_chunk";
    private static final String HASH = "_message_xx_hash";
    private static final List<String> REQUIRED = List.of(COUNT, SEQUENCE, CHUNK, "_message_length", HASH);
    private static final int MOST_OPEN = 1_000;

    private final Map<String, List<JsonNode>> open = new LinkedHashMap<>();

    /** None, as long as there are chunks missing. */
    List<SourceEvent> events(String payload) {
        JsonNode message = parse(payload);
        return message.has(MESSAGE) ? add(message) : events(message);
    }

    private static JsonNode parse(String payload) {
        return Json.foreign(payload.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> PostgresqlSource.wrong("a notification is no JSON: notify with a JSON object"));
    }

    private static List<SourceEvent> events(JsonNode message) {
        List<SourceEvent> events = new ArrayList<>();
        for (JsonNode item : message.isArray() ? message : List.of(message)) {
            if (!(item instanceof ObjectNode event)) {
                throw PostgresqlSource.wrong("a notification is no JSON object, so it cannot become an event");
            }
            events.add(SourceEvent.of(event));
        }
        return events;
    }

    private List<SourceEvent> add(JsonNode chunk) {
        for (String key : REQUIRED) {
            if (!chunk.has(key)) {
                throw PostgresqlSource.wrong("a chunk of a message has no " + key);
            }
        }
        String id = chunk.path(MESSAGE).asText();
        List<JsonNode> chunks = open.computeIfAbsent(id, unused -> new ArrayList<>());
        chunks.add(chunk);
        if (chunks.size() < chunks.getFirst().path(COUNT).asInt()) {
            dropOldest();
            return List.of();
        }
        open.remove(id);
        chunks.sort(Comparator.comparingInt(one -> one.path(SEQUENCE).asInt()));
        StringBuilder whole = new StringBuilder();
        chunks.forEach(one -> whole.append(one.path(CHUNK).asText()));
        String hash = XxHash32.hex(whole.toString().getBytes(StandardCharsets.UTF_8));
        if (!hash.equals(chunks.getFirst().path(HASH).asText())) {
            LOGGER.atError().addKeyValue("message", id).log("the hash of a message in chunks is wrong; it was dropped");
            return List.of();
        }
        return events(parse(whole.toString()));
    }

    /** Memory has bounds; the rest of a message may never come. */
    private void dropOldest() {
        if (open.size() > MOST_OPEN) {
            String oldest = open.keySet().iterator().next();
            open.remove(oldest);
            LOGGER.atWarn().addKeyValue("message", oldest).log("chunks of a message were dropped: too many are open");
        }
    }
}
