// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.session;

import io.reflexarc.core.decision.MatchedEvent;
import io.reflexarc.engine.compile.Evaluator;
import io.reflexarc.engine.compile.Found;
import io.reflexarc.engine.compile.Item;
import io.reflexarc.engine.compile.JoinData;
import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.Ruleset;
import io.reflexarc.rulebooks.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * From what Drools found to what is decided: our order, throttles and windows, and the policy of consumption. Unless the
 * ruleset says {@code match_multiple_rules}, an event serves the first rule that it completes and is gone then.
 */
final class Selection {
    private static final Outcome NOTHING = new Outcome(List.of(), Set.of());

    private final Evaluator evaluator = new Evaluator();
    private final boolean multiple;
    private final List<Rule> rules;
    /** Both by place of the rule in the file. */
    private final TreeMap<Integer, ThrottleGate> gates = new TreeMap<>();

    private final TreeMap<Integer, NotAllWindow> windows = new TreeMap<>();
    private final Counter[] counters;
    private Optional<Notes> notes = Optional.empty();
    private final Map<String, Integer> orders = new HashMap<>();

    /** What made the session look. */
    enum Cause {
        EVENT,
        FACT,
        RETRACTION,
        TIME
    }

    /**
     * What is decided.
     *
     * @param matches in order
     * @param gone sequences of the items to remove
     */
    record Outcome(List<RuleMatch> matches, Set<Long> gone) {}

    Selection(Ruleset ruleset) {
        multiple = ruleset.matchMultipleRules();
        rules = ruleset.rules();
        counters = new Counter[rules.size()];
        for (int order = 0; order < rules.size(); order++) {
            Rule rule = rules.get(order);
            int place = order;
            counters[order] = new Counter();
            orders.put(rule.name(), order);
            rule.throttle().ifPresent(throttle -> gates.put(place, new ThrottleGate(rule, throttle)));
            if (rule.trigger() instanceof Trigger.NotAll notAll) {
                windows.put(order, new NotAllWindow(rule, notAll));
            }
        }
    }

    /**
     * Decides.
     *
     * @param found in no order
     * @param memory what is in memory, in the order of arrival
     */
    Outcome select(List<Found> found, Collection<Item> memory, Cause cause, Instant now) {
        if (found.isEmpty()) {
            return NOTHING;
        }
        List<Found> ordered = ordered(found, memory);
        Set<Long> swallowed = new HashSet<>();
        Set<Long> involved = new HashSet<>();
        List<Found> candidates = new ArrayList<>(ordered.size());
        for (int i = 0; i < ordered.size(); i++) {
            Found each = ordered.get(i);
            if (anySwallowed(each, swallowed)) {
                suppressed(each);
                notes.ifPresent(told -> told.taken(each));
            } else if (isTwice(each.items())) {
                involve(involved, each);
                notes.ifPresent(told -> told.twice(each));
            } else if (passes(each, i + 1 < ordered.size() ? ordered.get(i + 1) : each, candidates, swallowed, now)) {
                candidates.add(each);
                involve(involved, each);
            }
        }
        List<Found> kept = cause == Cause.EVENT && !multiple ? ofFirstRule(candidates) : candidates;
        if (!multiple) {
            swallowed.addAll(involved);
        }
        List<RuleMatch> matches = new ArrayList<>(kept.size());
        for (Found each : kept) {
            matches.add(report(each, now));
        }
        return new Outcome(matches, swallowed);
    }

    private List<Found> ordered(List<Found> found, Collection<Item> memory) {
        if (found.size() == 1) {
            return found;
        }
        List<Found> ordered = new ArrayList<>(found);
        ordered.sort(new TupleOrder(evaluator, memory));
        return ordered;
    }

    private static boolean anySwallowed(Found each, Set<Long> swallowed) {
        if (!swallowed.isEmpty()) {
            for (Item item : each.items()) {
                if (swallowed.contains(item.sequence())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether one item stands for two conditions. */
    private static boolean isTwice(List<Item> items) {
        for (int i = 1; i < items.size(); i++) {
            if (items.subList(0, i).contains(items.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static void involve(Set<Long> involved, Found found) {
        for (Item item : found.items()) {
            if (!item.isFact()) {
                involved.add(item.sequence());
            }
        }
    }

    /** Whether a tuple is a match by itself; throttled events and those of a window go no further. */
    private boolean passes(Found each, Found next, List<Found> candidates, Set<Long> swallowed, Instant now) {
        int order = each.terminal().order();
        ThrottleGate gate = gates.get(order);
        if (gate != null && !each.items().isEmpty()) {
            Item item = each.items().getFirst();
            swallowed.add(item.sequence());
            boolean admitted = gate.admits(item, now);
            notes.ifPresent(told -> told.throttled(each, admitted, gate.group(item)));
            if (!admitted) {
                suppressed(each);
            }
            return admitted;
        }
        NotAllWindow window = windows.get(order);
        if (window != null) {
            if (!sameRuleAndItem(each, next)) {
                swallowed.addAll(
                        window.arrive(each.items().getFirst(), each.terminal().position(), now));
                notes.ifPresent(told -> told.windowed(each, window.due(), swallowed));
            }
            return false;
        }
        return candidates.isEmpty() || !sameRuleAndItem(candidates.getLast(), each);
    }

    /** Whether two conditions of one {@code any} or {@code not_all} took the same item. */
    private static boolean sameRuleAndItem(Found one, Found other) {
        return one.terminal().order() == other.terminal().order()
                && one.items().equals(other.items())
                && one.terminal().position() != other.terminal().position();
    }

    private List<Found> ofFirstRule(List<Found> candidates) {
        if (candidates.isEmpty()) {
            return candidates;
        }
        int first = candidates.getFirst().terminal().order();
        int kept = 0;
        while (kept < candidates.size() && candidates.get(kept).terminal().order() == first) {
            kept++;
        }
        for (Found displaced : candidates.subList(kept, candidates.size())) {
            suppressed(displaced);
            notes.ifPresent(told -> told.displaced(displaced, candidates.getFirst()));
        }
        return candidates.subList(0, kept);
    }

    private RuleMatch report(Found found, Instant now) {
        Rule rule = found.terminal().rule();
        List<MatchedEvent> matched = new ArrayList<>();
        for (int i = 0; i < found.items().size(); i++) {
            Item item = found.items().get(i);
            String binding = rule.trigger()
                    .patterns()
                    .get(found.terminal().position() + i)
                    .binding();
            matched.add(new MatchedEvent(binding, item.id(), item.body()));
        }
        return counted(found.terminal().order(), new RuleMatch(rule, matched, now));
    }

    private RuleMatch counted(int order, RuleMatch match) {
        Counter counter = counters[order];
        counter.matched++;
        counter.last = Optional.of(match.at());
        return match;
    }

    private void suppressed(Found found) {
        counters[found.terminal().order()].suppressed++;
    }

    /** From now on tells why what was found is no match. */
    void tell(Consumer<Note> listener) {
        notes = Optional.of(new Notes(listener));
    }

    /** Place of a rule in the file. */
    int order(Rule rule) {
        return orders.getOrDefault(rule.name(), 0);
    }

    /** When the first window ends. */
    Optional<Instant> nextDue() {
        Optional<Instant> due = Optional.empty();
        for (ThrottleGate gate : gates.values()) {
            due = earlier(due, gate.due());
        }
        for (NotAllWindow window : windows.values()) {
            due = earlier(due, window.due());
        }
        return due;
    }

    /** The earlier one of those that there are. */
    static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        return one.isEmpty() || (other.isPresent() && other.get().isBefore(one.get())) ? other : one;
    }

    /** Matches of the windows that end now, by rule in file. */
    List<RuleMatch> due(Instant now) {
        List<RuleMatch> matches = new ArrayList<>();
        for (int order = 0; order < rules.size(); order++) {
            ThrottleGate gate = gates.get(order);
            if (gate != null && gate.due().filter(end -> !end.isAfter(now)).isPresent()) {
                matches.add(counted(order, gate.end(now)));
            }
            NotAllWindow window = windows.get(order);
            if (window != null && window.due().filter(end -> !end.isAfter(now)).isPresent()) {
                matches.add(counted(order, window.end(now)));
            }
        }
        return matches;
    }

    /** How often each rule matched, in file order; rules that never did are zero. */
    List<RuleCount> counts() {
        List<RuleCount> all = new ArrayList<>();
        for (int order = 0; order < rules.size(); order++) {
            all.add(counters[order].count(rules.get(order)));
        }
        return all;
    }

    SessionState state(
            Instant now,
            long nextSequence,
            List<SessionState.Held> items,
            List<String> pending,
            Optional<Instant> pendingDue,
            List<JoinData> joins,
            Optional<SessionState.Aside> aside) {
        return new SessionState(
                now,
                nextSequence,
                items,
                gates.values().stream()
                        .map(ThrottleGate::data)
                        .flatMap(Optional::stream)
                        .toList(),
                windows.values().stream()
                        .map(NotAllWindow::data)
                        .flatMap(Optional::stream)
                        .toList(),
                pending,
                pendingDue,
                counts().stream().filter(RuleCount::any).toList(),
                joins,
                aside);
    }

    void restore(SessionState state) {
        for (int order = 0; order < rules.size(); order++) {
            String name = rules.get(order).name();
            int place = order;
            state.throttles().stream()
                    .filter(data -> data.rule().equals(name))
                    .findFirst()
                    .ifPresent(data -> Optional.ofNullable(gates.get(place)).ifPresent(gate -> gate.restore(data)));
            state.windows().stream()
                    .filter(data -> data.rule().equals(name))
                    .findFirst()
                    .ifPresent(data -> Optional.ofNullable(windows.get(place)).ifPresent(open -> open.restore(data)));
            state.counts().stream()
                    .filter(count -> count.rule().equals(name))
                    .findFirst()
                    .ifPresent(count -> counters[place].restore(count));
        }
    }

    /** How often one rule matched. */
    private static final class Counter {
        private long matched;
        private long suppressed;
        private Optional<Instant> last = Optional.empty();

        RuleCount count(Rule rule) {
            return new RuleCount(rule.name(), matched, suppressed, last);
        }

        void restore(RuleCount count) {
            matched = count.matched();
            suppressed = count.suppressed();
            last = count.last();
        }
    }
}
