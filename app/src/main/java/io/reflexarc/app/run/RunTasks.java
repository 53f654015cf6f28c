// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.run;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.TaskOutcome;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.activation.InMemoryActionQueue;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.live.InMemoryLiveFeed;
import io.reflexarc.core.telemetry.Meters;
import io.reflexarc.workers.WorkerContext;
import io.reflexarc.workers.WorkerVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The actions of a run that reach outside: a worker of production on a queue in memory. On the run's thread only. */
final class RunTasks {
    private static final Logger LOGGER = LoggerFactory.getLogger(RunTasks.class);
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final long STOP_SECONDS = 15;
    private static final String BELL = "tasks";

    private final RunRequest request;
    private final RunWorld world;
    private final RunObserver observer;
    private final RunInbox inbox;
    private final Map<TaskId, ActionTask> open = new HashMap<>();
    private Optional<Crew> crew = Optional.empty();

    RunTasks(RunRequest request, RunWorld world, RunObserver observer, RunInbox inbox) {
        this.request = request;
        this.world = world;
        this.observer = observer;
        this.inbox = inbox;
    }

    /** A task that may start at once, or waits to be released. */
    void add(ActionTask task, boolean released) {
        open.put(task.id(), task);
        if (!request.options().dryRun()) {
            crew().add(task, released);
        } else if (released) {
            pretend(task);
        }
    }

    void release(TaskId id) {
        ActionTask task = open.get(id);
        if (task != null && request.options().dryRun()) {
            pretend(task);
        } else if (task != null) {
            crew().release(id);
        }
    }

    /** In a dry run it succeeds without a result. */
    private void pretend(ActionTask task) {
        inbox.put(new RunInput.TaskStarted(task));
        var outcome = new TaskOutcome(task.id(), TaskState.SUCCEEDED, "", Optional.empty());
        inbox.put(new RunInput.TaskEnded(task, outcome, ActionOutcome.Succeeded.of(JsonText.EMPTY_OBJECT)));
    }

    void ended(TaskId id) {
        open.remove(id);
    }

    /** Tasks that have not ended. */
    int open() {
        return open.size();
    }

    /** Cancels what runs, with all that it started. */
    void close() {
        crew.ifPresent(Crew::close);
        crew = Optional.empty();
        open.clear();
    }

    /** Most rulebooks only use what the engine does itself: nothing of this is made for them. */
    private Crew crew() {
        Crew present = crew.orElseGet(() -> Crew.start(request, world, observer, inbox));
        crew = Optional.of(present);
        return present;
    }

    /** The worker and what it needs. */
    private record Crew(Vertx vertx, String deployment, InMemoryActionQueue queue, InMemoryLiveFeed live) {
        static Crew start(RunRequest request, RunWorld world, RunObserver observer, RunInbox inbox) {
            Vertx vertx = world.resources().get(Vertx.class);
            // Attempts take real time, whatever time the sources live in
            InMemoryActionQueue queue = new InMemoryActionQueue(Clock.systemUTC());
            InMemoryLiveFeed live = new InMemoryLiveFeed(Runnable::run);
            WorkerContext context = new WorkerContext(
                    new ReportingQueue(queue, inbox),
                    world.actions(),
                    world.resources(),
                    new NoArtifacts(),
                    live,
                    new Meters(new SimpleMeterRegistry()),
                    Clock.systemUTC(),
                    world.random(),
                    "run",
                    List.of(ActionTask.DEFAULT_QUEUE),
                    request.options().concurrency(),
                    AT_ONCE,
                    observer::actionPrinted);
            return new Crew(vertx, await(WorkerVerticle.deploy(vertx, context)), queue, live);
        }

        void add(ActionTask task, boolean released) {
            queue.add(task, Optional.empty(), released);
            live.ring(BELL);
        }

        void release(TaskId task) {
            queue.release(task);
            live.ring(BELL);
        }

        void close() {
            try {
                await(vertx.undeploy(deployment).map(""));
            } catch (IllegalStateException e) {
                LOGGER.atWarn().setCause(e).log("the worker did not stop cleanly");
            }
        }

        private static String await(Future<String> future) {
            try {
                return future.toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            } catch (ExecutionException | TimeoutException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
