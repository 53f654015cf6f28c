// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.NewEvent;
import io.reflexarc.core.source.Filter;
import io.reflexarc.core.source.PreparedSource;
import io.reflexarc.core.source.SourceContext;
import io.reflexarc.core.source.SourceEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What a running source sees of the runtime: its events pass its filters, get their meta information and go to the sink. */
final class SourceOutlet implements SourceContext {
    private final PreparedSource source;
    private final SourceWorld world;
    private final SourceSink sink;
    private final MetaInfo meta;

    SourceOutlet(PreparedSource source, SourceWorld world, SourceSink sink) {
        this.source = source;
        this.world = world;
        this.sink = sink;
        this.meta = new MetaInfo(source.name(), source.type(), world.random());
    }

    @Override
    public void emit(List<SourceEvent> events) throws InterruptedException {
        List<NewEvent> ready = new ArrayList<>(events.size());
        for (SourceEvent event : events) {
            List<ObjectNode> parts = filtered(event.body());
            for (int i = 0; i < parts.size(); i++) {
                ready.add(stamped(parts.get(i), key(event, i)));
            }
        }
        if (!ready.isEmpty()) {
            sink.accept(ready);
        }
    }

    private List<ObjectNode> filtered(ObjectNode event) {
        List<ObjectNode> events = List.of(event);
        for (Filter filter : source.filters()) {
            if (events.size() == 1) {
                events = filter.apply(events.getFirst());
            } else {
                events = events.stream()
                        .flatMap(one -> filter.apply(one).stream())
                        .toList();
            }
        }
        return events;
    }

    /** Parts of one event are parts of one place. */
    private static List<String> key(SourceEvent event, int part) {
        return event.dedupeKey().map(key -> part == 0 ? key : key + "/" + part).stream()
                .toList();
    }

    private NewEvent stamped(ObjectNode event, List<String> dedupeKeys) {
        Instant now = world.time().instant();
        return new NewEvent(meta.insert(event, now), now, dedupeKeys, JsonText.of(event));
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        world.time().sleep(duration);
    }

    @Override
    public void awaitStop() throws InterruptedException {
        world.time().sleepForever();
    }

    @Override
    public InstantSource clock() {
        return world.time();
    }

    @Override
    public ZoneId zone() {
        return world.zone();
    }

    @Override
    public RandomGenerator random() {
        return world.random();
    }

    @Override
    public Optional<String> environment(String variable) {
        return Optional.ofNullable(world.environment().get(variable));
    }

    @Override
    public Path directory() {
        return world.directory();
    }

    @Override
    public void print(JsonNode value) {
        world.printer().accept(value);
    }

    @Override
    public <T> T resource(Class<T> type) {
        return world.resources().get(type);
    }
}
