// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.live.LiveUpdate;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** What the attempts of one task print. Nothing is left out; who is slow gets it later, or a gap. */
final class LogChannel implements Channel {
    private static final int REMEMBERED = 500;
    private static final int CHARACTERS_PER_FRAME = 32_768;

    private final Ring ring = new Ring(REMEMBERED);
    private final Supplier<Future<List<LogChunk>>> stored;

    /** A channel that begins with what is stored. */
    LogChannel(Supplier<Future<List<LogChunk>>> stored) {
        this.stored = stored;
    }

    void add(LiveUpdate.Printed printed) {
        ring.add(Json.mapper().valueToTree(new LogChunk(printed.attempt(), printed.offset(), printed.text())));
    }

    @Override
    public Set<String> filters() {
        return Set.of();
    }

    @Override
    public long last() {
        return ring.last();
    }

    @Override
    public boolean covers(long after) {
        return ring.covers(after);
    }

    @Override
    public Batch after(long after, Filter filter) {
        List<JsonNode> rows = new ArrayList<>();
        int characters = 0;
        long upTo = after;
        for (Ring.Row row : ring.after(after)) {
            characters += row.json().path("text").textValue().length();
            if (characters > CHARACTERS_PER_FRAME && !rows.isEmpty()) {
                break;
            }
            rows.add(row.json());
            upTo = row.number();
        }
        return new Batch(rows, upTo, 0);
    }

    /** What is stored, and what was printed since it was stored: the database is behind the feed. */
    @Override
    public Future<List<JsonNode>> snapshot(Filter filter, int max) {
        return stored.get().map(chunks -> {
            List<JsonNode> rows = new ArrayList<>();
            chunks.forEach(chunk -> rows.add(Json.mapper().valueToTree(chunk)));
            ring.after(0).stream()
                    .map(Ring.Row::json)
                    .filter(row -> chunks.stream().noneMatch(chunk -> holds(chunk, row)))
                    .forEach(rows::add);
            return rows;
        });
    }

    private static boolean holds(LogChunk stored, JsonNode row) {
        long end = row.path("offset").asLong() + row.path("text").textValue().length();
        return stored.attempt() > row.path("attempt").asInt()
                || (stored.attempt() == row.path("attempt").asInt()
                        && end <= stored.offset() + stored.text().length());
    }
}
