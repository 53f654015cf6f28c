// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.TaskOutcome;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.activation.Commit;
import io.reflexarc.core.activation.DecisionLog;
import io.reflexarc.core.activation.FactsGatherer;
import io.reflexarc.core.activation.InMemoryActivationStore;
import io.reflexarc.core.activation.InMemoryDecisionLog;
import io.reflexarc.core.activation.InMemoryLeases;
import io.reflexarc.core.activation.Lease;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.live.InMemoryLiveFeed;
import io.reflexarc.core.log.InMemoryEventLog;
import io.reflexarc.core.log.InboxMessage;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.core.log.NewEvent;
import io.reflexarc.core.rulebook.InMemoryRulebookStore;
import io.reflexarc.core.source.SourceHost;
import io.reflexarc.core.telemetry.Meters;
import io.reflexarc.engine.compile.CompiledRulesets;
import io.reflexarc.engine.decision.SessionPlan;
import io.reflexarc.rulebooks.RulebookParser;
import io.reflexarc.rulebooks.condition.StringTemplate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * One activation, its log, its rows, its workers and whatever processes own it or believe they do, in virtual time. Only
 * the servers are imitated: sessions, loop, commits, snapshots and fences are the real ones.
 */
final class SimulatedSite implements AutoCloseable {
    static final StreamId LEFT = new StreamId(new UUID(0, 1));
    static final StreamId RIGHT = new StreamId(new UUID(0, 2));
    static final InboxId INBOX = InboxId.of(new ActivationId(1));
    static final Incarnation INCARNATION = new Incarnation(new UUID(5, 5));
    static final Duration LEASE = Duration.ofSeconds(5);

    private final SessionPlan plan;
    private final CompiledRulesets compiled;
    private final Limits limits;
    private final InMemoryEventLog log;
    private final InMemoryLeases leases;
    private final InMemoryDecisionLog rows;
    private final UnaryOperator<DecisionLog> sabotage;
    private final UnreliableLog.Trimmed trimmed = new UnreliableLog.Trimmed();
    private final List<Commit> commits = new ArrayList<>();
    private final CommittedTasks tasks = new CommittedTasks();
    private final List<SimulatedOwner> stale = new ArrayList<>();
    private final List<Commit> late = new ArrayList<>();
    private final List<Long> epochs = new ArrayList<>();
    private Instant now = Instant.ofEpochSecond(1_000);
    private Instant logBack = Instant.EPOCH;
    private Instant rowsBack = Instant.EPOCH;
    private Optional<SimulatedOwner> owner = Optional.empty();
    private int events;

    /** The sabotage makes of the rows what owners get to see. */
    SimulatedSite(SessionPlan plan, CompiledRulesets compiled, Limits limits, UnaryOperator<DecisionLog> sabotage) {
        this.plan = plan;
        this.compiled = compiled;
        this.limits = limits;
        this.sabotage = sabotage;
        log = new InMemoryEventLog(() -> now, (delay, task) -> {}, InMemoryEventLog.Bounds.DEFAULT);
        log.open(INCARNATION);
        log.bind(INBOX, Set.of(LEFT, RIGHT));
        leases = new InMemoryLeases(() -> now);
        rows = new InMemoryDecisionLog(leases, this::committed);
    }

    private void committed(Commit commit) {
        commits.add(commit);
        tasks.add(commit);
    }

    Instant now() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** Nobody reaches a server for so long. */
    void breakDown(boolean logToo, Duration time) {
        rowsBack = now.plus(time);
        logBack = logToo ? now.plus(time) : logBack;
    }

    void event(StreamId stream, String body) {
        append(stream, "event-" + ++events, body, 0);
    }

    /** From a source that one of the last owners runs; 0 is the newest. */
    void sourced(int back, String body) {
        if (back < epochs.size()) {
            long epoch = epochs.get(epochs.size() - 1 - back);
            append(LEFT, "source-" + epoch + "-" + ++events, body, epoch);
        }
    }

    private void append(StreamId stream, String id, String body, long epoch) {
        var event = new NewEvent(new EventId(id), now, List.of(), JsonText.ofString(body), epoch);
        assertThat(log.append(stream, List.of(event)).succeeded()).isTrue();
    }

    void message(InboxMessage message) {
        assertThat(log.append(INBOX, message).succeeded()).isTrue();
    }

    /** One of the open tasks ends, and its outcome is told once or more often. */
    void outcome(int which, TaskState state, Optional<JsonText> feedback, int times) {
        List<ActionTask> open = tasks.open();
        if (open.isEmpty()) {
            return;
        }
        ActionTask task = open.stream()
                .sorted(Comparator.comparing(one -> one.id().toString()))
                .toList()
                .get(which % open.size());
        tasks.end(task.id());
        for (int i = 0; task.awaited() && i < times; i++) {
            message(new InboxMessage.Ended(now, new TaskOutcome(task.id(), state, "", feedback)));
        }
    }

    /** The present owner, a new one when there is none. */
    SimulatedOwner owner(Random random) {
        SimulatedOwner present = owner.orElseGet(() -> begin(random));
        owner = Optional.of(present);
        return present;
    }

    private SimulatedOwner begin(Random random) {
        Optional<Lease> lease = claim();
        if (lease.isEmpty()) {
            now = now.plus(LEASE);
            lease = claim();
        }
        epochs.add(lease.orElseThrow().epoch());
        late.forEach(commit -> rows().commit(commit));
        late.clear();
        return new SimulatedOwner(this, lease.orElseThrow(), random);
    }

    private Optional<Lease> claim() {
        return leases.claim(INBOX.activation(), "test", LEASE).result();
    }

    /** The present owner is gone, its process killed or its session in doubt. */
    void lose() {
        owner.ifPresent(SimulatedOwner::die);
        owner = Optional.empty();
    }

    /** The present owner is paused; when it wakes it believes that it still has its lease. */
    void pauseOwner() {
        owner.ifPresent(paused -> {
            paused.believe();
            stale.add(paused);
        });
        owner = Optional.empty();
    }

    /** One that was paused goes on where it was. */
    Optional<SimulatedOwner> sleeper(int which) {
        return stale.isEmpty() ? Optional.empty() : Optional.of(stale.get(which % stale.size()));
    }

    void forget(SimulatedOwner gone) {
        stale.remove(gone);
        owner = owner.filter(present -> present != gone);
    }

    boolean renew(Lease lease) {
        return leases.renew(lease, LEASE).result();
    }

    boolean rowsDown() {
        return now.isBefore(rowsBack);
    }

    boolean logDown() {
        return now.isBefore(logBack);
    }

    boolean isReplaced(long epoch) {
        return epoch != epochs.getLast();
    }

    /** The rows as owners see them. */
    DecisionLog rows() {
        return new WatchedRows(sabotage.apply(rows), epochs::getLast);
    }

    /** A commit of an owner that is gone reaches the rows when there is a new one. */
    void late(Commit commit) {
        late.add(commit);
    }

    /** What the loop of one owner is given. */
    EngineContext context(SimulatedOwner one, Trouble trouble, DecisionLog unreliable, Random random) {
        var rulebooks = new InMemoryRulebookStore(() -> now);
        return new EngineContext(
                new UnreliableLog(log, trouble, trimmed, one::isReplaced),
                new FixedIncarnation(INCARNATION),
                leases,
                unreliable,
                new InMemoryActivationStore(() -> now, rulebooks, leases, rows),
                rulebooks,
                new InMemoryLiveFeed(Runnable::run),
                new Meters(new SimpleMeterRegistry()),
                plan.catalogue(),
                new RulebookParser(Set.of(), StringTemplate.NONE),
                plan.templates(),
                SourceHost.NONE,
                () -> now,
                random,
                "test",
                limits,
                FactsGatherer.NONE);
    }

    /** The loop of one owner. */
    ActivationRun run(SimulatedOwner one, EngineContext context) {
        return new ActivationRun(context, plan, Versions.NONE, compiled, one, Set.of(), batch -> {});
    }

    /** The trouble is over: whoever owns it works everything off. */
    SimulatedOwner calm() {
        logBack = Instant.EPOCH;
        rowsBack = Instant.EPOCH;
        for (int tries = 0; tries < 20; tries++) {
            SimulatedOwner last = owner(new Random(0));
            if (last.work(Integer.MAX_VALUE)) {
                return last;
            }
        }
        throw new AssertionError("the last owner never comes to rest");
    }

    List<Commit> commits() {
        return commits;
    }

    List<LogEntry> entries() {
        return log.read(INBOX, Position.START, Integer.MAX_VALUE, Duration.ZERO).result();
    }

    Position position() {
        return rows.progress(INBOX).result().position();
    }

    @Override
    public void close() {
        owner.ifPresent(SimulatedOwner::close);
        stale.forEach(SimulatedOwner::close);
    }
}
