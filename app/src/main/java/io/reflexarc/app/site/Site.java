// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.site;

import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.reflexarc.app.config.AppConfig;
import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.RestartPolicy;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.page.PageRequest;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.telemetry.HealthCheck;
import io.reflexarc.core.telemetry.Meters;
import io.reflexarc.eventstream.redis.LogBounds;
import io.reflexarc.eventstream.redis.RedisConfig;
import io.reflexarc.eventstream.redis.RedisEventLog;
import io.reflexarc.eventstream.redis.RedisLiveFeed;
import io.reflexarc.store.Migrations;
import io.reflexarc.store.Store;
import io.reflexarc.store.StoreKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process's connections to what a site keeps: PostgreSQL, the log, the live feed, artifacts; and its meters. */
public final class Site {
    private static final Logger LOGGER = LoggerFactory.getLogger(Site.class);
    private static final int PATIENCE_SECONDS = 60;

    private final Vertx vertx;
    private final AppConfig config;
    private final PrometheusMeterRegistry registry;
    private final Store store;
    private final RedisEventLog log;
    private final RedisLiveFeed live;

    private Site(
            Vertx vertx,
            AppConfig config,
            PrometheusMeterRegistry registry,
            Store store,
            RedisEventLog log,
            RedisLiveFeed live) {
        this.vertx = vertx;
        this.config = config;
        this.registry = registry;
        this.store = store;
        this.log = log;
        this.live = live;
    }

    /** Brings the schema up to date and connects to everything. */
    public static Future<Site> open(Vertx vertx, AppConfig config) {
        PrometheusMeterRegistry registry = registry();
        return patiently(vertx, PATIENCE_SECONDS, () -> store(vertx, config))
                .compose(store -> connect(vertx, config, registry, store));
    }

    private static Future<Store> store(Vertx vertx, AppConfig config) {
        Servers servers = Servers.of(config);
        return vertx.executeBlocking(() -> StoreKey.load(config.keys().store(), new SecureRandom()), false)
                .map(Objects::requireNonNull)
                .compose(key -> Store.open(vertx, servers.postgres(), servers.s3(), key, Clock.systemUTC()))
                .compose(store -> migrated(vertx, store, servers).onFailure(refused -> store.close()));
    }

    /** Asking first is a second of CPU cheaper than trying. */
    private static Future<Store> migrated(Vertx vertx, Store store, Servers servers) {
        return store.isMigrated()
                .compose(done -> done
                        ? Future.succeededFuture(store)
                        : vertx.executeBlocking(
                                        () -> {
                                            Migrations.migrate(servers.postgres());
                                            return store;
                                        },
                                        false)
                                .map(Objects::requireNonNull));
    }

    /** Servers and processes of a site may start in any order: what does not answer yet is asked again, once a second. */
    private static <T> Future<T> patiently(Vertx vertx, int seconds, Supplier<Future<T>> attempt) {
        return attempt.get().recover(failure -> {
            boolean down = failure instanceof ProblemException problem && problem.type() == ProblemType.DEPENDENCY_DOWN;
            if (!down || seconds <= 0) {
                return Future.failedFuture(failure);
            }
            if (seconds == PATIENCE_SECONDS) {
                LOGGER.atWarn().addKeyValue("cause", failure.getMessage()).log("waiting for a server");
            }
            return vertx.timer(1, TimeUnit.SECONDS).compose(passed -> patiently(vertx, seconds - 1, attempt));
        });
    }

    private static Future<Site> connect(Vertx vertx, AppConfig config, PrometheusMeterRegistry registry, Store store) {
        RedisConfig redis = Servers.of(config).redis();
        LogBounds bounds =
                config.retention().historyDays() > 0 ? LogBounds.DEFAULT : LogBounds.DEFAULT.withoutArchive();
        RedisEventLog log = new RedisEventLog(vertx, redis, bounds, Clock.systemUTC(), store.incarnations());
        var listeners = vertx.getOrCreateContext(); // one event loop, so that every listener sees updates in order
        var live = new RedisLiveFeed(vertx, redis, task -> listeners.runOnContext(unused -> task.run()));
        Site site = new Site(vertx, config, registry, store, log, live);
        return Future.join(log.start(), live.start())
                .compose(connected -> site.checkIncarnation())
                .map(checked -> site);
    }

    /**
     * A new site opens its log's first incarnation. A site whose log has none, or another, than PostgreSQL remembers has lost
     * it: it takes nothing until an operator opens a new one, and says so.
     */
    private Future<Void> checkIncarnation() {
        return Future.join(store.incarnations().expected(), log.incarnation()).compose(both -> {
            Optional<Incarnation> expected = both.resultAt(0);
            Optional<Incarnation> actual = both.resultAt(1);
            if (expected.isPresent() && expected.equals(actual)) {
                return Future.succeededFuture();
            }
            if (expected.isEmpty() && actual.isEmpty()) {
                Incarnation first = new Incarnation(UUID.randomUUID());
                return store.incarnations().expect(first).compose(remembered -> log.open(first));
            }
            return expected.isPresent() && actual.isEmpty() ? openUnlessUsed(expected.get()) : lost(expected, actual);
        });
    }

    /** A crash between the two steps of a first start leaves an expected incarnation, and nothing that could be lost yet. */
    private Future<Void> openUnlessUsed(Incarnation expected) {
        Future<Boolean> streams = store.eventStreams().list(PageRequest.first()).map(page -> page.count() > 0);
        // Activations write without streams, too: by sources of their own
        Future<Boolean> activations =
                store.activations().list(PageRequest.first()).map(page -> page.count() > 0);
        return Future.all(streams, activations)
                .compose(both -> streams.result() || activations.result()
                        ? lost(Optional.of(expected), Optional.empty())
                        : log.open(expected));
    }

    private static Future<Void> lost(Optional<Incarnation> expected, Optional<Incarnation> actual) {
        LOGGER.atError()
                .addKeyValue("expected", expected)
                .addKeyValue("found", actual)
                .log("the event log was lost or belongs to another site: event streams answer 503; see reflexarc log");
        return Future.succeededFuture();
    }

    private static PrometheusMeterRegistry registry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        return registry;
    }

    Vertx vertx() {
        return vertx;
    }

    AppConfig config() {
        return config;
    }

    /** What is kept in PostgreSQL and S3. */
    public Store store() {
        return store;
    }

    RedisEventLog log() {
        return log;
    }

    /** Whether the event log is the right one. */
    public Future<LogLife> logLife() {
        return LogLife.of(store.incarnations(), log);
    }

    /** Opens a new event log where the old one was lost. */
    public Future<Incarnation> openNewLog(Supplier<Incarnation> fresh) {
        return LogLife.openNew(store.incarnations(), log, fresh)
                .compose(opened -> bindInboxes().map(opened));
    }

    /** What event streams take from now on waits for activations that have not come back yet. */
    private Future<Void> bindInboxes() {
        return store.activations()
                .enabled()
                .compose(all -> Future.join(all.stream()
                        .filter(Site::comesBack)
                        .map(one -> log.bind(
                                InboxId.of(one.id()), Set.copyOf(one.sources().values())))
                        .toList()))
                .mapEmpty();
    }

    private static boolean comesBack(Activation activation) {
        return switch (activation.status()) {
            case PENDING, STARTING, RUNNING -> true;
            case FAILED -> activation.restartPolicy() != RestartPolicy.NEVER;
            case COMPLETED, STOPPING, STOPPED, ERROR, DIVERGED, DELETING -> false;
        };
    }

    RedisLiveFeed live() {
        return live;
    }

    Meters meters() {
        return new Meters(registry);
    }

    String scrape() {
        return registry.scrape();
    }

    List<HealthCheck> healthChecks() {
        List<HealthCheck> checks = new ArrayList<>(store.healthChecks());
        checks.add(new HealthCheck("redis", log::incarnation));
        return checks;
    }

    /** Ends all connections. */
    public Future<Void> close() {
        return Future.join(live.close(), log.close(), store.close()).mapEmpty();
    }
}
