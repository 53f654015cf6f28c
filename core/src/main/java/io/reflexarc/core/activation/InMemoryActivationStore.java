// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.page.Order;
import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.rulebook.RulebookStore;
import io.reflexarc.core.rulebook.RulebookVersion;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Activations that live as long as their process. Safe for any thread. */
public final class InMemoryActivationStore implements ActivationStore {
    private final ReentrantLock lock = new ReentrantLock();
    private final InstantSource clock;
    private final RulebookStore rulebooks;
    private final InMemoryLeases leases;
    private final InMemoryDecisionLog decisions;
    private final Map<Long, Activation> activations = new TreeMap<>();
    private long lastId;

    /**
     * An empty store.
     *
     * @param clock stamps changes
     * @param rulebooks knows the newest version of a rulebook
     * @param leases whose epochs guard the status
     * @param decisions counts events and decisions
     */
    public InMemoryActivationStore(
            InstantSource clock, RulebookStore rulebooks, InMemoryLeases leases, InMemoryDecisionLog decisions) {
        this.clock = clock;
        this.rulebooks = rulebooks;
        this.leases = leases;
        this.decisions = decisions;
    }

    @Override
    public Future<Activation> create(NewActivation made) {
        return rulebooks
                .find(made.rulebookId())
                .map(found -> made.rulebookVersion()
                        .orElseGet(() -> found.orElseThrow(() -> new ProblemException(
                                        ProblemType.NOT_FOUND, "there is no rulebook " + made.rulebookId()))
                                .version()))
                .compose(version -> insert(made, version));
    }

    private Future<Activation> insert(NewActivation made, long version) {
        lock.lock();
        try {
            boolean taken = activations.values().stream()
                    .anyMatch(one -> one.organization() == made.organization()
                            && one.name().equals(made.name()));
            if (taken) {
                return Future.failedFuture(new ProblemException(
                        ProblemType.CONFLICT,
                        "there is an activation \"" + made.name() + "\" already: choose another name"));
            }
            Activation activation = activation(made, version, new ActivationId(++lastId), clock.instant());
            activations.put(lastId, activation);
            return rulebooks.version(version).map(found -> {
                found.ifPresent(one -> decisions.change(InboxId.of(activation.id()), first(activation, one), true));
                return activation;
            });
        } finally {
            lock.unlock();
        }
    }

    private static VersionChange first(Activation activation, RulebookVersion version) {
        return new VersionChange(
                version.id(),
                version.number(),
                Position.START,
                VersionChange.State.LIVE,
                "",
                activation.createdAt(),
                Optional.of(activation.createdAt()),
                "",
                List.of());
    }

    /** Activations of a rulebook, by id. */
    List<Activation> ofRulebook(long rulebook) {
        return all(one -> one.rulebookId() == rulebook);
    }

    /** Whether it gets what is published without naming activations. */
    void follow(ActivationId id, boolean follows) {
        change(
                id,
                one -> rebuilt(
                        one,
                        follows,
                        one.enabled(),
                        one.status(),
                        one.statusMessage(),
                        one.restartCount(),
                        one.statusSince(),
                        one.eventsSeen(),
                        one.rulesFired()));
    }

    private static Activation activation(NewActivation made, long version, ActivationId id, Instant now) {
        return new Activation(
                id,
                made.organization(),
                made.name(),
                made.description(),
                made.enabled(),
                made.rulebookId(),
                version,
                made.rulebookVersion().isEmpty(),
                made.variables(),
                made.inventory(),
                made.sources(),
                made.strategy(),
                made.restartPolicy(),
                made.enabled() ? ActivationStatus.PENDING : ActivationStatus.STOPPED,
                "",
                0,
                0,
                0,
                now,
                now);
    }

    @Override
    public Future<Optional<Activation>> find(ActivationId id) {
        return Future.succeededFuture(all(one -> one.id().equals(id)).stream().findFirst());
    }

    @Override
    public Future<Page<Activation>> list(PageRequest request) {
        Predicate<Activation> named = request.filter("name")
                .map(part -> part.toLowerCase(Locale.ROOT))
                .<Predicate<Activation>>map(
                        part -> one -> one.name().toLowerCase(Locale.ROOT).contains(part))
                .orElse(one -> true);
        Predicate<Activation> inStatus = request.filter("status")
                .<Predicate<Activation>>map(
                        status -> one -> one.status().label().equals(status))
                .orElse(one -> true);
        Map<String, Comparator<Activation>> orders = Map.of(
                "name", Comparator.comparing(Activation::name),
                "status", Comparator.comparing(one -> one.status().label()),
                "events_seen", Comparator.comparing(Activation::eventsSeen),
                "decisions_made", Comparator.comparing(Activation::rulesFired),
                "restart_count", Comparator.comparing(Activation::restartCount),
                "status_since", Comparator.comparing(Activation::statusSince),
                "created_at", Comparator.comparing(Activation::createdAt));
        return Future.succeededFuture(Order.page(
                all(named.and(inStatus)), request, orders, one -> one.id().value()));
    }

    @Override
    public Future<List<Activation>> enabled() {
        return Future.succeededFuture(all(Activation::enabled));
    }

    private List<Activation> all(Predicate<Activation> wanted) {
        lock.lock();
        try {
            return activations.values().stream()
                    .filter(wanted)
                    .map(this::counted)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Future<Activation> enable(ActivationId id, boolean enabled) {
        return change(id, one -> one.enabled() == enabled ? one : switched(one, enabled))
                .map(changed -> changed.orElseThrow(
                        () -> new ProblemException(ProblemType.NOT_FOUND, "there is no activation " + id)));
    }

    private Activation switched(Activation one, boolean enabled) {
        ActivationStatus status =
                enabled ? ActivationStatus.PENDING : runs(one) ? ActivationStatus.STOPPING : ActivationStatus.STOPPED;
        return with(one, enabled, status, "", one.restartCount());
    }

    @Override
    public Future<Boolean> status(ActivationId id, long epoch, ActivationStatus status, String message) {
        if (leases.epoch(id) != epoch) {
            return Future.succeededFuture(false);
        }
        return change(id, one -> {
                    boolean restarted = status == ActivationStatus.STARTING
                            && (one.status() == ActivationStatus.FAILED || one.status() == ActivationStatus.COMPLETED);
                    return with(one, one.enabled(), status, message, one.restartCount() + (restarted ? 1 : 0));
                })
                .map(Optional::isPresent);
    }

    @Override
    public Future<Void> startAnew(ActivationId id, Position after) {
        return stopped(id).onSuccess(stopped -> decisions.startAnew(InboxId.of(id), after));
    }

    @Override
    public Future<Void> acceptReplay(ActivationId id) {
        return stopped(id).onSuccess(stopped -> decisions.acceptReplay(InboxId.of(id)));
    }

    private Future<Void> stopped(ActivationId id) {
        return find(id).compose(found ->
                found.filter(one -> one.status() == ActivationStatus.STOPPED).isPresent()
                        ? Future.succeededFuture()
                        : Future.failedFuture(
                                new ProblemException(ProblemType.CONFLICT, "activation " + id + " has not stopped")));
    }

    @Override
    public Future<Void> delete(ActivationId id) {
        lock.lock();
        try {
            Optional<Activation> found = Optional.ofNullable(activations.get(id.value()));
            if (found.filter(this::runs).isPresent()) {
                return Future.failedFuture(
                        new ProblemException(ProblemType.CONFLICT, "activation " + id + " runs: disable it first"));
            }
            activations.remove(id.value());
            return Future.succeededFuture();
        } finally {
            lock.unlock();
        }
    }

    private boolean runs(Activation one) {
        return switch (one.status()) {
            case STARTING, RUNNING, STOPPING -> true;
            case PENDING, STOPPED, COMPLETED, FAILED, ERROR, DIVERGED, DELETING -> false;
        };
    }

    private Future<Optional<Activation>> change(ActivationId id, UnaryOperator<Activation> how) {
        lock.lock();
        try {
            Optional<Activation> changed =
                    Optional.ofNullable(activations.computeIfPresent(id.value(), (key, one) -> how.apply(one)));
            return Future.succeededFuture(changed.map(this::counted));
        } finally {
            lock.unlock();
        }
    }

    private Activation with(Activation one, boolean enabled, ActivationStatus status, String message, int restarts) {
        return rebuilt(
                one,
                one.follows(),
                enabled,
                status,
                message,
                restarts,
                status == one.status() ? one.statusSince() : clock.instant(),
                one.eventsSeen(),
                one.rulesFired());
    }

    private Activation counted(Activation one) {
        return rebuilt(
                one,
                one.follows(),
                one.enabled(),
                one.status(),
                one.statusMessage(),
                one.restartCount(),
                one.statusSince(),
                decisions.eventsSeen(one.id()),
                decisions.rulesFired(one.id()));
    }

    private Activation rebuilt(
            Activation one,
            boolean follows,
            boolean enabled,
            ActivationStatus status,
            String message,
            int restarts,
            Instant since,
            long eventsSeen,
            long rulesFired) {
        return new Activation(
                one.id(),
                one.organization(),
                one.name(),
                one.description(),
                enabled,
                one.rulebookId(),
                decisions.version(one.id()).orElse(one.rulebookVersion()),
                follows,
                one.variables(),
                one.inventory(),
                one.sources(),
                one.strategy(),
                one.restartPolicy(),
                status,
                message,
                restarts,
                eventsSeen,
                rulesFired,
                one.createdAt(),
                since);
    }
}
