// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.action.Resources;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.source.Source;
import io.reflexarc.core.source.SourceContext;
import io.reflexarc.core.source.SourceEvent;
import io.reflexarc.core.source.SourceTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Where a source plays in tests: what it emits is kept, its time is given, what it borrows is lent. */
public class SourceStage implements SourceContext {
    /** When the time of a test begins. */
    public static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final SourceTime time;
    private final Path directory;
    private final Resources resources;
    private final List<SourceEvent> emitted = new CopyOnWriteArrayList<>();
    private final List<Long> times = new CopyOnWriteArrayList<>();
    private final List<String> shown = new CopyOnWriteArrayList<>();
    private final BlockingQueue<JsonNode> arrivals = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> quiet = new CompletableFuture<>();
    private final Map<String, String> environment = new HashMap<>();

    /** In this time and directory, with these things to borrow. */
    public SourceStage(SourceTime time, Path directory, Resources resources) {
        this.time = time;
        this.directory = directory;
        this.resources = resources;
    }

    /** Sets a variable of the environment. */
    public SourceStage with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Starts a source; the future holds why it ended: nothing, or what it threw. */
    public Playing play(Source source) {
        CompletableFuture<Optional<Exception>> end = new CompletableFuture<>();
        Thread thread = time.start("source", () -> {
            try {
                source.run(this);
                end.complete(Optional.empty());
            } catch (Exception e) {
                end.complete(Optional.of(e));
                quiet.completeExceptionally(e);
            }
        });
        return new Playing(thread, end);
    }

    /** Everything emitted so far, as JSON. */
    public List<String> events() {
        return emitted.stream()
                .map(event -> JsonText.of(event.body()).toString())
                .toList();
    }

    /** Dedupe keys of what was emitted, in order. */
    public List<String> keys() {
        return emitted.stream().map(event -> event.dedupeKey().orElse("-")).toList();
    }

    /** When each was emitted, in milliseconds since the begin. */
    public List<Long> times() {
        return List.copyOf(times);
    }

    /** What was shown to people. */
    public List<String> shown() {
        return List.copyOf(shown);
    }

    /** The next event that nobody took yet; waits for it. */
    public JsonNode next() throws InterruptedException {
        JsonNode event = arrivals.poll(60, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no event came; so far there were " + events());
        }
        return event;
    }

    @Override
    public String name() {
        return "stage";
    }

    @Override
    public void emit(List<SourceEvent> events) {
        for (SourceEvent event : events) {
            times.add(Duration.between(BEGIN, time.instant()).toMillis());
            emitted.add(event);
            arrivals.add(event.body());
        }
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        time.sleep(duration);
    }

    /** Waits until the source itself waits for its stop: it listens then. */
    public void awaitQuiet() throws Exception {
        quiet.get(60, TimeUnit.SECONDS);
    }

    @Override
    public void awaitStop() throws InterruptedException {
        quiet.complete("listens");
        time.sleepForever();
    }

    @Override
    public InstantSource clock() {
        return time;
    }

    @Override
    public ZoneId zone() {
        return ZoneId.of("Europe/Berlin");
    }

    @Override
    public RandomGenerator random() {
        return RandomGenerator.of("L64X128MixRandom");
    }

    @Override
    public Optional<String> environment(String variable) {
        return Optional.ofNullable(environment.get(variable));
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public void print(JsonNode value) {
        shown.add(value.toString());
    }

    @Override
    public <T> T resource(Class<T> type) {
        return resources.get(type);
    }

    /**
     * A source that plays.
     *
     * @param thread interrupt it to stop the source
     * @param end why it ended
     */
    public record Playing(Thread thread, CompletableFuture<Optional<Exception>> end) {
        /** Stops it and answers what it threw. */
        public Optional<Exception> stop() throws Exception {
            thread.interrupt();
            return end.get(60, TimeUnit.SECONDS);
        }
    }
}
