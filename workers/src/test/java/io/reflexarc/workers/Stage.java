// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reflexarc.core.action.Action;
import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.Plugin;
import io.reflexarc.core.action.Resources;
import io.reflexarc.core.action.RetryPolicy;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.activation.InMemoryActionQueue;
import io.reflexarc.core.activation.InMemoryTask;
import io.reflexarc.core.artifact.ArtifactStore;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.live.InMemoryLiveFeed;
import io.reflexarc.core.live.LiveUpdate;
import io.reflexarc.core.telemetry.Meters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** A worker among in-memory ports, with a clock that the test moves. */
final class Stage implements AutoCloseable {
    static final ActionOutcome.Succeeded WELL = ActionOutcome.Succeeded.of(JsonText.EMPTY_OBJECT);

    /** No test waits this long unless it fails. */
    private static final long PATIENCE_SECONDS = 60;

    final MovableClock clock = new MovableClock();
    final InMemoryActionQueue queue = new InMemoryActionQueue(clock);
    final WatchedQueue watched = new WatchedQueue(queue);
    final InMemoryLiveFeed live = new InMemoryLiveFeed(Runnable::run);
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final Map<String, Buffer> artifacts = new ConcurrentHashMap<>();
    final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<LiveUpdate> updates = new LinkedBlockingQueue<>();
    private Optional<String> deployed = Optional.empty();

    Stage() {
        live.subscribe(updates::add).await();
    }

    void start(Perform.Script script) {
        start(script, WorkerContext.DEFAULT_CONCURRENCY, WorkerContext.DEFAULT_DRAIN);
    }

    void start(Perform.Script script, int concurrency, Duration drain) {
        deployed = Optional.of(WorkerVerticle.deploy(
                        vertx,
                        new WorkerContext(
                                watched,
                                new ActionCatalogue(List.of(new Performing())),
                                Resources.NONE.with(Perform.Script.class, script),
                                new Shelf(),
                                live,
                                new Meters(registry),
                                clock,
                                RandomGenerator.of("L64X128MixRandom"),
                                "worker-1",
                                List.of(ActionTask.DEFAULT_QUEUE),
                                concurrency,
                                drain))
                .await());
    }

    Future<Void> stop() {
        return vertx.undeploy(deployed.orElseThrow());
    }

    ActionTask add(ActionTask task) {
        queue.add(task, Optional.empty(), true);
        live.ring(Reporter.TASKS);
        return task;
    }

    static ActionTask task(RetryPolicy retry) {
        return task(retry, Optional.empty(), false);
    }

    static ActionTask task(RetryPolicy retry, Optional<String> lock, boolean awaited) {
        return task("perform", "{\"step\": \"one\"}", retry, lock, awaited);
    }

    static ActionTask task(String action, String arguments, RetryPolicy retry, Optional<String> lock, boolean awaited) {
        DecisionId decision = new DecisionId(UUID.randomUUID());
        return new ActionTask(
                TaskId.of(decision, 0),
                decision,
                new ActivationId(1),
                0,
                action,
                JsonText.ofString(arguments),
                ActionTask.DEFAULT_QUEUE,
                lock,
                retry,
                Duration.ofSeconds(30),
                awaited,
                JsonText.EMPTY_OBJECT,
                List.of(),
                "key-" + decision);
    }

    InMemoryTask find(ActionTask task) {
        return queue.find(task.id()).orElseThrow();
    }

    /** Waits until the worker tells that the task is in this state, and answers what it said. */
    LiveUpdate.TaskChanged awaits(ActionTask task, TaskState state) {
        return awaits(LiveUpdate.TaskChanged.class, update -> update.id().equals(task.id()) && update.state() == state);
    }

    <T extends LiveUpdate> T awaits(Class<T> type, Predicate<T> wanted) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end) {
            Optional<LiveUpdate> next = take();
            if (next.filter(type::isInstance).map(type::cast).filter(wanted).isPresent()) {
                return type.cast(next.get());
            }
        }
        throw new AssertionError("the worker did not say that in " + PATIENCE_SECONDS + " s");
    }

    private Optional<LiveUpdate> take() {
        try {
            return Optional.ofNullable(updates.poll(1, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Fails the test when nothing comes. */
    static <T> T take(BlockingQueue<T> from) throws InterruptedException {
        T next = from.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(next).as("something within %d s", PATIENCE_SECONDS).isNotNull();
        return next;
    }

    @Override
    public void close() {
        vertx.close().await();
    }

    private final class Shelf implements ArtifactStore {
        @Override
        public Future<Void> put(String key, Buffer content, String contentType) {
            artifacts.put(key, content);
            return Future.succeededFuture();
        }

        @Override
        public Future<Optional<Buffer>> get(String key) {
            return Future.succeededFuture(Optional.ofNullable(artifacts.get(key)));
        }

        @Override
        public Future<Void> delete(String key) {
            artifacts.remove(key);
            return Future.succeededFuture();
        }
    }

    private static final class Performing implements Plugin {
        @Override
        public List<Class<? extends Action>> actions() {
            return List.of(Perform.class);
        }
    }
}
