// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.json.Json;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Newest values of objects: changes of one object that nobody has seen yet become one. */
final class ObjectsChannel implements Channel {
    private static final int REMEMBERED = 5_000;
    private static final int PER_FRAME = 500;

    /** In the order of their last change. */
    private final Map<String, Held> objects = new LinkedHashMap<>();

    private final Supplier<Future<List<ObjectPatch>>> first;
    private long last;
    private long forgotten;

    /** A channel whose snapshot is what this says. */
    ObjectsChannel(Supplier<Future<List<ObjectPatch>>> first) {
        this.first = first;
    }

    void put(String kind, String id, ObjectNode fields) {
        String key = kind + " " + id;
        Held old = objects.remove(key);
        ObjectNode merged = old == null ? fields : old.fields().deepCopy().setAll(fields);
        objects.put(key, new Held(merged, new Ring.Row(++last, new ObjectPatch(kind, id, last, merged))));
        if (objects.size() > REMEMBERED) {
            String oldest = objects.keySet().iterator().next();
            Held gone = objects.remove(oldest);
            forgotten = gone == null ? forgotten : gone.row().number();
        }
    }

    @Override
    public Set<String> filters() {
        return Set.of("kind", "id");
    }

    @Override
    public long last() {
        return last;
    }

    @Override
    public boolean covers(long after) {
        return after <= last && after >= forgotten;
    }

    @Override
    public Batch after(long after, Filter filter) {
        List<JsonNode> rows = new ArrayList<>();
        for (Held held : objects.values()) {
            Ring.Row row = held.row();
            if (row.number() > after && filter.lets(row.json())) {
                rows.add(row.json());
                if (rows.size() == PER_FRAME) {
                    return new Batch(rows, row.number(), 0);
                }
            }
        }
        return new Batch(rows, last, 0);
    }

    @Override
    public Future<List<JsonNode>> snapshot(Filter filter, int max) {
        return first.get()
                .map(patches -> patches.stream()
                        .<JsonNode>map(patch -> Json.mapper().valueToTree(patch))
                        .filter(filter::lets)
                        .limit(max)
                        .toList());
    }

    private record Held(ObjectNode fields, Ring.Row row) {}
}
