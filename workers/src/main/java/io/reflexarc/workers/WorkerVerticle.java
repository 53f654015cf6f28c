// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.workers;

import io.reflexarc.core.live.LiveFeed;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Step 8 of the path of an event, the frame: keeps a {@link Worker} going with the bell {@code tasks} and two timers. Deploy
 * it with {@link #deploy}, which puts it on virtual threads.
 */
public final class WorkerVerticle extends VerticleBase {
    private static final long TICK_MILLIS = 250;

    private final WorkerContext settings;
    private Optional<Worker> worker = Optional.empty();
    private final List<LiveFeed.Subscription> bells = new CopyOnWriteArrayList<>();

    /** A worker of these settings. */
    public WorkerVerticle(WorkerContext settings) {
        this.settings = settings;
    }

    /** Starts a worker; answers the id to undeploy it, which lets running attempts end. */
    public static Future<String> deploy(Vertx vertx, WorkerContext settings) {
        return vertx.deployVerticle(
                () -> new WorkerVerticle(settings),
                new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD));
    }

    @Override
    public Future<?> start() {
        Context own = context;
        Worker crew = new Worker(vertx, settings);
        worker = Optional.of(crew);
        vertx.setPeriodic(TICK_MILLIS, ignored -> crew.tick());
        return Future.all(
                        onRing(Reporter.TASKS, () -> own.runOnContext(ignored -> crew.wake())),
                        onRing(Reporter.CANCELLATIONS, () -> own.runOnContext(ignored -> crew.cancelled())))
                .onSuccess(both -> {
                    Worker.LOGGER
                            .atInfo()
                            .addKeyValue("worker", settings.name())
                            .addKeyValue("queues", settings.queues())
                            .log("worker started");
                    own.runOnContext(ignored -> crew.wake());
                });
    }

    private Future<LiveFeed.Subscription> onRing(String bell, Runnable listener) {
        return settings.live().onRing(bell, listener).onSuccess(bells::add);
    }

    @Override
    public Future<?> stop() {
        bells.forEach(LiveFeed.Subscription::cancel);
        return worker.map(Worker::stop).orElseGet(Future::succeededFuture);
    }
}
