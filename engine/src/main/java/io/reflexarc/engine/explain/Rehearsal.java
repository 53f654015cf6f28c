// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.explain;

import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.action.TaskOutcome;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.activation.ExecutionStrategy;
import io.reflexarc.core.decision.ActionProgress;
import io.reflexarc.core.decision.DecidedAction;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.decision.Explanations.Occurrence;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.engine.decision.ArrivalFilters;
import io.reflexarc.engine.decision.Decided;
import io.reflexarc.engine.decision.RulebookSession;
import io.reflexarc.engine.decision.SessionObserver;
import io.reflexarc.engine.decision.SessionPlan;
import io.reflexarc.engine.session.Note;
import io.reflexarc.engine.session.SessionState;
import io.reflexarc.engine.template.Templates;
import io.reflexarc.rulebooks.Rulebook;
import io.reflexarc.rulebooks.Ruleset;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Events played through a session of their own. Actions for workers are not run: each is taken to succeed at once. */
final class Rehearsal implements SessionObserver, AutoCloseable {
    private static final UUID NOWHERE = new UUID(0, 0);

    private final RulebookSession session;
    private final ArrivalFilters filters;
    private final Map<String, List<Note>> notes = new LinkedHashMap<>();
    private final Map<String, SessionState> before = new HashMap<>();
    private List<Decision> decisions = new ArrayList<>();
    private long entries;

    Rehearsal(Rulebook rulebook, JsonText variables, Templates templates, ActionCatalogue catalogue, Streams streams) {
        filters = streams.filters();
        session = new RulebookSession(
                new SessionPlan(
                        InboxId.of(new ActivationId(0)),
                        new Incarnation(NOWHERE),
                        rulebook,
                        0,
                        variables,
                        streams.byRuleset(),
                        ExecutionStrategy.SEQUENTIAL,
                        SessionPlan.SHUTDOWN_DELAY,
                        templates,
                        catalogue,
                        filters),
                this);
    }

    /** An event arrives: one entry, which every ruleset that listens gets. */
    void play(Occurrence event) {
        notes.clear();
        decisions = new ArrayList<>();
        take(arrived(next(), event));
    }

    private static LogEntry.Arrived arrived(Position position, Occurrence event) {
        return new LogEntry.Arrived(position, event.at(), event.id(), Streams.of(event), event.body());
    }

    /** What a ruleset sees of an event: after its filters, which may make several of it, or none. */
    List<Occurrence> seen(Ruleset ruleset, Occurrence event) {
        return filters.apply(ruleset.name(), arrived(Position.START, event)).stream()
                .map(one -> new Occurrence(one.id(), event.at(), event.sources(), one.body(), true))
                .toList();
    }

    /** Time passes. */
    void advanceTo(Instant then) {
        take(new LogEntry.Tick(next(), then));
    }

    /** Time passes; answers what is decided by it alone. */
    List<Decision> pass(Instant then) {
        decisions = new ArrayList<>();
        advanceTo(then);
        return decisions();
    }

    /** Decided since the last event, or since time passed. */
    List<Decision> decisions() {
        return List.copyOf(decisions);
    }

    /** Keeps what a ruleset remembers now, for {@link #evidence}. */
    void remember(Ruleset ruleset) {
        memory(ruleset).ifPresent(state -> before.put(ruleset.name(), state));
    }

    private Optional<SessionState> memory(Ruleset ruleset) {
        return session.memory(ruleset.name());
    }

    private void take(LogEntry entry) {
        Deque<TaskId> ended = new ArrayDeque<>(taken(session.take(entry)));
        while (!ended.isEmpty()) {
            var outcome = new TaskOutcome(ended.remove(), TaskState.SUCCEEDED, "", Optional.empty());
            ended.addAll(taken(session.take(new LogEntry.Ended(next(), session.now(), outcome))));
        }
    }

    /** Tasks that something waits for. */
    private List<TaskId> taken(Decided decided) {
        List<TaskId> started = new ArrayList<>();
        for (Decision decision : decided.decisions()) {
            decisions.add(decision);
            for (DecidedAction action : decision.actions()) {
                if (action instanceof DecidedAction.Delegated delegated && delegated.released()) {
                    started.add(delegated.task().id());
                }
            }
        }
        for (ActionProgress progress : decided.progress()) {
            if (progress instanceof ActionProgress.Released released) {
                started.add(released.task());
            }
        }
        return started;
    }

    private Position next() {
        return new Position(1, ++entries);
    }

    /** What happened since {@link #remember}. */
    Evidence evidence(Ruleset ruleset) {
        return new Evidence(
                decisions.stream()
                        .filter(decision -> decision.ruleset().equals(ruleset.name()))
                        .toList(),
                notes.getOrDefault(ruleset.name(), List.of()),
                Optional.ofNullable(before.get(ruleset.name()))
                        .map(SessionState::items)
                        .orElse(List.of()),
                memory(ruleset).map(SessionState::items).orElse(List.of()));
    }

    @Override
    public boolean wantsNotes() {
        return true;
    }

    @Override
    public void noted(String ruleset, Note note) {
        notes.computeIfAbsent(ruleset, unused -> new ArrayList<>()).add(note);
    }

    @Override
    public void close() {
        session.close();
    }

    /**
     * What the session did with an event.
     *
     * @param decisions of the ruleset
     * @param notes of the ruleset
     * @param before in memory before the event
     * @param after in memory after it
     */
    record Evidence(
            List<Decision> decisions,
            List<Note> notes,
            List<SessionState.Held> before,
            List<SessionState.Held> after) {}
}
