// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.action.TaskOutcome;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.event.Event;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.InboxMessage;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.core.log.LogEntry.Control;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How entries stand in Redis. Fields of an inbox entry: {@code k} kind, {@code t} stamp in milliseconds, {@code b} body,
 * {@code n} number and {@code c} bytes so far in this inbox; an event has {@code i} its id and {@code s} its stream too.
 */
final class EntryCodec {
    private static final String EVENT = "event";
    private static final String OUTCOME = "outcome";
    private static final String GATHERED = "gathered";
    private static final String TICK = "tick";
    private static final String CONTROL = "control";

    private EntryCodec() {}

    static String kind(InboxMessage message) {
        return switch (message) {
            case InboxMessage.Ended ended -> OUTCOME;
            case InboxMessage.Gathered gathered -> GATHERED;
            case InboxMessage.Tick tick -> TICK;
            case InboxMessage.Controlled controlled -> CONTROL;
        };
    }

    static byte[] body(InboxMessage message) {
        return switch (message) {
            case InboxMessage.Ended ended -> write(ended.outcome()).bytes();
            case InboxMessage.Gathered gathered -> write(gathered).bytes();
            case InboxMessage.Tick tick -> new byte[0];
            case InboxMessage.Controlled controlled ->
                write(controlled.control()).bytes();
        };
    }

    /** The task whose outcome this is, or an empty text. */
    static String onceKey(InboxMessage message) {
        return message instanceof InboxMessage.Ended ended
                ? ended.outcome().task().toString()
                : "";
    }

    /** Entries of one inbox as XREAD answers them: a map in RESP3, pairs in RESP2, nothing after a time-out. */
    static List<LogEntry> readAnswer(@Nullable Response answer) {
        if (answer == null || answer.size() == 0) {
            return List.of();
        }
        Response entries = answer.isMap()
                ? answer.get(answer.getKeys().iterator().next())
                : answer.get(0).get(1);
        List<LogEntry> result = new ArrayList<>(entries.size());
        for (Response entry : entries) {
            result.add(inboxEntry(entry));
        }
        return result;
    }

    static LogEntry inboxEntry(Response entry) {
        Position position = Position.parse(entry.get(0).toString());
        Map<String, Response> fields = fields(entry.get(1));
        Instant stamp = Instant.ofEpochMilli(text(fields, "t", position).isEmpty() ? 0 : number(fields, "t", position));
        String kind = text(fields, "k", position);
        return switch (kind) {
            case EVENT ->
                new LogEntry.Arrived(
                        position,
                        stamp,
                        new EventId(text(fields, "i", position)),
                        StreamId.parse(text(fields, "s", position)),
                        body(fields, position),
                        // Entries of earlier versions have none
                        fields.containsKey("e") ? number(fields, "e", position) : 0);
            case OUTCOME ->
                new LogEntry.Ended(
                        position, stamp, readOutcome(body(fields, position).tree()));
            case GATHERED ->
                readGathered(position, stamp, body(fields, position).tree());
            case TICK -> new LogEntry.Tick(position, stamp);
            case CONTROL ->
                new LogEntry.Controlled(
                        position, stamp, readControl(body(fields, position).tree()));
            default -> throw new IllegalStateException("entry " + position + " has the unknown kind " + kind);
        };
    }

    /** An event of history. */
    static Event historyEvent(StreamId stream, Response entry) {
        Position position = Position.parse(entry.get(0).toString());
        Map<String, Response> fields = fields(entry.get(1));
        return new Event(
                new EventId(text(fields, "i", position)),
                stream,
                Instant.ofEpochMilli(number(fields, "t", position)),
                body(fields, position));
    }

    private static Map<String, Response> fields(Response flat) {
        Map<String, Response> fields = new HashMap<>();
        if (flat.isMap()) {
            flat.getKeys().forEach(key -> fields.put(key, flat.get(key)));
        } else {
            for (int i = 0; i + 1 < flat.size(); i += 2) {
                fields.put(flat.get(i).toString(), flat.get(i + 1));
            }
        }
        return fields;
    }

    private static Response field(Map<String, Response> fields, String name, Position position) {
        Response field = fields.get(name);
        if (field == null) {
            throw new IllegalStateException("entry " + position + " has no field " + name);
        }
        return field;
    }

    private static String text(Map<String, Response> fields, String name, Position position) {
        return field(fields, name, position).toString();
    }

    private static long number(Map<String, Response> fields, String name, Position position) {
        return Long.parseLong(text(fields, name, position));
    }

    private static JsonText body(Map<String, Response> fields, Position position) {
        return JsonText.ofBytes(field(fields, "b", position).toBytes());
    }

    private static JsonText write(TaskOutcome outcome) {
        ObjectNode node = Json.mapper().createObjectNode();
        node.put("task", outcome.task().toString());
        node.put("state", outcome.state().label());
        node.put("message", outcome.message());
        outcome.feedback().ifPresent(feedback -> node.set("feedback", feedback.tree()));
        return JsonText.of(node);
    }

    private static TaskOutcome readOutcome(JsonNode node) {
        return new TaskOutcome(
                TaskId.parse(node.path("task").asText()),
                TaskState.parse(node.path("state").asText()),
                node.path("message").asText(),
                node.has("feedback") ? Optional.of(JsonText.of(node.path("feedback"))) : Optional.empty());
    }

    private static JsonText write(InboxMessage.Gathered gathered) {
        ObjectNode node = Json.mapper().createObjectNode();
        node.put("host", gathered.host());
        node.set("facts", gathered.facts().tree());
        return JsonText.of(node);
    }

    private static LogEntry readGathered(Position position, Instant stamp, JsonNode node) {
        return new LogEntry.Gathered(position, stamp, node.path("host").asText(), JsonText.of(node.path("facts")));
    }

    private static JsonText write(Control control) {
        ObjectNode node = Json.mapper().createObjectNode();
        switch (control) {
            case Control.Owner owner -> node.put("kind", "owner").put("epoch", owner.epoch());
            case Control.Version version ->
                node.put("kind", "version").put("version", version.version()).put("by", version.by());
            case Control.Pause pause -> node.put("kind", "pause");
            case Control.Resume resume -> node.put("kind", "resume");
            case Control.Skip skip ->
                node.put("kind", "skip").put("skipped", skip.skipped().toString());
        }
        return JsonText.of(node);
    }

    private static Control readControl(JsonNode node) {
        String kind = node.path("kind").asText();
        return switch (kind) {
            case "owner" -> new Control.Owner(node.path("epoch").asLong());
            case "version" ->
                new Control.Version(
                        node.path("version").asLong(), node.path("by").asText());
            case "pause" -> new Control.Pause();
            case "resume" -> new Control.Resume();
            case "skip" -> new Control.Skip(Position.parse(node.path("skipped").asText()));
            default -> throw new IllegalStateException("unknown control entry " + kind);
        };
    }
}
