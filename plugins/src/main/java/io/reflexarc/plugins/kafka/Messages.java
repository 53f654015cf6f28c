// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.source.SourceEvent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes events of messages. */
record Messages(Charset charset) {
    private static final Logger LOGGER = LoggerFactory.getLogger(Messages.class);
    private static final String UUID_KEY = "message_uuid";
    private static final UUID OID_NAMESPACE = UUID.fromString("6ba7b812-9dad-11d1-80b4-00c04fd430c8");
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{32}");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'");
    private static final DateTimeFormatter FRACTION = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

    /** Empty for a message without a body, or with one that counts as nothing. */
    Optional<SourceEvent> event(ConsumerRecord<byte[], byte[]> message) {
        String place = message.topic() + ":" + message.partition() + ":" + message.offset();
        Optional<JsonNode> body = Optional.ofNullable(message.value())
                .flatMap(bytes -> body(bytes, place))
                .filter(node -> !isNothing(node));
        return body.map(node -> {
            ObjectNode event = Json.mapper().createObjectNode();
            ObjectNode meta = event.putObject("meta");
            meta.put("source_offset", place);
            meta.put("produced_at", time(message.timestamp()));
            ObjectNode headers = headers(message, place);
            meta.set("headers", headers);
            identify(meta, headers, node, place);
            event.set("body", node);
            return SourceEvent.of(event, place);
        });
    }

    private Optional<JsonNode> body(byte[] bytes, String place) {
        try {
            String text = decode(bytes);
            return Json.foreign(text.getBytes(StandardCharsets.UTF_8)).or(() -> Optional.of(new TextNode(text)));
        } catch (CharacterCodingException e) {
            LOGGER.atError()
                    .addKeyValue("place", place)
                    .addKeyValue("encoding", charset)
                    .log("a message is no text in its encoding and was left out");
            return Optional.empty();
        }
    }

    private String decode(byte[] bytes) throws CharacterCodingException {
        return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    /** What counts as false in Python. */
    private static boolean isNothing(JsonNode node) {
        return switch (node.getNodeType()) {
            case NULL, MISSING -> true;
            case BOOLEAN -> !node.booleanValue();
            case NUMBER -> node.doubleValue() == 0;
            case STRING -> node.textValue().isEmpty();
            case ARRAY, OBJECT, BINARY, POJO -> node.isEmpty();
        };
    }

    private static String time(long millis) {
        DateTimeFormatter format = millis % 1000 == 0 ? SECONDS : FRACTION;
        return format.format(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC));
    }

    private ObjectNode headers(ConsumerRecord<byte[], byte[]> message, String place) {
        ObjectNode headers = Json.mapper().createObjectNode();
        for (Header header : message.headers()) {
            try {
                byte[] value = header.value();
                headers.put(header.key(), value == null ? null : decode(value));
            } catch (CharacterCodingException e) {
                LOGGER.atWarn()
                        .addKeyValue("place", place)
                        .addKeyValue("header", header.key())
                        .log("a header is no text in its encoding and was left out");
            }
        }
        return headers;
    }

    /** The sender's own uuid, from the header or the body; else one that is made of the place. */
    private static void identify(ObjectNode meta, ObjectNode headers, JsonNode body, String place) {
        JsonNode given = headers.has(UUID_KEY) ? headers.path(UUID_KEY) : body.path(UUID_KEY);
        String uuid = made(place).toString();
        if (!given.isMissingNode() && !isNothing(given)) {
            if (given.isTextual() && isUuid(given.textValue())) {
                uuid = given.textValue();
            } else {
                meta.set("message_id", given);
            }
        }
        meta.put("uuid", uuid);
    }

    /** In any of the forms that Python reads. */
    private static boolean isUuid(String text) {
        String bare = text.replace("urn:", "")
                .replace("uuid:", "")
                .replaceAll("^[{}]+|[{}]+$", "")
                .replace("-", "");
        return HEX.matcher(bare).matches();
    }

    /** Version 5 (RFC 9562) in the namespace of object identifiers. */
    static UUID made(String place) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(ByteBuffer.allocate(16)
                    .putLong(OID_NAMESPACE.getMostSignificantBits())
                    .putLong(OID_NAMESPACE.getLeastSignificantBits())
                    .flip());
            ByteBuffer hash = ByteBuffer.wrap(digest.digest(place.getBytes(StandardCharsets.UTF_8)));
            return new UUID(
                    (hash.getLong() & 0xffff_ffff_ffff_0fffL) | 0x5000L,
                    (hash.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
