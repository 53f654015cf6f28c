// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.action.TaskOutcome;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.ActivationStatus;
import io.reflexarc.core.activation.ActivationStore;
import io.reflexarc.core.activation.ExecutionStrategy;
import io.reflexarc.core.activation.FactsGatherer.HostFacts;
import io.reflexarc.core.activation.InMemoryActivationStore;
import io.reflexarc.core.activation.InMemoryActivationVersions;
import io.reflexarc.core.activation.InMemoryDecisionLog;
import io.reflexarc.core.activation.InMemoryLeases;
import io.reflexarc.core.activation.Lease;
import io.reflexarc.core.activation.RestartPolicy;
import io.reflexarc.core.activation.SessionMemory;
import io.reflexarc.core.activation.VersionChange;
import io.reflexarc.core.decision.DecidedAction;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.live.InMemoryLiveFeed;
import io.reflexarc.core.live.LiveUpdate;
import io.reflexarc.core.log.InMemoryEventLog;
import io.reflexarc.core.log.InboxMessage;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.core.log.NewEvent;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.rulebook.InMemoryRulebookStore;
import io.reflexarc.core.source.Filter;
import io.reflexarc.core.source.PreparedSource;
import io.reflexarc.core.source.SourceHost;
import io.reflexarc.core.telemetry.Meters;
import io.reflexarc.engine.explain.SessionReader;
import io.reflexarc.engine.template.Templates;
import io.reflexarc.rulebooks.RulebookParser;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class ActivationSupervisorTest {
    private static final StreamId STREAM = new StreamId(new UUID(0, 1));
    private static final Incarnation INCARNATION = new Incarnation(new UUID(5, 5));
    private static final String RULEBOOK = """
            - name: one
              hosts: all
              sources:
                - name: alerts
                  ansible.eda.webhook:
              rules:
                - name: act
                  condition: event.k == "act"
                  actions:
                    - act: {host: "{{ event.h }}"}
                    - debug: {msg: "{{ event.h }} is done"}
                - name: end
                  condition: event.k == "end"
                  action:
                    shutdown: {message: enough}
            """;

    private final InstantSource clock = InstantSource.system();
    private final Vertx vertx = Vertx.vertx();
    private final InMemoryLeases leases = new InMemoryLeases(clock);
    private final InMemoryDecisionLog rows = new InMemoryDecisionLog(leases, commit -> {});
    private final InMemoryRulebookStore rulebooks = new InMemoryRulebookStore(clock);
    private final InMemoryActivationStore activations = new InMemoryActivationStore(clock, rulebooks, leases, rows);
    private final InMemoryEventLog log = new InMemoryEventLog(
            clock,
            (delay, task) -> vertx.setTimer(Math.max(1, delay.toMillis()), unused -> task.run()),
            InMemoryEventLog.Bounds.DEFAULT);
    private final FakeHost host = new FakeHost();
    private final InMemoryLiveFeed live = new InMemoryLiveFeed(Runnable::run);
    private final BlockingQueue<LiveUpdate> updates = new LinkedBlockingQueue<>();
    private volatile Supplier<List<HostFacts>> facts = List::of;
    private int events;

    @BeforeEach
    void start() {
        log.open(INCARNATION).await();
        live.subscribe(updates::add).await();
        ActivationSupervisor.deploy(vertx, engine("test")).await();
    }

    private EngineContext engine(String process) {
        var templates = new Templates();
        return new EngineContext(
                log,
                new FixedIncarnation(INCARNATION),
                leases,
                rows,
                activations,
                rulebooks,
                live,
                new Meters(new SimpleMeterRegistry()),
                new ActionCatalogue(List.of()),
                new RulebookParser(Set.of("act"), templates::text),
                templates,
                host,
                clock,
                new Random(1),
                process,
                Limits.DEFAULT,
                inventory -> facts.get());
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void runsAnEnabledActivationUntilItIsSwitchedOff() throws InterruptedException {
        Activation activation = activation(RULEBOOK, Map.of("alerts", STREAM));
        until(activation, ActivationStatus.RUNNING);

        event("{\"k\": \"act\", \"h\": \"web1\"}");
        LiveUpdate.DecisionMade made = until(LiveUpdate.DecisionMade.class);
        assertThat(made.decision().actions()).containsExactly("act", "debug");
        Decision decision = decisions(activation).getFirst();
        var delegated = (DecidedAction.Delegated) decision.actions().getFirst();
        assertThat(delegated.task().arguments().toString()).isEqualTo("{\"host\":\"web1\"}");
        assertThat(delegated.released()).isTrue();
        assertThat(log.bindings(InboxId.of(activation.id()))).containsExactly(STREAM);

        activations.enable(activation.id(), false).await();
        live.ring(ActivationSupervisor.BELL);
        until(activation, ActivationStatus.STOPPED);
        assertThat(log.bindings(InboxId.of(activation.id()))).isEmpty();
        assertThat(activations.find(activation.id()).await().orElseThrow().rulesFired())
                .isEqualTo(1);

        activations.enable(activation.id(), true).await();
        live.ring(ActivationSupervisor.BELL);
        until(activation, ActivationStatus.RUNNING);
        var outcome = new TaskOutcome(delegated.task().id(), TaskState.SUCCEEDED, "", Optional.empty());
        log.append(InboxId.of(activation.id()), new InboxMessage.Ended(clock.instant(), outcome))
                .await();
        event("{\"k\": \"act\", \"h\": \"web2\"}");
        until(LiveUpdate.DecisionMade.class);
        assertThat(decisions(activation)).hasSize(2);
        // The outcome that came back has made room in the sequential ruleset.
        assertThat(((DecidedAction.Delegated)
                                decisions(activation).getLast().actions().getFirst())
                        .released())
                .isTrue();
    }

    @Test
    void aRuleCanEndIt() throws InterruptedException {
        Activation activation = activation(RULEBOOK, Map.of("alerts", STREAM));
        until(activation, ActivationStatus.RUNNING);

        event("{\"k\": \"end\"}");

        assertThat(until(activation, ActivationStatus.COMPLETED).message()).isEqualTo("enough");
    }

    @Test
    void oneThatEndsByItselfDoesNotEndTheOthers() throws InterruptedException {
        Activation first = activation(RULEBOOK, Map.of("alerts", STREAM));
        until(first, ActivationStatus.RUNNING);
        event("{\"k\": \"end\"}");
        until(first, ActivationStatus.COMPLETED);
        while (vertx.deploymentIDs().size() > 1) {
            vertx.timer(10).await();
        }

        Activation second = activation("another", RULEBOOK, Map.of("alerts", STREAM));
        settled(second, ActivationStatus.RUNNING);
    }

    /** Its owner died between {@code starting} and its first entry. */
    @Test
    void oneThatIsEnabledAfterItsEndDoesNotEndAgainWhenItsOwnerDies() throws InterruptedException {
        Activation activation = activation(RULEBOOK, Map.of("alerts", STREAM));
        until(activation, ActivationStatus.RUNNING);
        event("{\"k\": \"end\"}");
        until(activation, ActivationStatus.COMPLETED);
        activations.enable(activation.id(), false).await();
        settled(activation, ActivationStatus.STOPPED);
        Optional<Lease> claimed = Optional.empty();
        while (claimed.isEmpty()) {
            claimed = leases.claim(activation.id(), "dying", Duration.ofSeconds(60))
                    .await();
            vertx.timer(10).await();
        }
        Lease lease = claimed.get();
        log.append(
                        InboxId.of(activation.id()),
                        new InboxMessage.Controlled(clock.instant(), new LogEntry.Control.Resume()))
                .await();
        activations.enable(activation.id(), true).await();
        activations
                .status(activation.id(), lease.epoch(), ActivationStatus.STARTING, "")
                .await();
        leases.release(lease).await();
        live.ring(ActivationSupervisor.BELL);

        until(activation, ActivationStatus.RUNNING);
        event("{\"k\": \"act\", \"h\": \"web1\"}");
        until(LiveUpdate.DecisionMade.class);
    }

    @Test
    void anInvalidRulebookIsAnErrorWithItsPlace() {
        Activation activation =
                activation(RULEBOOK.replace("event.k == \"end\"", "event.k == "), Map.of("alerts", STREAM));

        String message = settled(activation, ActivationStatus.ERROR);

        assertThat(message).containsPattern(":1[0-9]:[0-9]+");
    }

    @Test
    void aSourceWithoutAStreamIsAnErrorThatSaysWhatToDo() {
        Activation activation = activation(RULEBOOK, Map.of());

        assertThat(settled(activation, ActivationStatus.ERROR)).contains("map the source alerts to an event stream");
    }

    @Test
    void factsOfHostsComeBeforeTheFirstEvent() throws InterruptedException {
        facts = () -> {
            // What comes now is not taken: the inbox is not bound yet
            event("{\"k\": \"act\", \"h\": \"early\"}");
            return List.of(
                    new HostFacts("web1", JsonText.ofString("{\"os\": \"x\", \"meta\": {\"hosts\": \"web1\"}}")));
        };
        Activation activation = activation(
                RULEBOOK.replace("  rules:", "  gather_facts: true\n  rules:")
                        .replace("event.k == \"act\"", "{all: [fact.os == 'x', events.e << event.k == 'act']}")
                        .replace("event.h", "events.e.h"),
                Map.of("alerts", STREAM));
        until(activation, ActivationStatus.RUNNING);

        event("{\"k\": \"act\", \"h\": \"web1\"}");

        until(LiveUpdate.DecisionMade.class);
        var delegated = (DecidedAction.Delegated)
                decisions(activation).getFirst().actions().getFirst();
        assertThat(delegated.task().arguments()).hasToString("{\"host\":\"web1\"}");
        assertThat(delegated.task().hosts()).containsExactly("web1");
    }

    @Test
    void factsThatCannotBeHadAreAnErrorThatSaysWhatToDo() {
        facts = () -> {
            throw new ProblemException(ProblemType.INVALID, "gather_facts needs Ansible");
        };
        Activation activation =
                activation(RULEBOOK.replace("  rules:", "  gather_facts: true\n  rules:"), Map.of("alerts", STREAM));

        assertThat(settled(activation, ActivationStatus.ERROR)).contains("gather_facts needs Ansible");
        assertThat(log.bindings(InboxId.of(activation.id()))).isEmpty();
    }

    @Test
    void anEntryThatFailsAgainAndAgainIsSetAside() throws InterruptedException {
        Activation activation = activation(RULEBOOK, Map.of("alerts", STREAM));
        InboxId inbox = InboxId.of(activation.id());
        until(activation, ActivationStatus.RUNNING);

        Position bad = log.append(
                        inbox, new InboxMessage.Controlled(clock.instant(), new LogEntry.Control.Version(9, "")))
                .await();
        event("{\"k\": \"act\", \"h\": \"web1\"}");

        until(LiveUpdate.DecisionMade.class);
        Activation now = activations.find(activation.id()).await().orElseThrow();
        assertThat(now.status()).isEqualTo(ActivationStatus.RUNNING);
        assertThat(now.statusMessage()).contains("entry " + bad + " was set aside");
    }

    @Test
    void whoJoinsGetsItsShareAndWhoLeavesHandsItOverAtOnce() {
        for (int i = 0; i < 4; i++) {
            activation("arc " + i, RULEBOOK, Map.of("alerts", STREAM));
        }
        shared(4, 0);

        String joined = ActivationSupervisor.deploy(vertx, engine("joined")).await();
        shared(2, 2);
        event("{\"k\": \"act\", \"h\": \"web1\"}");
        everyActivationDecides(1);

        vertx.undeploy(joined).await();
        shared(4, 0);
        event("{\"k\": \"act\", \"h\": \"web2\"}");
        everyActivationDecides(2);
    }

    /** As many leases of the first process and of the one that joined, sooner or later. */
    private void shared(int first, int joined) {
        List<String> wanted = Stream.concat(
                        Stream.generate(() -> "joined").limit(joined),
                        Stream.generate(() -> "test").limit(first))
                .toList();
        List<String> owners = List.of();
        while (!owners.equals(wanted)) {
            vertx.timer(20).await();
            owners = leases.attend("test", Limits.DEFAULT.lease()).await().owners().values().stream()
                    .sorted()
                    .toList();
        }
    }

    private void everyActivationDecides(int times) {
        for (Activation one : activations.enabled().await()) {
            while (decisions(one).size() < times) {
                vertx.timer(20).await();
            }
            assertThat(decisions(one)).hasSize(times);
        }
    }

    @Test
    void aVersionGoesLiveWithItsSourcesAndTheOneBeforeStops() throws InterruptedException {
        host.available = true;
        Activation activation = activation(RULEBOOK, Map.of());
        until(LiveUpdate.DecisionMade.class);
        long other = rulebooks
                .update(
                        activation.rulebookId(),
                        "",
                        RULEBOOK.replace("ansible.eda.webhook:", "ansible.eda.alertmanager:"))
                .await()
                .version();

        log.append(
                        InboxId.of(activation.id()),
                        new InboxMessage.Controlled(clock.instant(), new LogEntry.Control.Version(other, "nora")))
                .await();

        while (host.started.size() < 2) {
            vertx.timer(20).await();
        }
        assertThat(host.started.getLast()).contains("ansible.eda.alertmanager");
        assertThat(host.stopped).isTrue();
        assertThat(activations.find(activation.id()).await().orElseThrow().rulebookVersion())
                .isEqualTo(other);
    }

    @Test
    void aVersionThatTheActivationCannotRunIsRefusedAndTheOneBeforeGoesOn() throws InterruptedException {
        Activation activation = activation(RULEBOOK, Map.of("alerts", STREAM));
        until(activation, ActivationStatus.RUNNING);
        long other = rulebooks
                .update(activation.rulebookId(), "", RULEBOOK.replace("name: alerts", "name: unmapped"))
                .await()
                .version();
        Position entry = log.append(
                        InboxId.of(activation.id()),
                        new InboxMessage.Controlled(clock.instant(), new LogEntry.Control.Version(other, "nora")))
                .await();

        event("{\"k\": \"act\", \"h\": \"web1\"}");

        everyActivationDecides(1);
        var change = new InMemoryActivationVersions(activations, rows)
                .find(activation.id(), entry)
                .await()
                .orElseThrow();
        assertThat(change.state()).isEqualTo(VersionChange.State.REFUSED);
        assertThat(change.reason()).contains("source \"unmapped\"");
        assertThat(activations.find(activation.id()).await().orElseThrow().rulebookVersion())
                .isEqualTo(activation.rulebookVersion());
    }

    @Test
    void aSourceWithoutAStreamRunsBesideTheSessionWhereSourcesAreRun() throws InterruptedException {
        host.available = true;
        Activation activation = activation(RULEBOOK, Map.of());

        until(LiveUpdate.DecisionMade.class);
        assertThat(host.started).containsExactly("alerts ansible.eda.webhook one/0 from " + activation.id());
        host.remark = "source alerts is tired";
        while (!until(LiveUpdate.ActivationChanged.class).message().equals(host.remark)) {
            assertThat(host.stopped).isFalse();
        }
        activations.enable(activation.id(), false).await();
        live.ring(ActivationSupervisor.BELL);
        until(activation, ActivationStatus.STOPPED);
        assertThat(host.stopped).isTrue();
    }

    private Activation activation(String rulebook, Map<String, StreamId> sources) {
        return activation("arc", rulebook, sources);
    }

    private Activation activation(String name, String rulebook, Map<String, StreamId> sources) {
        long id =
                rulebooks.create(1, "rulebook of " + name, "", rulebook).await().id();
        Activation made = activations
                .create(new ActivationStore.NewActivation(
                        1,
                        name,
                        "",
                        true,
                        id,
                        Optional.empty(),
                        JsonText.EMPTY_OBJECT,
                        Optional.empty(),
                        sources,
                        ExecutionStrategy.SEQUENTIAL,
                        RestartPolicy.ON_FAILURE))
                .await();
        live.ring(ActivationSupervisor.BELL);
        return made;
    }

    private void event(String body) {
        var event = new NewEvent(new EventId("event-" + ++events), clock.instant(), List.of(), JsonText.ofString(body));
        log.append(STREAM, List.of(event)).await();
    }

    private List<Decision> decisions(Activation activation) {
        return rows.decisions(InboxId.of(activation.id()), Position.START, new Position(Long.MAX_VALUE, 0))
                .await();
    }

    private LiveUpdate.ActivationChanged until(Activation activation, ActivationStatus status)
            throws InterruptedException {
        LiveUpdate.ActivationChanged changed = until(LiveUpdate.ActivationChanged.class);
        while (!changed.id().equals(activation.id()) || changed.status() != status) {
            changed = until(LiveUpdate.ActivationChanged.class);
        }
        return changed;
    }

    @Test
    void tellsWhoAsksWhatItsSessionRemembers() {
        Activation activation = activation(RULEBOOK, Map.of("alerts", STREAM));
        settled(activation, ActivationStatus.RUNNING);
        event("{\"k\": \"act\", \"h\": \"web1\"}");
        var templates = new Templates();
        var parser = new RulebookParser(Set.of("act"), templates::text);
        var reader = new SessionReader(
                        live, activations, rows, rulebooks, (text, variables) -> parser.parse(text, "r.yml", variables))
                .start();

        SessionMemory memory = reader.memory(activation.id()).await().orElseThrow();
        while (memory.rulesets().isEmpty()
                || memory.rulesets().getFirst().rules().getFirst().matched() == 0) {
            vertx.timer(10).await();
            memory = reader.memory(activation.id()).await().orElseThrow();
        }

        assertThat(memory.live()).isTrue();
        assertThat(memory.rulesets().getFirst().rules())
                .extracting(SessionMemory.Counted::rule)
                .containsExactly("act", "end");
    }

    private <T extends LiveUpdate> T until(Class<T> type) throws InterruptedException {
        while (true) {
            LiveUpdate next = updates.poll(90, TimeUnit.SECONDS);
            assertThat(next).as("an update").isNotNull();
            if (type.isInstance(next)) {
                return type.cast(next);
            }
        }
    }

    /** The status message, once it has this status; there is no live update before the rulebook is read. */
    private String settled(Activation activation, ActivationStatus status) {
        Activation now = activations.find(activation.id()).await().orElseThrow();
        while (now.status() != status) {
            vertx.timer(10).await();
            now = activations.find(activation.id()).await().orElseThrow();
        }
        return now.statusMessage();
    }

    /** Sources that emit one event each, of the owner that started them. */
    private final class FakeHost implements SourceHost {
        private final List<String> started = new CopyOnWriteArrayList<>();
        private volatile boolean available;
        private volatile boolean stopped;
        private volatile String remark = "";

        @Override
        public PreparedSource prepare(String name, String plugin, JsonText arguments, List<Filter> filters) {
            return available
                    ? new PreparedSource(name, plugin, context -> {}, filters)
                    : NONE.prepare(name, plugin, arguments, filters);
        }

        @Override
        public Filter filter(String plugin, JsonText arguments) {
            return event -> List.of(event);
        }

        @Override
        public Hosted start(ActivationId activation, long epoch, List<Wanted> sources) {
            for (Wanted wanted : sources) {
                started.add(wanted.source().name() + " " + wanted.source().type() + " " + wanted.key() + " from "
                        + activation);
                var body = JsonText.ofString("{\"k\": \"act\", \"h\": \"web1\"}");
                var event = new NewEvent(new EventId("sourced"), clock.instant(), List.of(), body, epoch);
                log.append(wanted.stream(), List.of(event)).await();
            }
            return new Hosted() {
                @Override
                public String remark() {
                    return remark;
                }

                @Override
                public void stop() {
                    stopped = true;
                }
            };
        }
    }
}
