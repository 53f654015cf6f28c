// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import io.reflexarc.core.action.TaskOutcome;
import io.reflexarc.core.activation.VersionChange.RuleChange;
import io.reflexarc.core.decision.ActionProgress;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.engine.compile.CompiledRulesets;
import io.reflexarc.engine.session.RuleMatch;
import io.reflexarc.engine.session.RulesetSession;
import io.reflexarc.engine.session.SessionState;
import io.reflexarc.rulebooks.Ruleset;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Step 6 of the path of an event: all rulesets of one activation as a function of its log. Each entry moves the session's
 * time, from timer to timer, and then decides; what the decisions post inside is decided before the next entry. It reads no
 * clock and waits for nothing. A session that threw is not usable any more. Not safe for several threads.
 */
public final class RulebookSession implements AutoCloseable {
    /** Timers of one entry beyond which something is wrong. */
    private static final int MAX_ROUNDS = 1_000_000;

    private SessionPlan plan;
    private final SessionObserver observer;
    private final CompiledRulesets compiled;
    private Decider decider;
    private final Map<String, RulesetPlace> rulesets = new LinkedHashMap<>();
    private final Turns turns;
    private final Posts posts;

    private Instant now = Instant.EPOCH;
    private long owner;
    private Life life = new Life();

    // What the current entry has made so far.
    private Position entry = Position.START;
    private boolean late;
    private List<Decision> decisions = new ArrayList<>();
    private List<ActionProgress> progress = new ArrayList<>();

    /** A session before its first entry. */
    public RulebookSession(SessionPlan plan) {
        this(plan, SessionObserver.NONE);
    }

    /** A session before its first entry; the observer is told what it does. */
    public RulebookSession(SessionPlan plan, SessionObserver observer) {
        this(plan, observer, new CompiledRulesets());
    }

    /** The same, with what may be compiled already. */
    public RulebookSession(SessionPlan plan, SessionObserver observer, CompiledRulesets compiled) {
        this.plan = plan;
        this.observer = observer;
        this.compiled = compiled;
        this.decider = new Decider(plan);
        this.posts = new Posts(plan.inbox(), plan.incarnation());
        this.turns = new Turns(new OwnEffects(posts, rulesets.keySet(), observer, this::shutDown)::perform);
    }

    /** The session that {@link #data} described. */
    static RulebookSession restore(
            SessionPlan plan, SessionData data, SessionObserver observer, CompiledRulesets compiled) {
        RulebookSession session = new RulebookSession(plan, observer, compiled);
        if (!data.rulesets().isEmpty()) {
            session.open(ruleset -> RulesetSession.restore(
                    ruleset, compiled, Objects.requireNonNull(data.rulesets().get(ruleset.name()))));
        }
        session.now = data.now();
        session.owner = data.owner();
        session.life = new Life(data.phase(), data.closing(), data.message());
        session.turns.restore(data.turns());
        return session;
    }

    private void open(Function<Ruleset, RulesetSession> how) {
        for (Ruleset ruleset : plan.rulebook().rulesets()) {
            rulesets.put(ruleset.name(), RulesetPlace.of(plan, ruleset, how.apply(ruleset)));
        }
        tell();
    }

    private void tell() {
        if (observer.wantsNotes()) {
            rulesets.forEach((name, place) -> place.session().tell(note -> observer.noted(name, note)));
        }
    }

    /** Everything that a session of the same plan needs to go on after the last entry. */
    public JsonText state() {
        return JsonText.of(data());
    }

    SessionData data() {
        Map<String, SessionState> memories = new LinkedHashMap<>();
        rulesets.forEach((name, place) -> memories.put(name, place.session().state()));
        return new SessionData(now, owner, life.phase(), life.closing(), life.message(), memories, turns.open());
    }

    @Override
    public void close() {
        rulesets.values().forEach(place -> place.session().close());
    }

    /** What a ruleset remembers; empty before the first entry. */
    public Optional<SessionState> memory(String ruleset) {
        return Optional.ofNullable(rulesets.get(ruleset))
                .map(place -> place.session().state());
    }

    /** Whether it decides. */
    public Phase phase() {
        return life.phase();
    }

    /** What a shutdown said; empty before. */
    public String message() {
        return life.message();
    }

    /** The time of the last entry. */
    public Instant now() {
        return now;
    }

    /** Rulesets in which too many events waited for others, with how many went before their time. */
    public Map<String, Long> dropped() {
        Map<String, Long> dropped = new LinkedHashMap<>();
        rulesets.forEach((name, place) -> {
            if (place.session().dropped() > 0) {
                dropped.put(name, place.session().dropped());
            }
        });
        return dropped;
    }

    /** Decisions whose actions have not all ended. */
    public int openDecisions() {
        return turns.size();
    }

    /** Waits for no action any more: whoever runs one is not heard. */
    public void giveUpActions() {
        turns.clear();
    }

    /** When a timer that may decide is due. */
    public Optional<Instant> nextDue() {
        return switch (life.phase()) {
            case ACTIVE ->
                rulesets.values().stream()
                        .flatMap(place -> place.session().nextDue().stream())
                        .min(Comparator.naturalOrder());
            case CLOSING -> life.closing();
            case PAUSED, COMPLETED -> Optional.empty();
        };
    }

    /** Takes the next entry. */
    public Decided take(LogEntry next) {
        return take(next, Optional.empty());
    }

    /** Takes an entry that puts another version live: what is due before it is decided by the one before. */
    public Decided swap(LogEntry next, SessionPlan version) {
        return take(next, Optional.of(version));
    }

    private Decided take(LogEntry next, Optional<SessionPlan> version) {
        entry = next.position();
        List<RuleChange> changes = List.of();
        decisions = new ArrayList<>();
        progress = new ArrayList<>();
        posts.begin(entry);
        Instant at = next.stamp().isAfter(now) ? next.stamp() : now;
        if (rulesets.isEmpty()) {
            open(ruleset -> RulesetSession.open(ruleset, compiled.of(ruleset), at));
            now = at;
        }
        advance(at, isOwner(next));
        pass(at);
        switch (next) {
            case LogEntry.Arrived arrived -> arrived(arrived);
            case LogEntry.Ended ended -> ended(ended.outcome());
            case LogEntry.Gathered gathered -> gathered(gathered);
            case LogEntry.Tick tick -> {
                // It has moved the time, and that is all.
            }
            case LogEntry.Controlled controlled -> control(controlled.control());
        }
        if (version.isPresent()) {
            changes = swap(version.get());
        }
        drain();
        if (life.phase() == Phase.CLOSING && turns.isEmpty()) {
            complete();
        }
        return new Decided(decisions, progress, changes);
    }

    /** Between two entries: nothing is in flight. */
    private List<RuleChange> swap(SessionPlan version) {
        Succession succession = new Succession(plan.rulebook(), version, rulesets, now);
        rulesets.clear();
        rulesets.putAll(succession.places());
        plan = version;
        decider = new Decider(plan);
        tell();
        return succession.changes();
    }

    private static boolean isOwner(LogEntry next) {
        return next instanceof LogEntry.Controlled controlled && controlled.control() instanceof LogEntry.Control.Owner;
    }

    /**
     * From due time to due time: one jump would decide differently. What was due before a new owner came is late: nobody ran
     * the activation then.
     */
    private void advance(Instant to, boolean newOwner) {
        Optional<Instant> due = nextDue();
        int rounds = 0;
        while (due.isPresent() && !due.get().isAfter(to)) {
            if (++rounds > MAX_ROUNDS) {
                throw new IllegalStateException("more than " + MAX_ROUNDS + " timers until " + to);
            }
            late = newOwner && due.get().isBefore(to);
            pass(due.get());
            // A shutdown that this timer decided begins its grace only now.
            if (life.isOver(now)) {
                complete();
            }
            drain();
            due = nextDue();
        }
        late = false;
    }

    /** Time passes in every ruleset alike. */
    private void pass(Instant at) {
        now = at.isAfter(now) ? at : now;
        for (RulesetPlace place : rulesets.values()) {
            decide(place, place.session().advanceTo(now));
        }
    }

    private void arrived(LogEntry.Arrived arrived) {
        boolean stale = arrived.epoch() > 0 && arrived.epoch() < owner;
        if (!life.decides() || stale) {
            return;
        }
        for (RulesetPlace place : rulesets.values()) {
            if (place.streams().contains(arrived.stream())) {
                for (Arrival one : plan.filters().apply(place.ruleset().name(), arrived)) {
                    decide(place, place.session().event(one.id(), one.body()));
                }
            }
        }
    }

    /** Every ruleset sees them, also one that did not ask: so it is in the original. */
    private void gathered(LogEntry.Gathered gathered) {
        if (!life.decides()) {
            return;
        }
        EventId id = posts.gathered(gathered.host());
        for (RulesetPlace place : rulesets.values()) {
            place.session().forget(id);
            decide(place, place.session().fact(id, gathered.facts()));
        }
    }

    private void ended(TaskOutcome outcome) {
        turns.awaited(outcome.task())
                .flatMap(Step.Task::feedback)
                .ifPresent(asked -> outcome.feedback().ifPresent(data -> posts.feed(asked, data, rulesets.keySet())));
        progress.addAll(turns.ended(outcome.task()));
    }

    private void control(LogEntry.Control control) {
        switch (control) {
            case LogEntry.Control.Owner owner -> this.owner = owner.epoch();
            case LogEntry.Control.Pause pause -> life.pause();
            case LogEntry.Control.Resume resume -> life.resume();
            case LogEntry.Control.Skip skip -> {
                // The owner that skipped did not take the entry.
            }
            case LogEntry.Control.Version version -> {
                // Whoever reads the log brings the version along.
            }
        }
    }

    /** Everything posted inside, before the next entry: one line for all rulesets. */
    private void drain() {
        Optional<Posts.Post> next = posts.next();
        while (next.isPresent()) {
            deliver(next.get());
            next = posts.next();
        }
    }

    private void deliver(Posts.Post post) {
        if (!life.decides()) {
            return;
        }
        switch (post.effect()) {
            case Effect.Post posted -> {
                RulesetPlace place = place(posted.ruleset());
                JsonText body = post.body(posted, now);
                observer.posted(posted.ruleset(), posted.fact(), body);
                decide(
                        place,
                        posted.fact()
                                ? place.session().fact(post.id(), body)
                                : place.session().event(post.id(), body));
            }
            case Effect.Retract retract -> {
                RulesetPlace place = place(retract.ruleset());
                observer.retracted(retract.ruleset(), retract.fact(), retract.partial());
                decide(place, place.session().retract(retract.fact(), retract.partial()));
            }
        }
    }

    private RulesetPlace place(String ruleset) {
        return Objects.requireNonNull(rulesets.get(ruleset));
    }

    private void decide(RulesetPlace place, List<RuleMatch> matches) {
        for (RuleMatch match : matches) {
            if (life.decides()) {
                decisions.add(decision(place, match));
            }
        }
    }

    private Decision decision(RulesetPlace place, RuleMatch match) {
        int ordinal = decisions.size();
        DecisionId id = DecisionId.of(plan.inbox(), plan.incarnation(), entry, ordinal);
        var firing = new Decider.Firing(
                id,
                now,
                place.ruleset(),
                place.sequential(),
                match,
                () -> place.session().facts());
        Decider.Plan planned = decider.plan(firing);
        List<ActionProgress> begun = turns.begin(firing.turn(planned));
        return new Decision(
                id,
                entry,
                ordinal,
                place.ruleset().name(),
                match.rule().name(),
                plan.rulebookVersion(),
                now,
                late,
                match.matched(),
                planned.begun(begun));
    }

    /** A rule said {@code shutdown}. */
    private void shutDown(String message, Duration grace, boolean atOnce) {
        life.close(message, now, grace);
        if (atOnce) {
            complete();
        }
    }

    private void complete() {
        life.complete();
        turns.clear();
    }
}
