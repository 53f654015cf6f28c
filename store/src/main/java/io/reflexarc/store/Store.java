// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.account.AccountStore;
import io.reflexarc.core.action.ActionQueue;
import io.reflexarc.core.activation.ActivationLog;
import io.reflexarc.core.activation.ActivationStore;
import io.reflexarc.core.activation.ActivationVersions;
import io.reflexarc.core.activation.DecisionLog;
import io.reflexarc.core.activation.Leases;
import io.reflexarc.core.artifact.ArtifactStore;
import io.reflexarc.core.audit.AuditLog;
import io.reflexarc.core.event.EventStreamStore;
import io.reflexarc.core.history.EventArchive;
import io.reflexarc.core.history.FieldStore;
import io.reflexarc.core.log.Incarnations;
import io.reflexarc.core.process.Lives;
import io.reflexarc.core.rulebook.DraftStore;
import io.reflexarc.core.rulebook.RulebookStore;
import io.reflexarc.core.telemetry.HealthCheck;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** All that is kept in PostgreSQL and S3, behind the ports of {@code core}. Opened once per process. */
public final class Store {
    /** Longest time of a statement or a transaction; beyond it PostgreSQL counts as down. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int CONNECT_TIMEOUT_SECONDS = 15;
    private static final int PIPELINING = 64;
    private static final int LONGEST_STATEMENT = 20_000;
    /** Each write has a price of its own, and the next in line waits for it. */
    private static final int GATHER_MILLIS = 10;

    private static final int QUEUED_REQUESTS = 10_000;

    /**
     * For the statements on the path of an event. Each touches few rows by their keys, however many there are; a plan that was
     * made while a table was small must not read all of it when tasks pile up.
     */
    private static final Map<String, String> BY_INDEX =
            Map.of("enable_seqscan", "off", "enable_hashjoin", "off", "enable_mergejoin", "off");

    private final Vertx vertx;
    private final Database database;
    private final Database path;
    private final Takers takers = new Takers();
    private final SignOfLife sign;
    private final S3ArtifactStore artifacts;
    private final CredentialCodec credentials;
    private final InstantSource clock;

    private Store(
            Vertx vertx,
            Database database,
            Database path,
            SignOfLife sign,
            S3ArtifactStore artifacts,
            StoreKey key,
            InstantSource clock) {
        this.vertx = vertx;
        this.database = database;
        this.path = path;
        this.sign = sign;
        this.artifacts = artifacts;
        this.credentials = new CredentialCodec(key);
        this.clock = clock;
    }

    /**
     * Connects to both services; {@code DEPENDENCY_DOWN} when one does not answer. Before it is used the schema
     * must be there: {@link #isMigrated}, {@link Migrations#migrate}.
     *
     * @param clock judges when refresh tokens expire; leases go by PostgreSQL's clock
     */
    public static Future<Store> open(
            Vertx vertx, PostgresConfig postgres, S3Config s3, StoreKey key, InstantSource clock) {
        int onThePath = (postgres.connections() + 1) / 2;
        Database database = database(vertx, postgres, PATIENCE, Map.of(), Math.max(1, postgres.connections() / 2));
        Database path = database(vertx, postgres, PATIENCE, BY_INDEX, onThePath);
        Future<?> answered = ping(database);
        Future<S3ArtifactStore> artifacts = S3ArtifactStore.open(vertx, s3);
        return Future.join(answered, artifacts)
                .map(both -> new Store(
                        vertx,
                        database,
                        path,
                        new SignOfLife(vertx, connect(postgres)),
                        artifacts.result(),
                        key,
                        clock))
                .onFailure(failure -> {
                    database.close();
                    path.close();
                    artifacts.onSuccess(S3ArtifactStore::close);
                });
    }

    static Database database(Vertx vertx, PostgresConfig config) {
        return database(vertx, config, PATIENCE);
    }

    static Database database(Vertx vertx, PostgresConfig config, Duration patience) {
        return database(vertx, config, patience, Map.of(), config.connections());
    }

    private static Database database(
            Vertx vertx, PostgresConfig config, Duration patience, Map<String, String> settings, int connections) {
        PgConnectOptions connect = connect(config);
        settings.forEach(connect::addProperty);
        PoolOptions pool = new PoolOptions()
                .setMaxSize(connections)
                .setMaxWaitQueueSize(QUEUED_REQUESTS)
                .setConnectionTimeout(CONNECT_TIMEOUT_SECONDS)
                .setConnectionTimeoutUnit(TimeUnit.SECONDS);
        return new Database(
                PgBuilder.pool().connectingTo(connect).with(pool).using(vertx).build(), config, patience);
    }

    private static PgConnectOptions connect(PostgresConfig config) {
        return new PgConnectOptions()
                .setHost(config.host())
                .setPort(config.port())
                .setDatabase(config.database())
                .setUser(config.user())
                .setPassword(config.password().reveal())
                .setPipeliningLimit(PIPELINING)
                .setCachePreparedStatements(true)
                // Longer ones would be parsed and planned at each call: most of what a commit costs.
                .setPreparedStatementCacheSqlLimit(LONGEST_STATEMENT)
                .addProperty("application_name", "reflexarc")
                // Planning over many partitions costs more than running: no statement of ours needs a plan of its own.
                .addProperty("plan_cache_mode", "force_generic_plan");
    }

    private static Future<?> ping(Database database) {
        return database.run("select 1", Tuple.tuple());
    }

    /** Whether the schema is that of this build, so that {@link Migrations#migrate} has nothing to do. */
    public Future<Boolean> isMigrated() {
        return database.list(
                        "select script, checksum from flyway_schema_history where success and version is not null",
                        Tuple.tuple(),
                        row -> Map.entry(row.getString(0), row.getInteger(1)))
                .map(rows -> rows.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
                .compose(applied -> vertx.executeBlocking(() -> Migrations.areAll(applied), false))
                .map(Objects::requireNonNull)
                .otherwise(false);
    }

    /** Which version of its rulebook an activation ran when. */
    public ActivationVersions activationVersions() {
        return new PostgresActivationVersions(database);
    }

    /** Configuration and status of activations. */
    public ActivationStore activations() {
        return new PostgresActivationStore(database);
    }

    /** What was said about activations. */
    public ActivationLog activationLog() {
        return new PostgresActivationLog(database);
    }

    /** Who runs what. */
    public Leases leases() {
        return new PostgresLeases(database);
    }

    /** Which processes live. */
    public Lives lives() {
        return new PostgresLives(path, sign);
    }

    /** Decisions, tasks and positions. */
    public DecisionLog decisions() {
        return new PostgresDecisionLog(path, takers);
    }

    /** Tasks for workers. */
    public ActionQueue actions() {
        return new PostgresActionQueue(path, takers, () -> vertx.timer(GATHER_MILLIS, TimeUnit.MILLISECONDS));
    }

    /** What happened. */
    public AuditLog audit() {
        return new PostgresAuditLog(database);
    }

    /** Users and their tokens. */
    public AccountStore accounts() {
        return new PostgresAccountStore(database, clock);
    }

    /** Rulebooks and their versions. */
    public RulebookStore rulebooks() {
        return new PostgresRulebookStore(database);
    }

    /** What is being written. */
    public DraftStore drafts() {
        return new PostgresDraftStore(database);
    }

    /** Where events arrive. */
    public EventStreamStore eventStreams() {
        return new PostgresEventStreamStore(database, credentials);
    }

    /** History that has left the log: its index in PostgreSQL, its segments in S3. */
    public EventArchive archive() {
        return new PostgresEventArchive(database, artifacts, clock);
    }

    /** What is known of the fields of events. */
    public FieldStore fields() {
        return new PostgresFieldStore(database);
    }

    /** Which log this database belongs to. */
    public Incarnations incarnations() {
        return new PostgresIncarnations(database);
    }

    /** Big things. */
    public ArtifactStore artifacts() {
        return artifacts;
    }

    /** Without these no role is ready. */
    public List<HealthCheck> healthChecks() {
        return List.of(new HealthCheck("postgres", () -> ping(database)), new HealthCheck("s3", artifacts::check));
    }

    /** Gives back connections and threads. */
    public Future<Void> close() {
        sign.end();
        return Future.join(database.close(), path.close(), artifacts.close()).mapEmpty();
    }
}
