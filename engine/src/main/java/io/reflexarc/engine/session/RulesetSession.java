// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.session;

import io.reflexarc.core.id.EventId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.compile.CompiledRuleset;
import io.reflexarc.engine.compile.CompiledRulesets;
import io.reflexarc.engine.compile.Found;
import io.reflexarc.engine.compile.Item;
import io.reflexarc.engine.compile.RulesetUnit;
import io.reflexarc.rulebooks.Ruleset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Step 6 of the path of an event: a ruleset's session matches it. A sieve tells what one item completes alone, Drools remembers
 * and joins; what they find is put in our order, throttled and consumed here. A function of what it is told: no clock, random
 * number or network is read. For one thread.
 */
public final class RulesetSession implements AutoCloseable {
    private final RulesetUnit unit;
    private final Selection selection;
    private final AbsenceWatch absence;
    private final long ttlMillis;
    private final int mostEvents;
    /** In the order of arrival. */
    private final Map<Long, Item> items = new LinkedHashMap<>();

    /** Those of them that time takes away, oldest first. */
    private final Map<Long, Item> events = new LinkedHashMap<>();

    private final SpareFacts spare = new SpareFacts();
    private final List<SessionState.Since> since;
    private long nextSequence;
    private long dropped;
    private Instant now;

    private RulesetSession(Ruleset ruleset, CompiledRuleset compiled, Instant start, List<SessionState.Since> since) {
        this.since = List.copyOf(since);
        unit = new RulesetUnit(compiled, start.toEpochMilli());
        selection = new Selection(ruleset);
        absence = new AbsenceWatch(compiled);
        ttlMillis = ruleset.defaultEventsTtl().orElse(Ruleset.DEFAULT_TTL).toMillis();
        mostEvents = ruleset.bounds().waitingEvents();
        now = Instant.ofEpochMilli(unit.now());
    }

    /** A session without any memory. */
    public static RulesetSession open(Ruleset ruleset, Instant start) {
        return open(ruleset, new CompiledRuleset(ruleset), start);
    }

    /** The same, with a ruleset compiled already. */
    public static RulesetSession open(Ruleset ruleset, CompiledRuleset compiled, Instant start) {
        RulesetSession session = new RulesetSession(ruleset, compiled, start, List.of());
        session.absence.found(session.unit.fire(), start);
        return session;
    }

    /** A session that goes on where {@link #state} was taken: everything is put back in its order, every match rejected. */
    public static RulesetSession restore(Ruleset ruleset, SessionState state) {
        return restore(ruleset, new CompiledRulesets(), state);
    }

    /** The same, with what may be compiled already. */
    public static RulesetSession restore(Ruleset ruleset, CompiledRulesets compiled, SessionState state) {
        RulesetSession session = of(ruleset, compiled, state);
        session.put(state);
        session.absence.restore(state.pending(), state.pendingDue());
        return session;
    }

    /**
     * A session of another version of the ruleset, with what of the state of this one {@link Inheritance} leaves to it.
     *
     * @param begun names of rules that begin now
     */
    static RulesetSession inherit(Ruleset ruleset, SessionState state, Set<String> begun) {
        RulesetSession session = of(ruleset, new CompiledRulesets(), state);
        List<Found> absent = session.put(state);
        session.absence.restore(state.pending(), state.pendingDue());
        session.absence.found(
                absent.stream()
                        .filter(found -> begun.contains(found.terminal().rule().name()))
                        .toList(),
                session.now);
        for (Item item : List.copyOf(session.items.values())) {
            if (item.isFact() ? !session.unit.takes(item) : !session.unit.waits(item)) {
                session.remove(item);
                if (item.isFact()) {
                    session.spare.add(item);
                }
            }
        }
        session.settle();
        return session;
    }

    private static RulesetSession of(Ruleset ruleset, CompiledRulesets compiled, SessionState state) {
        List<SessionState.Since> since =
                state.aside().map(SessionState.Aside::since).orElse(List.of());
        Map<String, Long> first =
                since.stream().collect(Collectors.toMap(SessionState.Since::rule, SessionState.Since::sequence));
        return new RulesetSession(ruleset, compiled.of(ruleset, first), state.now(), since);
    }

    private List<Found> put(SessionState state) {
        nextSequence = state.nextSequence();
        state.items().forEach(held -> hold(item(held)));
        state.aside().stream()
                .flatMap(aside -> aside.facts().stream())
                .map(this::item)
                .forEach(spare::add);
        List<Found> absent = unit.restore(List.copyOf(items.values()), state.joins());
        selection.restore(state);
        return absent;
    }

    private Item item(SessionState.Held held) {
        Item item = new Item(
                held.sequence(),
                new EventId(held.id()),
                held.fact(),
                held.body(),
                held.at().toEpochMilli(),
                ttlMillis);
        held.shown().ifPresent(shown -> item.amend(shown.body()));
        return item;
    }

    /** An event arrives: what it decides, in order. */
    public List<RuleMatch> event(EventId id, JsonText body) {
        return insert(id, body, false);
    }

    /** A fact is set: what it decides, in order. */
    public List<RuleMatch> fact(EventId id, JsonText body) {
        return insert(id, body, true);
    }

    private List<RuleMatch> insert(EventId id, JsonText body, boolean fact) {
        Item item = new Item(nextSequence++, id, fact, body, unit.now(), ttlMillis);
        List<Found> alone = unit.insert(item);
        boolean wanted = unit.holds(item) || (fact && !alone.isEmpty());
        if (wanted) {
            hold(item);
        }
        List<RuleMatch> matches = decide(alone, fact ? Selection.Cause.FACT : Selection.Cause.EVENT);
        if (items.containsKey(item.sequence()) && !stays(item, !alone.isEmpty())) {
            remove(item);
            wanted = false;
        }
        // One that a match took is gone for every version
        if (fact && !wanted) {
            spare.add(item);
        }
        bound();
        settle();
        return matches;
    }

    /** A fact that any rule takes can be retracted later; an event stays only while a rule waits for its partners. */
    private boolean stays(Item item, boolean matched) {
        return item.isFact() ? matched || unit.matters(item) : unit.waits(item);
    }

    private void hold(Item item) {
        items.put(item.sequence(), item);
        if (!item.isFact()) {
            events.put(item.sequence(), item);
        }
    }

    /** Memory is bounded: beyond that the oldest go, as if their time were over. */
    private void bound() {
        while (events.size() > mostEvents) {
            remove(events.values().iterator().next());
            dropped++;
        }
    }

    /** Events that went before their time because too many waited, since this session was opened or restored. */
    public long dropped() {
        return dropped;
    }

    /** Drops a fact that another is about to replace: nothing is decided by its absence. */
    public void forget(EventId id) {
        spare.remove(item -> item.id().equals(id));
        items.values().stream()
                .filter(item -> item.isFact() && item.id().equals(id))
                .toList()
                .forEach(this::remove);
    }

    /**
     * Facts are retracted: what that decides, in order.
     *
     * @param matching fields and values
     * @param partial whether facts may have other fields too; {@code meta} never counts then
     */
    public List<RuleMatch> retract(JsonText matching, boolean partial) {
        Map<String, Object> wanted = matching.object();
        List<Item> gone = items.values().stream()
                .filter(item -> item.isFact() && Retraction.matches(item.fields(), wanted, partial))
                .toList();
        gone.forEach(this::remove);
        spare.remove(item -> Retraction.matches(item.fields(), wanted, partial));
        List<RuleMatch> matches = decide(List.of(), Selection.Cause.RETRACTION).stream()
                .map(match -> gone.isEmpty() ? match : Retraction.shown(match, gone.getFirst()))
                .toList();
        settle();
        return matches;
    }

    /** Everything that the last change decides, beside what an item completed alone. */
    private List<RuleMatch> decide(List<Found> alone, Selection.Cause cause) {
        List<Found> found = alone;
        List<Found> together = unit.fire();
        if (!together.isEmpty() || absence.due().isPresent()) {
            found = new ArrayList<>(alone);
            found.addAll(together);
            absence.take(found, items.values());
        }
        if (found.isEmpty()) {
            return List.of();
        }
        Selection.Outcome outcome = selection.select(found, items.values(), cause, now);
        for (Long sequence : outcome.gone()) {
            Item gone = items.get(sequence);
            if (gone != null) {
                remove(gone);
            }
        }
        return outcome.matches();
    }

    /** Lets Drools take notice of what was removed, so that nothing is in flight between two calls. */
    private void settle() {
        if (absence.watches()) {
            absence.found(unit.fire(), now);
        }
    }

    private void remove(Item item) {
        unit.delete(item);
        forget(item);
    }

    private void forget(Item item) {
        items.remove(item.sequence());
        events.remove(item.sequence());
    }

    /** Moves the clock; Drools expires events by itself, and what it expired is not held any more. */
    private void moveTo(Instant time) {
        unit.advance(time.toEpochMilli());
        now = Instant.ofEpochMilli(unit.now());
        Iterator<Item> oldest = events.values().iterator();
        while (oldest.hasNext()) {
            Item item = oldest.next();
            if (!item.isOver(unit.now())) {
                break;
            }
            oldest.remove();
            items.remove(item.sequence());
            unit.expire();
        }
    }

    /** When time alone can decide something next: the runner advances to it once nothing else is left to read. */
    public Optional<Instant> nextDue() {
        Optional<Instant> due = Selection.earlier(selection.nextDue(), absence.due());
        if (!absence.watches() || events.isEmpty()) {
            return due;
        }
        Item oldest = events.values().iterator().next();
        return Selection.earlier(due, Optional.of(Instant.ofEpochMilli(oldest.atMillis() + ttlMillis)));
    }

    /** Time passes, from due time to due time: what that decides, in order. A time in the past changes nothing. */
    public List<RuleMatch> advanceTo(Instant to) {
        List<RuleMatch> matches = List.of();
        Optional<Instant> due = nextDue();
        while (due.isPresent() && !due.get().isAfter(to)) {
            matches = new ArrayList<>(matches);
            matches.addAll(tick(due.get()));
            due = nextDue();
        }
        if (to.isAfter(now)) {
            moveTo(to);
            settle();
        }
        return matches;
    }

    private List<RuleMatch> tick(Instant due) {
        moveTo(due);
        List<RuleMatch> matches = new ArrayList<>(decide(List.of(), Selection.Cause.TIME));
        matches.addAll(selection.due(now));
        matches.sort(Comparator.comparingInt(match -> selection.order(match.rule())));
        settle();
        return matches;
    }

    /** Session time. */
    public Instant now() {
        return now;
    }

    /** The state between two calls. */
    public SessionState state() {
        List<SessionState.Held> held =
                items.values().stream().map(RulesetSession::held).toList();
        List<SessionState.Held> facts = spare.stream().map(RulesetSession::held).toList();
        Optional<SessionState.Aside> aside = facts.isEmpty() && since.isEmpty()
                ? Optional.empty()
                : Optional.of(new SessionState.Aside(facts, since));
        return selection.state(now, nextSequence, held, absence.pending(), absence.due(), unit.joins(), aside);
    }

    private static SessionState.Held held(Item item) {
        return new SessionState.Held(
                item.sequence(),
                item.id().value(),
                item.isFact(),
                Instant.ofEpochMilli(item.atMillis()),
                item.arrived(),
                shown(item));
    }

    private static Optional<SessionState.Shown> shown(Item item) {
        return item.body().equals(item.arrived()) ? Optional.empty() : Optional.of(new SessionState.Shown(item.body()));
    }

    /** From now on somebody is told why what fulfils a rule is no match; nothing else changes by it. */
    public void tell(Consumer<Note> listener) {
        selection.tell(listener);
    }

    /** How often each rule matched, in file order. */
    public List<RuleCount> counts() {
        return selection.counts();
    }

    /** Number of events and facts in memory. */
    public int retained() {
        return items.size();
    }

    /** Bodies of the facts in memory, in the order of arrival. */
    public List<JsonText> facts() {
        return items.values().stream().filter(Item::isFact).map(Item::body).toList();
    }

    @Override
    public void close() {
        unit.close();
    }
}
