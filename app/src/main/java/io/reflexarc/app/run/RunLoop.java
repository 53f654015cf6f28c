// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.activation.FactsGatherer;
import io.reflexarc.core.decision.ActionProgress;
import io.reflexarc.core.decision.DecidedAction;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.decision.OwnResult;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.core.log.NewEvent;
import io.reflexarc.engine.decision.Decided;
import io.reflexarc.engine.decision.Phase;
import io.reflexarc.engine.decision.Printed;
import io.reflexarc.engine.decision.RulebookSession;
import io.reflexarc.engine.decision.SessionObserver;
import io.reflexarc.engine.decision.SessionPlan;
import io.reflexarc.rulebooks.Ruleset;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a run: takes what arrived, lets the session decide, hands on what it decided. Nothing is kept of what
 * has ended: there is no second owner who would have to read it again.
 */
final class RunLoop implements SessionObserver {
    private static final Logger LOGGER = LoggerFactory.getLogger(RunLoop.class);
    private static final int BATCH = 500;

    private final RunRequest request;
    private final RunWorld world;
    private final RunObserver observer;
    private final SessionPlan plan;
    private final Pace pace;
    private final RunInbox inbox;
    private final RunTasks tasks;
    private final RunLedger ledger = new RunLedger();
    private final RunEnding ending;
    private final RunIdentity identity;
    private final Map<String, RulesetCounts> counts = new LinkedHashMap<>();
    private final Map<StreamId, String> rulesets = new LinkedHashMap<>();
    private final RunJournal journal;
    private RulebookSession session;
    private long entries;
    private Instant nextBeat = Instant.MAX;

    RunLoop(RunRequest request, RunWorld world, RunObserver observer, SessionPlan plan) {
        this.request = request;
        this.world = world;
        this.observer = observer;
        this.plan = plan;
        this.pace = Pace.of(world.time());
        this.inbox = new RunInbox(pace.bound());
        this.tasks = new RunTasks(request, world, observer, inbox);
        this.ending = new RunEnding(request.options().shutdownDelay());
        this.identity = new RunIdentity(plan.incarnation());
        this.journal = new RunJournal(plan, this);
        this.session = new RulebookSession(plan, journal);
        plan.streams().forEach((ruleset, streams) -> streams.forEach(stream -> rulesets.put(stream, ruleset)));
    }

    /** Runs to the end; 0, or 1 when a source failed. */
    int run(RunSources sources) throws InterruptedException {
        Instant begin = now();
        observer.began(identity);
        for (Ruleset ruleset : plan.rulebook().rulesets()) {
            counts.put(ruleset.name(), new RulesetCounts(ruleset, begin));
        }
        try {
            take(new LogEntry.Controlled(next(), begin, new LogEntry.Control.Owner(1)));
            gatherFacts();
            beat();
            plan.rulebook().rulesets().forEach(ruleset -> sources.start(ruleset, inbox));
            while (!over()) {
                turn(sources);
            }
            return ending.failed() ? 1 : 0;
        } finally {
            inbox.close();
            sources.stop();
            tasks.close();
            pace.drain();
            sources.join();
            close();
        }
    }

    /** Before the first event, and only when a ruleset asks for it. */
    private void gatherFacts() throws InterruptedException {
        if (plan.rulebook().rulesets().stream().anyMatch(Ruleset::gatherFacts)
                && !request.options().dryRun()) {
            for (var said : world.resources().get(FactsGatherer.class).gather(Optional.empty())) {
                take(new LogEntry.Gathered(next(), now(), said.host(), said.facts()));
            }
        }
    }

    /** From any thread. */
    void stop() {
        ending.stop();
        inbox.wake();
    }

    private void turn(RunSources sources) throws InterruptedException {
        List<RunInput> batch = pace.take(inbox, BATCH, () -> until(), tasks::open);
        int events = 0;
        for (RunInput input : batch) {
            events += input instanceof RunInput.Event ? 1 : 0;
            if (!ending.stopped()) {
                handle(input);
            }
        }
        if (batch.isEmpty()) {
            tick();
        }
        inbox.done(events, session.openDecisions() + tasks.open());
        if (ending.begun()) {
            inbox.close();
            sources.stop();
        }
        if (batch.size() < BATCH) {
            observer.idle();
        }
    }

    /** When there is something to do though nothing arrives. */
    private Optional<Instant> until() {
        Stream<Instant> beat = nextBeat.equals(Instant.MAX) ? Stream.empty() : Stream.of(nextBeat);
        return Stream.of(session.nextDue().stream(), ending.deadline().stream(), beat)
                .flatMap(one -> one)
                .min(Instant::compareTo);
    }

    private void tick() {
        Instant now = now();
        Optional<Instant> due = session.nextDue().filter(at -> !at.isAfter(now));
        due.ifPresent(at -> take(new LogEntry.Tick(next(), at)));
        if (!nextBeat.isAfter(now)) {
            beat();
        }
    }

    private void beat() {
        var interval = request.options().heartbeat();
        if (interval.isPositive()) {
            counts.values().forEach(count -> observer.counted(count.stats(Optional.empty(), session.now())));
            nextBeat = now().plus(interval);
        }
    }

    private void handle(RunInput input) {
        switch (input) {
            case RunInput.Event event -> arrived(event);
            case RunInput.TaskStarted started ->
                ledger.decision(started.task().decision())
                        .ifPresent(decision ->
                                observer.started(new ActionReport.Started(decision, started.task(), now())));
            case RunInput.TaskRetried retried -> observer.retried(retried.task(), retried.attempt(), retried.reason());
            case RunInput.TaskEnded ended -> ended(ended);
            case RunInput.SourceEnded ended -> {
                ended.failure().ifPresent(why -> observer.failed(ended.plugin() + ": " + why));
                ending.source(ended, now());
            }
        }
    }

    private void arrived(RunInput.Event arrived) {
        if (ending.begun()) {
            return;
        }
        NewEvent event = arrived.event();
        String ruleset = Objects.requireNonNull(rulesets.get(arrived.stream()));
        observer.received(ruleset, event.body());
        count(ruleset).received(event.receivedAt());
        take(new LogEntry.Arrived(next(), event.receivedAt(), event.id(), arrived.stream(), event.body()));
    }

    private RulesetCounts count(String ruleset) {
        return Objects.requireNonNull(counts.get(ruleset));
    }

    private void ended(RunInput.TaskEnded ended) {
        tasks.ended(ended.task().id());
        DecisionId id = ended.task().decision();
        ledger.decision(id).ifPresent(decision -> {
            boolean succeeded = ended.detail() instanceof ActionOutcome.Succeeded;
            JsonText result = switch (ended.detail()) {
                case ActionOutcome.Succeeded success -> success.result();
                case ActionOutcome.Failed failure -> failure.result();
            };
            ledger.task(ended.task().id())
                    .ifPresent(action -> observer.ended(new ActionReport(
                            decision, action, succeeded, ended.outcome().message(), result, now())));
        });
        ledger.ended(id, ended.task().id());
        if (ended.task().awaited()) {
            take(new LogEntry.Ended(next(), now(), ended.outcome()));
        }
    }

    /** A session that threw is built again without the entry that made it throw: one odd event must not end the run. */
    private void take(LogEntry entry) {
        try {
            decided(session.take(entry));
            journal.taken(entry, session);
        } catch (RuntimeException | StackOverflowError e) {
            LOGGER.atError().setCause(e).log("the engine failed on an entry, which is set aside");
            observer.failed("the engine failed on an event, which is set aside: " + e);
            session.close();
            session = journal.again();
        }
    }

    private void decided(Decided decided) {
        decided.progress().forEach(this::progressed);
        decided.decisions().forEach(this::made);
    }

    private void progressed(ActionProgress progress) {
        switch (progress) {
            case ActionProgress.Released released -> tasks.release(released.task());
            case ActionProgress.Done done ->
                ledger.decision(done.decision()).ifPresent(decision -> {
                    DecidedAction action = decision.actions().stream()
                            .filter(one -> one.index() == done.index())
                            .findFirst()
                            .orElseThrow();
                    report(decision, action, done.result());
                    ledger.ended(done.decision());
                });
        }
    }

    private void made(Decision decision) {
        if (request.options().heartbeat().isPositive()) {
            observer.counted(count(decision.ruleset()).stats(Optional.empty(), session.now()));
        }
        count(decision.ruleset()).decided(decision);
        ledger.add(decision);
        for (DecidedAction action : decision.actions()) {
            switch (action) {
                case DecidedAction.Own own -> own.result().ifPresent(result -> report(decision, own, result));
                case DecidedAction.Delegated delegated -> tasks.add(delegated.task(), delegated.released());
            }
        }
    }

    private void report(Decision decision, DecidedAction action, OwnResult result) {
        JsonText detail = action.name().equals("shutdown") ? ending.asked(decision.id()) : JsonText.EMPTY_OBJECT;
        observer.ended(new ActionReport(decision, action, result.succeeded(), result.message(), detail, now()));
    }

    private boolean over() {
        boolean quiet = session.openDecisions() == 0 && tasks.open() == 0;
        return ending.over(now(), quiet, session.phase() == Phase.COMPLETED);
    }

    private void close() {
        ending.shutdown().ifPresent(why -> counts.keySet().forEach(ruleset -> observer.shutDown(ruleset, why)));
        if (request.options().heartbeat().isPositive()) {
            counts.values().forEach(count -> observer.counted(count.stats(Optional.of(now()), session.now())));
        }
        session.close();
        observer.idle();
    }

    private Position next() {
        return new Position(1, ++entries);
    }

    private Instant now() {
        return world.time().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public void printed(DecisionId decision, Printed printed) {
        observer.printed(printed.channel().equals("debug: kwargs") ? complete(printed) : printed);
    }

    /** What {@code debug} shows of the run itself is not the session's to know. */
    private Printed complete(Printed printed) {
        ObjectNode all = (ObjectNode) printed.content().tree();
        String ruleset = all.path("rule_set").asText();
        all.put("rule_uuid", identity.rule(ruleset, all.path("rule").asText()).toString());
        all.put("rule_set_uuid", identity.ruleset(ruleset).toString());
        all.put("rule_run_at", now().toString());
        all.put("inventory", request.inventory().map(Path::toString).orElse(""));
        all.put("project_data_file", request.project().map(Path::toString).orElse(null));
        return new Printed(printed.channel(), JsonText.of(all), printed.pretty());
    }

    @Override
    public void posted(String ruleset, boolean fact, JsonText body) {
        if (!fact) {
            count(ruleset).received(now());
        }
        var kind = fact ? RunObserver.Effect.FACT : RunObserver.Effect.EVENT;
        observer.emitted(new RunObserver.Emitted(kind, ruleset, body.tree(), false));
    }

    @Override
    public void retracted(String ruleset, JsonText fact, boolean partial) {
        observer.emitted(new RunObserver.Emitted(RunObserver.Effect.RETRACT, ruleset, fact.tree(), partial));
    }

    @Override
    public void shutDown(DecisionId decision, boolean now, double seconds, String why) {
        ending.rule(decision, now, seconds, why, now());
    }
}
