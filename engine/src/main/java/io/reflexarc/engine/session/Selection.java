// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.session;

import io.reflexarc.core.decision.MatchedEvent;
import io.reflexarc.engine.compile.Found;
import io.reflexarc.engine.compile.Item;
import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.Ruleset;
import io.reflexarc.rulebooks.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * From what Drools found to what is decided: our order, throttles and windows, and the policy of consumption. Unless the
 * ruleset says {@code match_multiple_rules}, an event serves the first rule that it completes and is gone then.
 */
final class Selection {
    private static final Outcome NOTHING = new Outcome(List.of(), Set.of());

    private final boolean multiple;
    private final List<Rule> rules;
    /** Both by place of the rule in the file. */
    private final TreeMap<Integer, ThrottleGate> gates = new TreeMap<>();

    private final TreeMap<Integer, NotAllWindow> windows = new TreeMap<>();
    private final TreeMap<Integer, RuleCount> counts = new TreeMap<>();
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
        for (int order = 0; order < rules.size(); order++) {
            Rule rule = rules.get(order);
            int place = order;
            orders.put(rule.name(), order);
            rule.throttle().ifPresent(throttle -> gates.put(place, new ThrottleGate(rule, throttle)));
            if (rule.trigger() instanceof Trigger.NotAll notAll) {
                windows.put(order, new NotAllWindow(rule, notAll));
            }
        }
    }

    Outcome select(List<Found> found, Cause cause, Instant now) {
        if (found.isEmpty()) {
            return NOTHING;
        }
        List<Found> ordered = found.stream().sorted(TupleOrder.INSTANCE).toList();
        Set<Long> swallowed = new HashSet<>();
        Set<Long> involved = new HashSet<>();
        List<Found> candidates = new ArrayList<>();
        for (int i = 0; i < ordered.size(); i++) {
            Found each = ordered.get(i);
            Optional<Found> next = i + 1 < ordered.size() ? Optional.of(ordered.get(i + 1)) : Optional.empty();
            if (each.items().stream().anyMatch(item -> swallowed.contains(item.sequence()))) {
                suppressed(each);
            } else if (each.items().stream().distinct().count() < each.items().size()) {
                each.items().forEach(item -> involve(involved, item));
            } else if (passes(each, next, candidates, swallowed, now)) {
                candidates.add(each);
                each.items().forEach(item -> involve(involved, item));
            }
        }
        List<Found> kept = cause == Cause.EVENT && !multiple ? ofFirstRule(candidates) : candidates;
        Set<Long> gone = new HashSet<>(swallowed);
        if (!multiple) {
            gone.addAll(involved);
        }
        return new Outcome(kept.stream().map(each -> report(each, now)).toList(), gone);
    }

    private static void involve(Set<Long> involved, Item item) {
        if (!item.isFact()) {
            involved.add(item.sequence());
        }
    }

    /** Whether a tuple is a match by itself; throttled events and those of a window go no further. */
    private boolean passes(Found each, Optional<Found> next, List<Found> candidates, Set<Long> swallowed, Instant now) {
        int order = each.terminal().order();
        ThrottleGate gate = gates.get(order);
        if (gate != null && !each.items().isEmpty()) {
            Item item = each.items().getFirst();
            swallowed.add(item.sequence());
            boolean admitted = gate.admits(item, now);
            if (!admitted) {
                suppressed(each);
            }
            return admitted;
        }
        NotAllWindow window = windows.get(order);
        if (window != null) {
            boolean again = next.filter(other -> sameRuleAndItem(each, other)).isPresent();
            if (!again) {
                swallowed.addAll(
                        window.arrive(each.items().getFirst(), each.terminal().position(), now));
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
        candidates.stream().filter(each -> each.terminal().order() != first).forEach(this::suppressed);
        return candidates.stream()
                .filter(each -> each.terminal().order() == first)
                .toList();
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
        RuleCount count = count(order);
        counts.put(
                order, new RuleCount(count.rule(), count.matched() + 1, count.suppressed(), Optional.of(match.at())));
        return match;
    }

    private void suppressed(Found found) {
        RuleCount count = count(found.terminal().order());
        counts.put(
                found.terminal().order(),
                new RuleCount(count.rule(), count.matched(), count.suppressed() + 1, count.last()));
    }

    private RuleCount count(int order) {
        return counts.getOrDefault(order, new RuleCount(rules.get(order).name(), 0, 0, Optional.empty()));
    }

    /** Place of a rule in the file. */
    int order(Rule rule) {
        return orders.getOrDefault(rule.name(), 0);
    }

    /** When the first window ends. */
    Optional<Instant> nextDue() {
        return Stream.concat(
                        gates.values().stream().map(ThrottleGate::due),
                        windows.values().stream().map(NotAllWindow::due))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
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
            all.add(count(order));
        }
        return all;
    }

    SessionState state(
            Instant now,
            long nextSequence,
            List<SessionState.Held> items,
            List<String> pending,
            Optional<Instant> pendingDue) {
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
                List.copyOf(counts.values()));
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
                    .ifPresent(count -> counts.put(place, count));
        }
    }
}
