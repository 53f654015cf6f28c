// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.TaskOutcome;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.activation.Commit;
import io.reflexarc.core.activation.DecisionLog;
import io.reflexarc.core.activation.ExecutionStrategy;
import io.reflexarc.core.activation.FactsGatherer;
import io.reflexarc.core.activation.InMemoryActivationStore;
import io.reflexarc.core.activation.InMemoryDecisionLog;
import io.reflexarc.core.activation.InMemoryLeases;
import io.reflexarc.core.activation.Lease;
import io.reflexarc.core.activation.Snapshot;
import io.reflexarc.core.activation.VersionChange;
import io.reflexarc.core.decision.ActionProgress;
import io.reflexarc.core.decision.Decision;
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
import io.reflexarc.engine.decision.Decided;
import io.reflexarc.engine.decision.RulebookSession;
import io.reflexarc.engine.decision.SessionObserver;
import io.reflexarc.engine.decision.SessionPlan;
import io.reflexarc.engine.template.Templates;
import io.reflexarc.rulebooks.Rulebook;
import io.reflexarc.rulebooks.RulebookParser;
import io.reflexarc.rulebooks.condition.StringTemplate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** One activation with its log, its rows and its workers, in virtual time; its owner can be killed anywhere. */
final class CrashWorld implements AutoCloseable {
    static final StreamId STREAM = new StreamId(new UUID(0, 1));

    private final List<Duration> pauses = new ArrayList<>();
    private static final InboxId INBOX = InboxId.of(new ActivationId(1));
    private static final Incarnation INCARNATION = new Incarnation(new UUID(5, 5));

    private SessionPlan plan;
    private final CompiledRulesets compiled = new CompiledRulesets();
    private final InMemoryEventLog log;
    private final InMemoryLeases leases;
    private final InMemoryDecisionLog rows;
    private final Trouble trouble;
    private final UnreliableDecisionLog unreliableRows;
    private final UnreliableLog.Trimmed trimmed = new UnreliableLog.Trimmed();
    private final EngineContext context;
    private final List<Commit> commits = new ArrayList<>();
    private final CommittedTasks tasks = new CommittedTasks();
    private Instant now = Instant.ofEpochSecond(1_000);
    private Optional<Lease> lease = Optional.empty();
    private Optional<ActivationRun> run = Optional.empty();
    private final Map<Long, Rulebook> versions = new HashMap<>();
    private int events;

    CrashWorld(Rulebook rulebook, Random random, Limits limits) {
        log = new InMemoryEventLog(() -> now, (delay, task) -> {}, InMemoryEventLog.Bounds.DEFAULT);
        log.open(INCARNATION);
        log.bind(INBOX, Set.of(STREAM));
        leases = new InMemoryLeases(() -> now);
        rows = new InMemoryDecisionLog(leases, this::committed);
        trouble = new Trouble(random);
        unreliableRows = new UnreliableDecisionLog(rows, trouble, random);
        plan = new SessionPlan(
                INBOX,
                INCARNATION,
                rulebook,
                1,
                JsonText.EMPTY_OBJECT,
                Map.of("events", STREAM),
                ExecutionStrategy.SEQUENTIAL,
                new Templates(),
                new ActionCatalogue(List.of()));
        context = context(random, limits);
    }

    private EngineContext context(Random random, Limits limits) {
        var rulebooks = new InMemoryRulebookStore(() -> now);
        var reads = new UnreliableLog(log, trouble, trimmed, () -> false);
        return new EngineContext(
                reads,
                new FixedIncarnation(INCARNATION),
                leases,
                unreliableRows,
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

    private void committed(Commit commit) {
        commits.add(commit);
        tasks.add(commit);
    }

    void event(String body) {
        var event = new NewEvent(new EventId("event-" + ++events), now, List.of(), JsonText.ofString(body));
        assertThat(log.append(STREAM, List.of(event)).succeeded()).isTrue();
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    int openTasks() {
        return tasks.open().size();
    }

    /** The n-th open task ends. */
    void end(int n, TaskState state, Optional<JsonText> feedback) {
        ActionTask task = tasks.open().stream()
                .sorted(Comparator.comparing(this::told))
                .skip(n)
                .findFirst()
                .orElseThrow();
        tasks.end(task.id());
        if (task.awaited()) {
            var outcome = new TaskOutcome(task.id(), state, "", feedback);
            log.append(INBOX, new InboxMessage.Ended(now, outcome));
        }
    }

    /** A task, without what depends on places in the log. */
    private String told(ActionTask task) {
        return decisions().stream()
                .filter(decision -> decision.id().equals(task.decision()))
                .map(decision -> decision.at() + decision.ruleset() + decision.rule() + task.index() + task.context())
                .findFirst()
                .orElseThrow();
    }

    /** Works until nothing is left to do; with trouble armed, it may die before. */
    void work() {
        try {
            if (run.isEmpty()) {
                start();
            }
            int idle = 0;
            while (idle < 2) {
                idle = turn() == ActivationRun.Turnover.IDLE ? idle + 1 : 0;
            }
        } catch (Killed e) {
            die();
        }
    }

    private ActivationRun.Turnover turn() {
        try {
            return run.orElseThrow().turn(Duration.ZERO);
        } catch (Stopped e) {
            if (!(e.reason() instanceof Stopped.Reason.Fenced)) {
                throw new AssertionError("stopped: " + e.reason(), e);
            }
            // In doubt: a new session, as its process would make one.
            die();
            start();
            return ActivationRun.Turnover.WORKED;
        } finally {
            unreliableRows.arrive();
        }
    }

    private void start() {
        Lease claimed = leases.claim(INBOX.activation(), "test", Duration.ofDays(1))
                .result()
                .orElseThrow();
        lease = Optional.of(claimed);
        var owner = new ActivationRun(
                context,
                plan,
                version -> new Versions.Version((int) version, version(version)),
                compiled,
                new Held(claimed.epoch(), pauses),
                Set.of(),
                batch -> {});
        run = Optional.of(owner);
        owner.append(new LogEntry.Control.Owner(claimed.epoch()));
        owner.recover();
    }

    private void die() {
        trouble.disarm();
        run.ifPresent(ActivationRun::close);
        run = Optional.empty();
        Optional<Commit> straggler = unreliableRows.ownerDied();
        lease.ifPresent(leases::release);
        lease = Optional.empty();
        straggler.ifPresent(commit -> {
            Lease next = leases.claim(INBOX.activation(), "other", Duration.ofDays(1))
                    .result()
                    .orElseThrow();
            assertThat(rows.commit(commit).result()).isEqualTo(DecisionLog.Result.FENCED);
            leases.release(next);
        });
    }

    /** The owner lost its lease and does not know. */
    ActivationRun abandon() {
        ActivationRun old = run.orElseThrow();
        run = Optional.empty();
        lease.ifPresent(leases::release);
        start();
        return old;
    }

    /** There is another version of the rulebook. */
    void version(long version, Rulebook rulebook) {
        versions.put(version, rulebook);
    }

    /** Another version is put live. */
    void putLive(long version) {
        log.append(INBOX, new InboxMessage.Controlled(now, new LogEntry.Control.Version(version, "nora")));
    }

    private SessionPlan version(long version) {
        return version == plan.rulebookVersion()
                ? plan
                : plan(version, Optional.ofNullable(versions.get(version)).orElseThrow());
    }

    /** What became of the versions that were put live. */
    List<VersionChange> changes() {
        return commits.stream().flatMap(commit -> commit.version().stream()).toList();
    }

    /** From now on another rulebook decides. */
    void plan(Rulebook rulebook) {
        plan = plan(1, rulebook);
    }

    private SessionPlan plan(long version, Rulebook rulebook) {
        return new SessionPlan(
                INBOX,
                INCARNATION,
                rulebook,
                version,
                plan.variables(),
                plan.streams(),
                plan.strategy(),
                plan.shutdownDelay(),
                plan.templates(),
                plan.catalogue());
    }

    /** From now on the owner dies within so many calls. */
    void arm(int calls, double lostAnswers) {
        trouble.arm(calls, lostAnswers);
    }

    /** The log has lost all that is decided. */
    void loseEntries() {
        trimmed.upTo = rows.progress(INBOX).result().position();
    }

    /** An operator wants it to go on from its newest snapshot. */
    void acceptReplay() {
        die();
        rows.acceptReplay(INBOX);
    }

    /** Somebody else, whose snapshots look so, has been here and has come so much further. */
    void comeFurther(long entries, Optional<String> format) {
        Lease other = leases.claim(INBOX.activation(), "other", Duration.ofDays(1))
                .result()
                .orElseThrow();
        Position at = rows.progress(INBOX).result().position();
        Position to = new Position(at.major() + entries, at.minor());
        var snapshot = format.map(name -> new Snapshot(to, name, JsonText.EMPTY_OBJECT));
        rows.commit(new Commit(INBOX, other.epoch(), at, to, List.of(), List.of(), snapshot, 0));
        leases.release(other);
    }

    /** The owner is gone, at a quiet moment. */
    void kill() {
        die();
    }

    /** No more trouble: works everything off. */
    void calm() {
        trouble.disarm();
        work();
    }

    List<Decision> decisions() {
        return commits.stream().flatMap(commit -> commit.decisions().stream()).toList();
    }

    List<ActionProgress> progress() {
        return commits.stream().flatMap(commit -> commit.progress().stream()).toList();
    }

    /** What one session that nobody ever interrupts decides from the same log. */
    Decided replayed() {
        List<Decision> decisions = new ArrayList<>();
        List<ActionProgress> progress = new ArrayList<>();
        try (var session = new RulebookSession(plan, SessionObserver.NONE, compiled)) {
            for (LogEntry entry : log.read(INBOX, Position.START, Integer.MAX_VALUE, Duration.ZERO)
                    .result()) {
                Decided decided = entry instanceof LogEntry.Controlled said
                                && said.control() instanceof LogEntry.Control.Version asked
                        ? session.swap(entry, version(asked.version()))
                        : session.take(entry);
                decisions.addAll(decided.decisions());
                progress.addAll(decided.progress());
            }
        }
        return new Decided(decisions, progress, List.of());
    }

    /** The whole log, one line for each entry, to see why a run differs. */
    String story() {
        return log.read(INBOX, Position.START, Integer.MAX_VALUE, Duration.ZERO).result().stream()
                .map(LogEntry::toString)
                .collect(Collectors.joining("\n"));
    }

    /** How long owners waited, each time. */
    List<Duration> pauses() {
        return pauses;
    }

    @Override
    public void close() {
        run.ifPresent(ActivationRun::close);
    }

    private record Held(long epoch, List<Duration> pauses) implements Ownership {
        @Override
        public boolean holds() {
            return true;
        }

        @Override
        public void pause(Duration time) {
            pauses.add(time); // virtual time stands still meanwhile
        }

        @Override
        public void trouble(String sentence) {
            // Expected here.
        }
    }
}
