// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.action.TaskOutcome;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.activation.ExecutionStrategy;
import io.reflexarc.core.activation.VersionChange.RuleChange;
import io.reflexarc.core.decision.ActionProgress;
import io.reflexarc.core.decision.DecidedAction;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.engine.compile.CompiledRulesets;
import io.reflexarc.engine.template.Templates;
import io.reflexarc.rulebooks.RulebookParser;
import io.reflexarc.rulebooks.condition.StringTemplate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Feeds a session by hand and writes down what happens, in short words. */
final class SessionScript {
    static final StreamId ALERTS = new StreamId(new UUID(0, 1));
    static final StreamId PUSHES = new StreamId(new UUID(0, 2));

    private final Map<String, StreamId> sources = Map.of("alerts", ALERTS, "pushes", PUSHES);
    private final ExecutionStrategy strategy;
    private final ArrivalFilters filters;
    private SessionPlan plan;
    private final List<Decision> decisions = new ArrayList<>();
    private RulebookSession session;
    private long entries;
    private Instant now = Instant.EPOCH;

    SessionScript(String yaml, ExecutionStrategy strategy) {
        this(yaml, strategy, ArrivalFilters.NONE);
    }

    SessionScript(String yaml, ExecutionStrategy strategy, ArrivalFilters filters) {
        this.strategy = strategy;
        this.filters = filters;
        plan = plan(1, yaml);
        session = new RulebookSession(plan);
        control(new LogEntry.Control.Owner(1));
    }

    SessionPlan plan() {
        return plan;
    }

    private SessionPlan plan(long version, String yaml) {
        var parser = new RulebookParser(Set.of("act"), StringTemplate.NONE);
        var rulebook = parser.parse(yaml, "rulebook.yml", JsonText.EMPTY_OBJECT);
        return new SessionPlan(
                InboxId.of(new ActivationId(1)),
                new Incarnation(new UUID(3, 3)),
                rulebook,
                version,
                JsonText.EMPTY_OBJECT,
                SessionPlan.streams(rulebook, sources),
                strategy,
                SessionPlan.SHUTDOWN_DELAY,
                new Templates(),
                new ActionCatalogue(List.of()),
                filters);
    }

    /** Another version decides from here on: what became of each rule. */
    List<RuleChange> swap(long version, String yaml) {
        plan = plan(version, yaml);
        var entry = new LogEntry.Controlled(next(), now, new LogEntry.Control.Version(version, "nora"));
        Decided decided = session.swap(entry, plan);
        decisions.addAll(decided.decisions());
        return decided.rules();
    }

    RulebookSession session() {
        return session;
    }

    List<Decision> decisions() {
        return decisions;
    }

    /** As after a crash: the state is written, read and gone on with. */
    void restore() {
        JsonText state = JsonText.ofString(session.state().toString());
        session.close();
        session = RulebookSession.restore(
                plan, state.as(SessionData.class), SessionObserver.NONE, new CompiledRulesets());
    }

    void at(int seconds) {
        now = Instant.EPOCH.plusSeconds(seconds);
    }

    List<String> event(String body) {
        return event(ALERTS, body);
    }

    List<String> event(StreamId stream, String body) {
        var id = new EventId("e" + entries);
        return take(new LogEntry.Arrived(next(), now, id, stream, JsonText.ofString(body)));
    }

    List<String> gathered(String host, String facts) {
        return take(new LogEntry.Gathered(next(), now, host, JsonText.ofString(facts)));
    }

    /** From a source that an owner of this epoch runs. */
    List<String> sourced(long epoch, String body) {
        var id = new EventId("e" + entries);
        return take(new LogEntry.Arrived(next(), now, id, ALERTS, JsonText.ofString(body), epoch));
    }

    List<String> tick() {
        return take(new LogEntry.Tick(next(), now));
    }

    List<String> control(LogEntry.Control control) {
        return take(new LogEntry.Controlled(next(), now, control));
    }

    List<String> ended(TaskId task, TaskState state) {
        return take(new LogEntry.Ended(next(), now, new TaskOutcome(task, state, "", Optional.empty())));
    }

    List<String> ended(TaskId task, String feedback) {
        var data = Optional.of(JsonText.ofString(feedback));
        return take(new LogEntry.Ended(next(), now, new TaskOutcome(task, TaskState.SUCCEEDED, "", data)));
    }

    /** The task of an action of the n-th decision so far. */
    TaskId task(int decision, int index) {
        return TaskId.of(decisions.get(decision).id(), index);
    }

    private Position next() {
        return new Position(1, ++entries);
    }

    private List<String> take(LogEntry entry) {
        Decided decided = session.take(entry);
        List<String> words = new ArrayList<>();
        decided.progress().forEach(progress -> words.add(word(progress)));
        for (Decision decision : decided.decisions()) {
            words.add(decision.rule()
                    + decision.actions().stream().map(SessionScript::word).toList());
            decisions.add(decision);
        }
        return words;
    }

    private String word(ActionProgress progress) {
        return switch (progress) {
            case ActionProgress.Released released ->
                decisions.stream()
                        .flatMap(decision -> decision.actions().stream()
                                .filter(action ->
                                        TaskId.of(decision.id(), action.index()).equals(released.task()))
                                .map(action -> decision.rule() + "." + action.index() + " released"))
                        .findFirst()
                        .orElseThrow();
            case ActionProgress.Done done ->
                decisions.stream()
                                .filter(decision -> decision.id().equals(done.decision()))
                                .findFirst()
                                .orElseThrow()
                                .rule()
                        + "." + done.index()
                        + (done.result().succeeded() ? " done" : " failed");
        };
    }

    private static String word(DecidedAction action) {
        return switch (action) {
            case DecidedAction.Own own ->
                own.name()
                        + own.result()
                                .map(result -> result.succeeded() ? "" : "!")
                                .orElse("?");
            case DecidedAction.Delegated task ->
                task.name() + (task.released() ? "" : "?") + (task.task().awaited() ? "" : "~");
        };
    }
}
