// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import io.reflexarc.app.config.AppConfig;
import io.reflexarc.app.embedded.DataDirectory;
import io.reflexarc.app.embedded.EmbeddedServers;
import io.reflexarc.app.site.Role;
import io.reflexarc.app.site.Roles;
import io.reflexarc.app.site.Site;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this process has started, so that a signal or a failed start stops it in the right order. */
final class Running {
    private static final Logger LOGGER = LoggerFactory.getLogger(Running.class);
    private static final long START_SECONDS = 120;
    private static final long STOP_SECONDS = 40;
    private static final long SETTLED_MILLIS = 10_000;

    private final Vertx vertx;
    private final Optional<DataDirectory> directory;
    private @Nullable EmbeddedServers servers;
    private @Nullable Site site;
    private @Nullable Roles roles;
    private boolean stopped;

    private Running(Vertx vertx, Optional<DataDirectory> directory) {
        this.vertx = vertx;
        this.directory = directory;
    }

    /** Begins on a data directory that is already locked. */
    static Running begin(DataDirectory directory) {
        return begin(Optional.of(directory));
    }

    /** Begins without a data directory: all servers are elsewhere. */
    static Running begin() {
        return begin(Optional.empty());
    }

    private static Running begin(Optional<DataDirectory> directory) {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(Math.max(2, Runtime.getRuntime().availableProcessors()))
                .setWorkerPoolSize(8)
                .setInternalBlockingPoolSize(8));
        Running running = new Running(vertx, directory);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(running::stop));
        return running;
    }

    /** What runs the connections. */
    Vertx vertx() {
        return vertx;
    }

    /** Starts the embedded servers. */
    EmbeddedServers servers() throws Exception {
        EmbeddedServers started = await(EmbeddedServers.start(vertx, directory.orElseThrow()), START_SECONDS);
        servers = started;
        return started;
    }

    /** Starts the embedded Kafka, once everything else is ready. */
    void startKafka() {
        if (servers != null) {
            servers.startKafka(vertx, directory.orElseThrow());
        }
    }

    /** Gives back, once, what a start needed and nothing needs any more: a quiet site would keep it for hours. */
    void settle() {
        vertx.setTimer(
                SETTLED_MILLIS,
                settled -> vertx.executeBlocking(() -> {
                    System.gc();
                    return settled;
                }));
    }

    /** Connects to the servers. */
    Site open(AppConfig config) throws Exception {
        Site opened = await(Site.open(vertx, config), START_SECONDS);
        site = opened;
        return opened;
    }

    /** Starts these roles. */
    void start(Site opened, Set<Role> wanted) throws Exception {
        Roles started = new Roles(opened, wanted, ProcessNames.process(new SecureRandom()), Version.current());
        roles = started;
        await(started.start(), START_SECONDS);
    }

    /** Stops everything once: roles, then servers, then the process's own things. */
    synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        if (roles != null) {
            quietly("roles", roles.stop());
        }
        if (site != null) {
            quietly("connections", site.close());
        }
        if (servers != null) {
            quietly("servers", servers.stop(vertx));
        }
        quietly("Vert.x", vertx.close());
        directory.ifPresent(DataDirectory::close);
        LOGGER.atInfo().log("stopped");
    }

    private static void quietly(String what, Future<?> stopping) {
        try {
            await(stopping, STOP_SECONDS);
        } catch (Exception e) {
            LOGGER.atWarn().addKeyValue("part", what).setCause(e).log("did not stop cleanly");
        }
    }

    /** Waits for one of the steps of a start. */
    static <T> T await(Future<T> future) throws Exception {
        return await(future, START_SECONDS);
    }

    private static <T> T await(Future<T> future, long seconds) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        } catch (TimeoutException e) {
            throw new IllegalStateException("not done within " + seconds + " s", e);
        }
    }
}
