// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.session;

import io.reflexarc.core.activation.VersionChange.Fate;
import io.reflexarc.core.activation.VersionChange.RuleChange;
import io.reflexarc.engine.compile.CompiledRuleset;
import io.reflexarc.engine.compile.Conditions;
import io.reflexarc.engine.compile.Evaluator;
import io.reflexarc.engine.compile.JoinData;
import io.reflexarc.engine.compile.Scope;
import io.reflexarc.engine.compile.Truth;
import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.Ruleset;
import io.reflexarc.rulebooks.Trigger;
import io.reflexarc.rulebooks.condition.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a ruleset leaves to its next version, between two entries. Facts stay. A rule that matches as before keeps everything:
 * the events that wait in it, its throttle, its open windows. Every other rule begins with the facts alone, and what it had
 * is gone and told. Nothing is decided by it.
 */
public final class Inheritance {
    private final Ruleset before;
    private final Ruleset next;
    private final SessionState state;
    private final Evaluator evaluator = new Evaluator();
    private final Map<String, Rule> rulesBefore;
    private final Map<String, Integer> ordersNext = new HashMap<>();
    private final Set<String> kept;

    private Inheritance(Ruleset before, Ruleset next, SessionState state) {
        this.before = before;
        this.next = next;
        this.state = state;
        rulesBefore = before.rules().stream().collect(Collectors.toMap(Rule::name, rule -> rule));
        for (int order = 0; order < next.rules().size(); order++) {
            ordersNext.put(next.rules().get(order).name(), order);
        }
        kept = next.rules().stream()
                .filter(rule -> fate(rule) == Fate.KEPT)
                .map(Rule::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Puts the next version of a ruleset in the place of the one before. */
    public static Inherited of(Ruleset before, Ruleset next, SessionState state) {
        return new Inheritance(before, next, state).inherited();
    }

    /** What a ruleset that is not there any more had. */
    public static List<RuleChange> lost(Ruleset gone, SessionState state) {
        Ruleset nothing = gone.withRules(List.of());
        return new Inheritance(gone, nothing, state).changes();
    }

    /** The rules of a ruleset that was not there before. */
    public static List<RuleChange> begun(Ruleset begun) {
        return begun.rules().stream()
                .map(rule -> new RuleChange(begun.name(), rule.name(), Fate.ADDED, 0, 0, List.of()))
                .toList();
    }

    private Inherited inherited() {
        Set<String> begun = next.rules().stream()
                .map(Rule::name)
                .filter(name -> !kept.contains(name))
                .collect(Collectors.toUnmodifiableSet());
        RulesetSession session = RulesetSession.inherit(next, left(begun), begun);
        return new Inherited(session, changes());
    }

    private Fate fate(Rule rule) {
        Rule old = rulesBefore.get(rule.name());
        return old == null ? Fate.ADDED : old.matchesLike(rule) ? Fate.KEPT : Fate.CHANGED;
    }

    private SessionState left(Set<String> begun) {
        Map<String, Long> since = new HashMap<>();
        state.aside().ifPresent(aside -> aside.since().forEach(one -> since.put(one.rule(), one.sequence())));
        since.keySet().retainAll(kept);
        begun.forEach(rule -> since.put(rule, state.nextSequence()));
        List<SessionState.Since> first = next.rules().stream()
                .filter(rule -> since.getOrDefault(rule.name(), 0L) > 0)
                .map(rule -> new SessionState.Since(rule.name(), since.getOrDefault(rule.name(), 0L)))
                .toList();
        List<String> pending = state.pending().stream()
                .flatMap(terminal -> terminalNow(terminal).stream())
                .toList();
        return new SessionState(
                state.now(),
                state.nextSequence(),
                items(),
                state.throttles().stream()
                        .filter(data -> kept.contains(data.rule()))
                        .toList(),
                state.windows().stream()
                        .filter(window -> kept.contains(window.rule()))
                        .toList(),
                pending,
                pending.isEmpty() ? Optional.empty() : state.pendingDue(),
                state.counts(),
                joins(),
                first.isEmpty() ? Optional.empty() : Optional.of(new SessionState.Aside(List.of(), first)));
    }

    /** Facts, also those that nobody took, and the events that wait in a rule that stays. */
    private List<SessionState.Held> items() {
        Instant oldest = state.now().minus(ttl(next));
        List<Rule> staying = before.rules().stream()
                .filter(rule -> kept.contains(rule.name()))
                .toList();
        Stream<SessionState.Held> aside = state.aside().stream().flatMap(one -> one.facts().stream());
        return Stream.concat(state.items().stream(), aside)
                .filter(held -> held.fact()
                        || (held.at().isAfter(oldest)
                                && staying.stream().anyMatch(rule -> waits(held, rule, state.aside()))))
                .sorted(Comparator.comparingLong(SessionState.Held::sequence))
                .toList();
    }

    private static Duration ttl(Ruleset ruleset) {
        return ruleset.defaultEventsTtl().orElse(Ruleset.DEFAULT_TTL);
    }

    /** Whether the rule may wait with it: judged by the item alone, as the first look of a join judges it. */
    private boolean waits(SessionState.Held held, Rule rule, Optional<SessionState.Aside> aside) {
        boolean seen = held.fact()
                || aside.stream()
                        .flatMap(one -> one.since().stream())
                        .noneMatch(since -> since.rule().equals(rule.name()) && held.sequence() < since.sequence());
        if (!rule.enabled() || !seen) {
            return false;
        }
        Map<String, Object> fields = held.body().object();
        if (CompiledRuleset.watchesAbsence(rule.trigger())) {
            Condition there =
                    new Condition.Not(rule.trigger().patterns().getFirst().condition(), "");
            return evaluator.test(there, Scope.of(fields)) == Truth.TRUE;
        }
        return rule.trigger() instanceof Trigger.All all
                && all.patterns().size() > 1
                && all.patterns().stream()
                        .anyMatch(pattern -> Conditions.conjuncts(pattern.condition()).stream()
                                .allMatch(part -> mayHold(part, fields)));
    }

    private boolean mayHold(Condition part, Map<String, Object> fields) {
        Truth alone = evaluator.test(part, Scope.of(fields));
        return alone == Truth.TRUE || alone == Truth.OPEN;
    }

    private List<JoinData> joins() {
        return state.joins().stream()
                .flatMap(join -> terminalNow(join.rule()).stream()
                        .map(terminal -> new JoinData(terminal, join.seenUpTo(), join.stopped())))
                .toList();
    }

    /** Terminals are named by the place of their rule in the file. */
    private Optional<String> terminalNow(String terminal) {
        int slash = terminal.indexOf('/');
        String rule = before.rules()
                .get(Integer.parseInt(terminal.substring(0, slash)))
                .name();
        return kept.contains(rule) ? Optional.of(ordersNext.get(rule) + terminal.substring(slash)) : Optional.empty();
    }

    private List<RuleChange> changes() {
        List<RuleChange> changes = new ArrayList<>();
        for (Rule rule : next.rules()) {
            Fate fate = fate(rule);
            Rule old = rulesBefore.get(rule.name());
            changes.add(
                    fate == Fate.CHANGED && old != null
                            ? lost(old, fate)
                            : new RuleChange(next.name(), rule.name(), fate, 0, 0, List.of()));
        }
        before.rules().stream()
                .filter(rule -> !ordersNext.containsKey(rule.name()))
                .map(rule -> lost(rule, Fate.REMOVED))
                .forEach(changes::add);
        return changes;
    }

    private RuleChange lost(Rule rule, Fate fate) {
        Set<String> events = new LinkedHashSet<>();
        state.items().stream()
                .filter(held -> !held.fact() && waits(held, rule, state.aside()))
                .filter(held -> rule.trigger() instanceof Trigger.All)
                .forEach(held -> events.add(held.id()));
        state.windows().stream()
                .filter(window -> window.rule().equals(rule.name()))
                .flatMap(window -> window.arrivals().stream())
                .forEach(arrival -> events.add(arrival.event().id()));
        List<SessionState.Group> groups = state.throttles().stream()
                .filter(data -> data.rule().equals(rule.name()))
                .flatMap(data -> data.groups().stream())
                .toList();
        groups.stream().flatMap(group -> group.first().stream()).forEach(first -> events.add(first.id()));
        List<String> named = events.stream().limit(RuleChange.EVENTS).toList();
        return new RuleChange(before.name(), rule.name(), fate, events.size(), groups.size(), named);
    }

    /**
     * The next version's session.
     *
     * @param session goes on at the time of the one before
     * @param changes what became of each rule
     */
    public record Inherited(RulesetSession session, List<RuleChange> changes) {
        public Inherited {
            changes = List.copyOf(changes);
        }
    }
}
