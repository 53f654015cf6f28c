// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.ActivationStatus;
import io.reflexarc.core.activation.Lease;
import io.reflexarc.core.activation.Placement;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.live.LiveFeed;
import io.reflexarc.core.page.PageRequest;
import io.reflexarc.engine.activation.ActivationVerticle.End;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs this process's share of the enabled activations: takes what is free while others run more, gives up what is too much
 * when another process joins. Which process runs an activation is decided by its lease.
 */
public final class ActivationSupervisor extends VerticleBase {
    /** Bell that is rung when an activation was switched, created or deleted. */
    public static final String BELL = "activations";

    private static final Logger LOGGER = LoggerFactory.getLogger(ActivationSupervisor.class);
    private static final long LOOK_MILLIS = 1_000;
    private static final long REPORT_MILLIS = 1_000;

    private final EngineContext engine;
    private final Statistics statistics = new Statistics();
    private final Map<ActivationId, Placed> placed = new HashMap<>();
    private final Map<ActivationId, Restarts> restarts = new HashMap<>();
    /** Activations that nobody runs, since we saw it first. */
    private final Map<ActivationId, Instant> free = new HashMap<>();

    private Optional<LiveFeed.Subscription> bell = Optional.empty();
    private boolean looking;
    private boolean again;
    private volatile boolean stopping;
    private String trouble = "";

    private ActivationSupervisor(EngineContext engine) {
        this.engine = engine;
    }

    /** Starts supervising; undeploying the answered id stops every activation of this process. */
    public static Future<String> deploy(Vertx vertx, EngineContext engine) {
        return vertx.deployVerticle(() -> new ActivationSupervisor(engine), onVirtualThreads());
    }

    private static DeploymentOptions onVirtualThreads() {
        return new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(LOOK_MILLIS, unused -> look());
        vertx.setPeriodic(
                REPORT_MILLIS,
                unused -> engine.live()
                        .publish(statistics.report(
                                engine.process(), engine.clock().instant())));
        context.runOnContext(unused -> look());
        return engine.live()
                .onRing(BELL, () -> context.runOnContext(unused -> look()))
                .onSuccess(subscribed -> bell = Optional.of(subscribed));
    }

    @Override
    public Future<?> stop() {
        bell.ifPresent(LiveFeed.Subscription::cancel);
        List<Future<End>> ends =
                placed.values().stream().map(one -> one.verticle().ended()).toList();
        placed.values().forEach(one -> one.verticle().end());
        leave();
        return Future.join(ends).transform(ended -> leave());
    }

    /** Before it gives anything back: the others take only what is free when nobody who attends runs less than they do. */
    private Future<Void> leave() {
        stopping = true;
        return engine.leases()
                .leave(engine.process())
                .onComplete(left -> engine.live().ring(BELL))
                .otherwiseEmpty();
    }

    /** One look at a time; a call during a look makes it look again. */
    private void look() {
        again = true;
        if (looking) {
            return;
        }
        looking = true;
        try {
            while (again && !stopping) {
                again = false;
                place();
                finishStopping();
            }
            told("");
        } catch (Exception e) {
            told(String.valueOf(e.getMessage()));
        } finally {
            looking = false;
        }
    }

    private void told(String sentence) {
        if (!sentence.isEmpty() && trouble.isEmpty()) {
            LOGGER.atWarn().addKeyValue("cause", sentence).log("the list of activations cannot be read");
        } else if (sentence.isEmpty() && !trouble.isEmpty()) {
            LOGGER.atInfo().log("the list of activations can be read again");
        }
        trouble = sentence;
    }

    private void place() {
        Map<ActivationId, Activation> enabled = engine.activations().enabled().await().stream()
                .collect(Collectors.toMap(Activation::id, Function.identity()));
        Placement seen = engine.leases()
                .attend(engine.process(), engine.limits().lease())
                .await();
        Balance balance = new Balance(engine.process(), seen);
        free.keySet().retainAll(enabled.keySet());
        for (Activation activation : enabled.values()) {
            if (!placed.containsKey(activation.id()) && isWanted(activation) && isFree(activation.id(), seen)) {
                take(activation, balance);
            }
        }
        placed.forEach((id, one) -> {
            if (!enabled.containsKey(id)) {
                one.verticle().end();
            }
        });
        if (free.isEmpty()) {
            giveUp(balance.surplus());
        }
        restarts.keySet().retainAll(enabled.keySet());
    }

    private boolean isFree(ActivationId id, Placement seen) {
        if (seen.owners().containsKey(id)) {
            free.remove(id);
            return false;
        }
        return true;
    }

    /** Takes it when it is our turn, or when whose turn it is has not done so for as long as a lease. */
    private void take(Activation activation, Balance balance) {
        Instant now = engine.clock().instant();
        Instant since = free.computeIfAbsent(activation.id(), unused -> now);
        if (balance.takes() || !now.isBefore(since.plus(engine.limits().lease()))) {
            balance.took();
            free.remove(activation.id());
            deploy(activation);
        }
    }

    /** What it runs longest stays: it has most in memory. */
    private void giveUp(int count) {
        placed.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<ActivationId, Placed> one) ->
                                one.getValue().since())
                        .reversed()
                        .thenComparing(one -> one.getKey().value()))
                .limit(count)
                .forEach(one -> {
                    LOGGER.atInfo()
                            .addKeyValue("activationId", one.getKey())
                            .log("activation is handed over to a process that runs fewer");
                    one.getValue().verticle().end();
                });
    }

    private boolean isWanted(Activation activation) {
        Restarts earlier = restarts.getOrDefault(activation.id(), Restarts.NONE);
        boolean due = activation.status() == ActivationStatus.PENDING
                || !engine.clock().instant().isBefore(earlier.notBefore());
        return due
                && ActivationLifecycle.takeUp(activation.status(), activation.restartPolicy())
                        .isPresent();
    }

    private void deploy(Activation activation) {
        ActivationVerticle verticle = new ActivationVerticle(engine, statistics, activation, this::leave);
        placed.put(activation.id(), new Placed(verticle, engine.clock().instant()));
        Future<String> deployed = vertx.deployVerticle(() -> verticle, onVirtualThreads());
        deployed.onFailure(e -> verticle.neverRan());
        verticle.ended()
                .onSuccess(end -> deployed.onSuccess(id -> {
                    if (end != End.PROCESS_STOPS && !stopping) {
                        vertx.undeploy(id);
                    }
                    context.runOnContext(unused -> gone(activation.id(), end));
                }));
    }

    private void gone(ActivationId id, End end) {
        Placed was = placed.remove(id);
        if (was == null || stopping) {
            return;
        }
        Instant now = engine.clock().instant();
        switch (end) {
            case FAILED, COMPLETED, LEFT_ALONE -> {
                Restarts earlier = restarts.getOrDefault(id, Restarts.NONE);
                restarts.put(id, earlier.next(was.since(), now, engine.random().nextDouble()));
            }
            case PROCESS_STOPS -> stopping = true;
            case TAKEN -> {
                // The next look says by whom.
            }
            case STOPPED, ERROR, DIVERGED, LOST -> {
                restarts.remove(id);
                look();
            }
        }
    }

    /** Activations that were switched off after their owner had died: nobody else would say that they have stopped. */
    private void finishStopping() {
        var stoppingOnes =
                new PageRequest(1, PageRequest.MAX_SIZE, Map.of("status", ActivationStatus.STOPPING.label()));
        Set<ActivationId> here = Set.copyOf(placed.keySet());
        for (Activation activation :
                engine.activations().list(stoppingOnes).await().items()) {
            if (!activation.enabled() && !here.contains(activation.id())) {
                finish(activation);
            }
        }
    }

    private void finish(Activation activation) {
        Optional<Lease> lease = engine.leases()
                .claim(activation.id(), engine.process(), engine.limits().lease())
                .await();
        if (lease.isPresent()) {
            // It may have been switched on again since it was listed; nobody takes it up while we have the lease.
            boolean off = engine.activations()
                    .find(activation.id())
                    .await()
                    .filter(found -> !found.enabled())
                    .isPresent();
            if (off) {
                engine.log()
                        .unbind(InboxId.of(activation.id()), lease.get().epoch())
                        .await();
                engine.activations()
                        .status(activation.id(), lease.get().epoch(), ActivationStatus.STOPPED, "")
                        .await();
            }
            engine.leases().release(lease.get()).await();
        }
    }

    /** A verticle of ours. */
    private record Placed(ActivationVerticle verticle, Instant since) {}

    /** How often in a row it ended by itself, and when it may start again. */
    private record Restarts(int count, Instant notBefore) {
        static final Restarts NONE = new Restarts(0, Instant.EPOCH);

        private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);
        private static final long LONGEST_MILLIS = 60_000;

        /** Doubles the wait unless it ran for a while; half of the wait is left to chance. */
        Restarts next(Instant since, Instant now, double random) {
            int times = now.isAfter(since.plus(LONG_ENOUGH)) ? 1 : count + 1;
            long longest = Math.min(LONGEST_MILLIS, 1_000L << Math.min(times - 1, 10));
            return new Restarts(times, now.plusMillis(Math.round(longest * (0.5 + random / 2))));
        }
    }
}
