// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.NewEvent;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.source.Filter;
import io.reflexarc.core.source.MetaInfo;
import io.reflexarc.core.source.PreparedSource;
import io.reflexarc.core.source.SourceContext;
import io.reflexarc.core.source.SourceEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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
        this.meta = new MetaInfo(source.name(), source.type());
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
        return new NewEvent(meta.insert(event, now, this::fresh), now, dedupeKeys, JsonText.of(event));
    }

    /** Version 4 (RFC 9562). All sources of a process share the generator, which may not be made for that. */
    private String fresh() {
        long high;
        long low;
        synchronized (world.random()) {
            high = world.random().nextLong();
            low = world.random().nextLong();
        }
        return new UUID(
                        (high & 0xffff_ffff_ffff_0fffL) | 0x4000L,
                        (low & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L)
                .toString();
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
    public Path file(String path) {
        Path file = world.directory().resolve(path).normalize();
        if (world.confined() && !isInside(file)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "sources may not use " + path + " here: put it into " + world.directory()
                            + ", or write a path below that directory");
        }
        return file;
    }

    /** Also where links lead. */
    private boolean isInside(Path file) {
        Path root = world.directory().normalize();
        if (!file.startsWith(root)) {
            return false;
        }
        try {
            return !Files.exists(file) || file.toRealPath().startsWith(root.toRealPath());
        } catch (IOException e) {
            return false;
        }
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
