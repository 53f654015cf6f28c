// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.log.LogEntry;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One inbox up to the moment of the backup, without what PostgreSQL does not know of; the others are numbered anew. */
final class InboxCopy {
    private static final int PAGE = 500;
    private static final int OVERHEAD = 128;

    private final RedisCalls redis;
    private final LogCopy.Beside beside;
    private final InboxId inbox;
    private final LogCut.Part part;
    private final Set<String> left;
    private final Position decided;
    private long fewer;
    private long lighter;

    /**
     * Of this inbox.
     *
     * @param left gets the names of the keys that must not be copied either
     */
    InboxCopy(RedisCalls redis, LogCopy.Beside beside, InboxId inbox, LogCut.Part part, Set<String> left) {
        this.redis = redis;
        this.beside = beside;
        this.inbox = inbox;
        this.part = part;
        this.left = left;
        this.decided = beside.decided().getOrDefault(inbox, Position.START);
    }

    void write(LogCopy.Lines lines, Runnable alive) throws IOException {
        String key = "inbox:" + inbox;
        for (List<Response> page = page(key, "-"); !page.isEmpty(); ) {
            alive.run();
            Set<TaskId> unknown = unknown(page);
            for (Response entry : page) {
                if (isLeftOut(EntryCodec.inboxEntry(entry), unknown)) {
                    fewer++;
                    lighter += bodySize(entry) + OVERHEAD;
                } else {
                    lines.write(LogRecord.entry(key, entry.get(0).toString(), numbered(LogCopy.texts(entry.get(1)))));
                }
            }
            page = page(key, "(" + page.getLast().get(0));
        }
        lines.write(LogRecord.of(LogRecord.Kind.HASH, "meta:" + inbox, flat(counts())));
        if (!part.bound().isEmpty()) {
            lines.write(LogRecord.of(LogRecord.Kind.SET, "bound:" + inbox, part.bound()));
        }
    }

    private List<Response> page(String key, String from) {
        if (part.last().isEmpty()) {
            return List.of();
        }
        Response answer = redis.call(Command.XRANGE, redis.key(key), from, part.last(), "COUNT", PAGE);
        return answer == null ? List.of() : answer.stream().toList();
    }

    /** Tasks that an outcome of this page tells of, and that have not ended for PostgreSQL. */
    private Set<TaskId> unknown(List<Response> page) {
        Set<TaskId> told = new HashSet<>();
        for (Response entry : page) {
            if (EntryCodec.inboxEntry(entry) instanceof LogEntry.Ended ended && isUndecided(ended)) {
                told.add(ended.outcome().task());
            }
        }
        if (!told.isEmpty()) {
            told.removeAll(beside.ended().apply(Set.copyOf(told)));
        }
        told.forEach(task -> left.add("outcome:" + inbox + ":" + task));
        return told;
    }

    private boolean isUndecided(LogEntry entry) {
        return entry.position().compareTo(decided) > 0;
    }

    private boolean isLeftOut(LogEntry entry, Set<TaskId> unknown) {
        return isUndecided(entry)
                && switch (entry) {
                    case LogEntry.Ended ended ->
                        unknown.contains(ended.outcome().task());
                    case LogEntry.Controlled(var at, var stamp, LogEntry.Control.Version version) ->
                        !beside.versions().contains(version.version());
                    case LogEntry.Controlled other -> false;
                    case LogEntry.Arrived arrived -> false;
                    case LogEntry.Gathered gathered -> false;
                    case LogEntry.Tick tick -> false;
                };
    }

    private static int bodySize(Response entry) {
        List<String> fields = LogCopy.texts(entry.get(1));
        int at = fields.indexOf("b");
        return at < 0 ? 0 : fields.get(at + 1).getBytes(StandardCharsets.UTF_8).length;
    }

    /** Each entry knows its number and the bytes up to it. */
    private List<String> numbered(List<String> fields) {
        if (fewer == 0) {
            return fields;
        }
        List<String> changed = new ArrayList<>(fields);
        for (int i = 0; i + 1 < changed.size(); i += 2) {
            if (changed.get(i).equals("n")) {
                changed.set(i + 1, Long.toString(Long.parseLong(changed.get(i + 1)) - fewer));
            } else if (changed.get(i).equals("c")) {
                changed.set(i + 1, Long.toString(Long.parseLong(changed.get(i + 1)) - lighter));
            }
        }
        return changed;
    }

    private Map<String, String> counts() {
        Map<String, String> counts = new HashMap<>(part.counts());
        counts.computeIfPresent("entries", (name, n) -> Long.toString(Long.parseLong(n) - fewer));
        counts.computeIfPresent("bytes", (name, n) -> Long.toString(Long.parseLong(n) - lighter));
        return counts;
    }

    static List<String> flat(Map<String, String> pairs) {
        List<String> flat = new ArrayList<>();
        new TreeMap<>(pairs).forEach((name, value) -> {
            flat.add(name);
            flat.add(value);
        });
        return flat;
    }
}
