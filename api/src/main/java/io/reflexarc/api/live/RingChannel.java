// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/** Rows that are independent of each other: when there are too many, some are left out. */
final class RingChannel implements Channel {
    private final Set<String> filters;
    private final Ring ring;
    private final int perFrame;
    private final IntFunction<Future<List<JsonNode>>> first;

    /**
     * A channel.
     *
     * @param filters fields that a filter may name
     * @param remembered rows kept for those who come back
     * @param perFrame rows of one frame; of more, an even choice is sent
     * @param first where a snapshot comes from; given how many rows
     */
    RingChannel(Set<String> filters, int remembered, int perFrame, IntFunction<Future<List<JsonNode>>> first) {
        this.filters = Set.copyOf(filters);
        this.ring = new Ring(remembered);
        this.perFrame = perFrame;
        this.first = first;
    }

    /** A channel whose snapshot is what it remembers. */
    static RingChannel remembering(Set<String> filters, int remembered, int perFrame) {
        RingChannel[] self = new RingChannel[1];
        self[0] = new RingChannel(filters, remembered, perFrame, most -> Future.succeededFuture(self[0].remembered()));
        return self[0];
    }

    private List<JsonNode> remembered() {
        return ring.after(0).stream().map(Ring.Row::json).toList();
    }

    void add(Object row) {
        ring.add(row);
    }

    @Override
    public Set<String> filters() {
        return filters;
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
        List<JsonNode> wanted = ring.after(after).stream()
                .map(Ring.Row::json)
                .filter(filter::lets)
                .toList();
        List<JsonNode> chosen = sample(wanted);
        return new Batch(chosen, ring.last(), wanted.size() - chosen.size());
    }

    /** Evenly spread, the newest always among them. */
    private List<JsonNode> sample(List<JsonNode> rows) {
        if (rows.size() <= perFrame) {
            return rows;
        }
        List<JsonNode> chosen = new ArrayList<>(perFrame);
        for (int i = 1; i <= perFrame; i++) {
            chosen.add(rows.get((int) ((long) i * rows.size() / perFrame) - 1));
        }
        return chosen;
    }

    @Override
    public Future<List<JsonNode>> snapshot(Filter filter, int max) {
        return first.apply(max).map(rows -> {
            List<JsonNode> wanted = rows.stream().filter(filter::lets).toList();
            return wanted.subList(Math.max(0, wanted.size() - max), wanted.size());
        });
    }
}
