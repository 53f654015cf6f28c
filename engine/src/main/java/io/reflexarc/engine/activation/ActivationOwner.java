// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.ActivationStatus;
import io.reflexarc.core.activation.VersionChange;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.engine.activation.ActivationLifecycle.Change;
import io.reflexarc.engine.activation.ActivationVerticle.End;
import io.reflexarc.engine.compile.CompiledRulesets;
import io.reflexarc.engine.decision.Phase;
import io.reflexarc.engine.decision.SessionPlan;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The time of one lease: makes the activation ready, runs it, and says what became of it. Runs on one virtual thread. */
final class ActivationOwner {
    private static final Logger LOGGER = LoggerFactory.getLogger(ActivationOwner.class);
    private static final Duration LAG_INTERVAL = Duration.ofSeconds(1);

    private final EngineContext engine;
    private final Statistics statistics;
    private final Activation activation;
    private final InboxId inbox;
    private final LeaseKeeper keeper;
    private final Future<Void> stop;
    private final Patience patience;
    private final Map<Position, Integer> failures = new HashMap<>();
    private final Set<Position> skipped = new HashSet<>();
    private ActivationStatus status;
    private String remark = "";
    private String sourcesSaid = "";
    private Instant lagAsked = Instant.EPOCH;
    private Optional<RulebookVersions> versions = Optional.empty();
    private Optional<Publisher> publisher = Optional.empty();
    private Optional<ActivationSources> sources = Optional.empty();
    private Optional<ActivationRun> current = Optional.empty();
    private final Crowd crowd = new Crowd();
    private boolean fresh;
    private boolean factsGathered;

    ActivationOwner(
            EngineContext engine, Statistics statistics, Activation activation, LeaseKeeper keeper, Future<Void> stop) {
        this.engine = engine;
        this.statistics = statistics;
        this.activation = activation;
        this.inbox = InboxId.of(activation.id());
        this.keeper = keeper;
        this.stop = stop;
        this.patience = new Patience(keeper, engine.random());
        this.status = activation.status();
    }

    /** How it ended; empty when the lease was lost. */
    @SuppressWarnings("try") // onlookers are let in for as long as it runs
    Optional<End> run() {
        try {
            fresh = status == ActivationStatus.PENDING || status == ActivationStatus.COMPLETED;
            if (fresh) {
                new Awakening(engine, inbox, patience).call();
            }
            change(
                    ActivationLifecycle.takeUp(status, activation.restartPolicy())
                            .orElse(Change.CLAIM),
                    "");
            Optional<SessionPlan> plan = prepare();
            if (plan.isEmpty()) {
                return Optional.of(End.ERROR);
            }
            Onlookers onlookers = new Onlookers(engine, activation.id(), () -> current);
            try {
                return run(plan.get());
            } finally {
                onlookers.close();
            }
        } catch (Stopped e) {
            return stop.isComplete() ? Optional.of(stopped()) : Optional.empty();
        } catch (Exception e) {
            LOGGER.atError()
                    .addKeyValue("activationId", activation.id())
                    .setCause(e)
                    .log("activation failed");
            change(Change.FAIL, sentence(e));
            return Optional.of(End.FAILED);
        } finally {
            sources.ifPresent(ActivationSources::stop);
        }
    }

    private static String sentence(Exception e) {
        return e instanceof ProblemException problem ? problem.detail() : "unexpected fault: " + e;
    }

    /** Empty when the configuration cannot run. */
    private Optional<SessionPlan> prepare() {
        Incarnation incarnation = incarnation();
        try {
            RulebookVersions known = new RulebookVersions(engine, activation, incarnation, patience);
            versions = Optional.of(known);
            publisher = Optional.of(new Publisher(engine, statistics, activation, known.rulebook()));
            RulebookVersions.Ready first = known.ready(activation.rulebookVersion());
            publisher.ifPresent(one ->
                    one.version(activation.rulebookVersion(), first.version().number(), first.sources()));
            sources = Optional.of(first.sources());
            SessionPlan plan = first.version().plan();
            if (!FactsFirst.wantedBy(plan.rulebook())) {
                bind(first.sources());
            }
            return Optional.of(plan);
        } catch (ProblemException e) {
            if (e.type().status() >= 500) {
                throw e;
            }
            unbind();
            change(Change.REFUSE, e.detail());
            return Optional.empty();
        }
    }

    private void bind(ActivationSources made) {
        requireOwner(patience.insist("binding the inbox", () -> engine.log().bind(inbox, keeper.epoch(), made.all())));
    }

    /** Who was paused, and has been replaced, learns it here when the lease has not told. */
    private static void requireOwner(boolean done) {
        if (!done) {
            throw new Stopped(new Stopped.Reason.Fenced());
        }
    }

    /**
     * Facts first, then events: the inbox is bound only now. A later owner finds the facts in the log. {@code false} when they
     * cannot be had.
     */
    private boolean gatherFacts(ActivationRun run) {
        try {
            if (fresh || run.decided().equals(Position.START)) {
                new FactsFirst(engine, activation).append(run);
            }
            sources.ifPresent(this::bind);
            return true;
        } catch (ProblemException e) {
            unbind();
            change(Change.REFUSE, e.detail());
            return false;
        }
    }

    /** Nothing goes on over a log that was lost. */
    private Incarnation incarnation() {
        Optional<Incarnation> expected =
                patience.insist("reading the expected incarnation", engine.incarnations()::expected);
        Optional<Incarnation> found = patience.insist("reading the log's incarnation", engine.log()::incarnation);
        if (expected.isEmpty() || !expected.equals(found)) {
            throw new ProblemException(
                    ProblemType.LOG_LOST,
                    "the event log is not the one that the positions belong to: an operator must open a new incarnation");
        }
        return expected.get();
    }

    private Optional<End> run(SessionPlan plan) {
        CompiledRulesets compiled = new CompiledRulesets();
        boolean announced = false;
        while (true) {
            Versions known = versions.<Versions>map(one -> one).orElse(Versions.NONE);
            ActivationRun run = new ActivationRun(engine, plan, known, compiled, keeper, skipped, this::committed);
            current = Optional.of(run);
            try {
                if (!announced) {
                    run.append(new LogEntry.Control.Owner(keeper.epoch()));
                    announced = true;
                }
                run.recover();
                if (fresh && run.session().phase() != Phase.ACTIVE && !run.resumes()) {
                    run.append(new LogEntry.Control.Resume());
                    run.resumed();
                }
                if (!factsGathered && FactsFirst.wantedBy(plan.rulebook()) && !gatherFacts(run)) {
                    return Optional.of(End.ERROR);
                }
                factsGathered = true;
                if (status == ActivationStatus.STARTING) {
                    change(Change.READY, remark);
                }
                sources.ifPresent(made -> made.start(keeper.epoch()));
                return Optional.of(work(run));
            } catch (Stopped e) {
                Optional<End> end = judge(run, e);
                if (end.isPresent()) {
                    return end;
                }
            } finally {
                run.close();
            }
        }
    }

    /** Empty when the session is to be built again. */
    private Optional<End> judge(ActivationRun run, Stopped stopped) {
        return switch (stopped.reason()) {
            case Stopped.Reason.Fenced fenced -> throw stopped;
            case Stopped.Reason.Diverged diverged -> {
                LOGGER.atError()
                        .addKeyValue("activationId", activation.id())
                        .addKeyValue("entry", diverged.entry())
                        .addKeyValue("difference", diverged.difference())
                        .log("recovery decided differently from the committed rows");
                change(Change.DIFFER, diverged.difference());
                yield Optional.of(End.DIVERGED);
            }
            case Stopped.Reason.EntryFailed failed -> {
                run.settle(); // else the next session would start behind the commit that is under way, and be refused
                failed(run, failed.entry(), stopped);
                yield Optional.empty();
            }
        };
    }

    private void failed(ActivationRun run, Position entry, Stopped stopped) {
        int times = failures.merge(entry, 1, Integer::sum);
        LOGGER.atWarn()
                .addKeyValue("activationId", activation.id())
                .addKeyValue("entry", entry)
                .addKeyValue("times", times)
                .setCause(stopped.getCause())
                .log("an entry made the session fail");
        if (times >= engine.limits().attempts()) {
            run.append(new LogEntry.Control.Skip(entry));
            skipped.add(entry);
            remark = "entry " + entry + " was set aside after " + times + " failures: " + stopped.getCause();
            if (status == ActivationStatus.RUNNING) {
                tell(status, remark);
            }
        }
    }

    private End work(ActivationRun run) {
        while (!stop.isComplete()) {
            ActivationRun.Turnover turnover = run.turn(engine.limits().readWait());
            publisher.ifPresent(Publisher::beat);
            measureLag(run);
            listenToSources();
            tellDropped(run);
            if (turnover == ActivationRun.Turnover.COMPLETED) {
                sources.ifPresent(ActivationSources::stop);
                unbind();
                change(Change.FINISH, run.session().message());
                return End.COMPLETED;
            }
        }
        sources.ifPresent(ActivationSources::stop);
        run.settle();
        return stopped();
    }

    /** Says how it stands with sources that run beside the session, when that changes. */
    private void listenToSources() {
        String said = sources.map(ActivationSources::remark).orElse("");
        if (!said.equals(sourcesSaid) && status == ActivationStatus.RUNNING) {
            sourcesSaid = said;
            tell(status, said.isEmpty() ? remark : said);
        }
    }

    private void tellDropped(ActivationRun run) {
        if (status == ActivationStatus.RUNNING) {
            crowd.news(run.session().dropped()).ifPresent(news -> {
                remark = news;
                tell(status, news);
            });
        }
    }

    private void committed(Batch batch) {
        publisher.ifPresent(listener -> listener.committed(batch));
        batch.version().ifPresent(this::changed);
    }

    /** The version that decides has changed: its sources are started, those that it has in common with the old one run on. */
    private void changed(VersionChange change) {
        LOGGER.atInfo()
                .addKeyValue("activationId", activation.id())
                .addKeyValue("version", change.number())
                .addKeyValue("state", change.state())
                .addKeyValue("by", change.requestedBy())
                .log("another version of the rulebook");
        if (change.state() == VersionChange.State.LIVE) {
            ActivationSources next =
                    versions.orElseThrow().ready(change.version()).sources();
            publisher.ifPresent(listener -> listener.version(change.version(), change.number(), next));
            bind(next);
            sources.ifPresent(old -> next.succeed(old, keeper.epoch()));
            sources = Optional.of(next);
        }
    }

    private void measureLag(ActivationRun run) {
        Instant now = engine.clock().instant();
        if (now.isBefore(lagAsked.plus(LAG_INTERVAL))) {
            return;
        }
        lagAsked = now;
        engine.log()
                .backlog(inbox, run.decided())
                .onSuccess(backlog -> statistics.lag(activation.id(), backlog.entries()));
    }

    /** Asked to end: because the activation was switched off, or because the process ends. */
    private End stopped() {
        boolean disabled = true;
        try {
            disabled = !engine.activations()
                    .find(activation.id())
                    .await()
                    .map(Activation::enabled)
                    .orElse(false);
            if (disabled) {
                // While this fails the status stays: a bound inbox that nobody reads fills up and blocks its streams.
                engine.log().unbind(inbox, keeper.epoch()).await();
                status = ActivationStatus.STOPPING;
            }
            if (disabled || leavesPending()) {
                change(disabled ? Change.END : Change.LEAVE, "");
            }
        } catch (Exception e) {
            LOGGER.atWarn()
                    .addKeyValue("activationId", activation.id())
                    .addKeyValue("cause", String.valueOf(e.getMessage()))
                    .log("activation stopped, its inbox could not be unbound or its status not be written");
        }
        return End.STOPPED;
    }

    /** Pending wakes a session that a rule has shut down: such a one is left as a crash would leave it. */
    private boolean leavesPending() {
        return status == ActivationStatus.STARTING
                ? fresh
                : current.filter(run -> run.session().phase() == Phase.ACTIVE).isPresent();
    }

    private void unbind() {
        requireOwner(patience.insist("unbinding the inbox", () -> engine.log().unbind(inbox, keeper.epoch())));
    }

    private void change(Change change, String message) {
        ActivationStatus to = ActivationLifecycle.after(status, change)
                .orElseThrow(() -> new IllegalStateException("an activation cannot " + change + " from " + status));
        status = to;
        tell(to, message);
        LOGGER.atInfo()
                .addKeyValue("activationId", activation.id())
                .addKeyValue("status", to.label())
                .addKeyValue("reason", message)
                .log("activation changed its status");
    }

    private void tell(ActivationStatus now, String message) {
        Supplier<Future<Boolean>> write =
                () -> engine.activations().status(activation.id(), keeper.epoch(), now, message);
        boolean written = stop.isComplete() ? write.get().await() : patience.insist("writing the status", write);
        if (!written) {
            throw new Stopped(new Stopped.Reason.Fenced());
        }
        publisher.ifPresent(listener -> listener.status(now, message));
    }
}
