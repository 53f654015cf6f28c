// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import io.reflexarc.faults.Sender.Sent;
import io.reflexarc.faults.Target.Effect;
import io.reflexarc.faults.Workload.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares what the sender, the target and the product itself wrote down. A pure function of the three, so that it can be
 * tested: with a row taken away, doubled or moved it must find exactly that.
 */
final class Checker {
    private Checker() {}

    /** Compares. */
    static Findings check(Books books) {
        Map<String, Event> planned = books.events().stream().collect(Collectors.toMap(Event::id, event -> event));
        Map<String, Sent> accepted = new HashMap<>();
        Map<String, Long> begun = new HashMap<>();
        for (Sent sent : books.replies()) {
            begun.putIfAbsent(sent.id(), sent.first());
            if (sent.accepted()) {
                accepted.putIfAbsent(sent.id(), sent);
            }
        }
        Map<String, List<Effect>> effects = books.effects().stream()
                .collect(Collectors.groupingBy(Effect::id, LinkedHashMap::new, Collectors.toList()));
        Map<String, List<Decided>> decisions = books.decisions().stream().collect(Collectors.groupingBy(Decided::id));
        List<String> examples = new ArrayList<>();
        int lost = 0;
        int undecided = 0;
        for (Event event : books.events()) {
            if (!event.matches() || !accepted.containsKey(event.id())) {
                continue;
            }
            if (!effects.containsKey(event.id())) {
                lost++;
                examples.add("lost " + event.id() + " " + event.rule());
            }
            List<Decided> rows = decisions.getOrDefault(event.id(), List.of());
            if (rows.isEmpty() || rows.stream().anyMatch(row -> row.open() > 0)) {
                undecided++;
                examples.add("undecided " + event.id() + " " + event.rule());
            }
        }
        int phantom = 0;
        int unrecorded = 0;
        for (Effect effect : books.effects()) {
            Optional<Event> event = Optional.ofNullable(planned.get(effect.id()));
            if (event.filter(it -> it.rule().equals(effect.rule())).isEmpty()) {
                phantom++;
                examples.add("phantom " + effect.id() + " " + effect.rule());
            } else if (!decisions.containsKey(effect.id())) {
                unrecorded++;
                examples.add("unrecorded " + effect.id());
            }
        }
        int doubleDecided = 0;
        for (List<Decided> rows : decisions.values()) {
            int extra =
                    rows.size() - new TreeSet<>(rows.stream().map(Decided::rule).toList()).size();
            doubleDecided += extra;
            if (extra > 0) {
                examples.add("double_decided " + rows);
            }
        }
        Duplicates duplicates = Duplicates.of(effects.values());
        int order = order(planned, accepted, begun, books.effects(), examples);
        return new Findings(
                books.events().size(),
                accepted.size(),
                (int) books.events().stream().filter(Event::matches).count(),
                effects.size(),
                lost,
                phantom,
                unrecorded,
                duplicates.raw,
                duplicates.unexplained,
                duplicates.effect,
                order,
                undecided + Math.max(0, accepted.size() - (int) books.seen()),
                doubleDecided,
                examples.stream().limit(20).toList());
    }

    /**
     * An event that was acknowledged before another was sent must take effect before it when both go the same way: by key
     * in parallel, by ruleset in sequence. Counts the effects that came before one that was due earlier.
     */
    private static int order(
            Map<String, Event> planned,
            Map<String, Sent> accepted,
            Map<String, Long> begun,
            List<Effect> effects,
            List<String> examples) {
        Map<String, List<Event>> lanes = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (Effect effect : effects) {
            Event event = planned.get(effect.id());
            if (event != null && seen.add(effect.id())) {
                lanes.computeIfAbsent(event.lane(), lane -> new ArrayList<>()).add(event);
            }
        }
        int violations = 0;
        for (List<Event> lane : lanes.values()) {
            long earliest = Long.MAX_VALUE;
            String which = "";
            for (Event event : lane.reversed()) {
                if (earliest < begun.getOrDefault(event.id(), Long.MIN_VALUE)) {
                    violations++;
                    examples.add("order " + event.lane() + ": " + event.id() + " before " + which);
                }
                Sent ack = accepted.get(event.id());
                if (ack != null && ack.at() < earliest) {
                    earliest = ack.at();
                    which = event.id();
                }
            }
        }
        return violations;
    }

    /** Takes a row away, doubles one, swaps two: each must be found, and nothing else. Answers what went wrong. */
    static List<String> selfTest(Books books) {
        Findings honest = check(books);
        List<String> wrong = new ArrayList<>();
        Map<String, Long> often =
                books.effects().stream().collect(Collectors.groupingBy(Effect::id, Collectors.counting()));
        Set<String> acknowledged =
                books.replies().stream().filter(Sent::accepted).map(Sent::id).collect(Collectors.toSet());
        List<Effect> once = books.effects().stream()
                .filter(effect -> often.getOrDefault(effect.id(), 0L) == 1 && acknowledged.contains(effect.id()))
                .toList();
        if (once.isEmpty()) {
            return List.of("there is no effect to try it with");
        }
        Effect victim = once.get(once.size() / 2);
        List<Effect> fewer = new ArrayList<>(books.effects());
        fewer.remove(victim);
        expect(
                wrong,
                "one deleted",
                honest.lost() + 1,
                check(books.withEffects(fewer)).lost());
        List<Effect> more = new ArrayList<>(books.effects());
        more.add(victim);
        expect(
                wrong,
                "one doubled",
                honest.rawDuplicates() + 1,
                check(books.withEffects(more)).rawDuplicates());
        Optional<List<Effect>> swapped = swapped(books, once);
        if (swapped.isEmpty()) {
            wrong.add("no two effects of one key to swap");
        } else {
            expect(
                    wrong,
                    "two swapped",
                    honest.orderViolations() + 1,
                    check(books.withEffects(swapped.get())).orderViolations());
        }
        return wrong;
    }

    private static void expect(List<String> wrong, String what, int expected, int found) {
        if (expected != found) {
            wrong.add(what + ": the checker says " + found + " instead of " + expected);
        }
    }

    private static Optional<List<Effect>> swapped(Books books, List<Effect> once) {
        Map<String, Event> planned = books.events().stream().collect(Collectors.toMap(Event::id, event -> event));
        Map<String, Sent> accepted = books.replies().stream()
                .filter(Sent::accepted)
                .collect(Collectors.toMap(Sent::id, sent -> sent, (first, second) -> first));
        Map<String, Effect> last = new HashMap<>();
        Set<String> usable = once.stream().map(Effect::id).collect(Collectors.toSet());
        for (Effect effect : books.effects()) {
            String lane = Optional.ofNullable(planned.get(effect.id()))
                    .map(Event::lane)
                    .orElse("");
            Effect before = last.put(lane, effect);
            if (before != null
                    && usable.contains(before.id())
                    && usable.contains(effect.id())
                    && inOrder(
                            Optional.ofNullable(accepted.get(before.id())),
                            Optional.ofNullable(accepted.get(effect.id())))) {
                List<Effect> rows = new ArrayList<>(books.effects());
                Collections.swap(rows, rows.indexOf(before), rows.indexOf(effect));
                return Optional.of(rows);
            }
        }
        return Optional.empty();
    }

    private static boolean inOrder(Optional<Sent> earlier, Optional<Sent> later) {
        return earlier.isPresent()
                && later.isPresent()
                && earlier.get().at() < later.get().first();
    }

    /**
     * What was written down.
     *
     * @param events what was planned, with what must become of it
     * @param replies the sender's ledger
     * @param effects the target's ledger, in order
     * @param decisions rows of the product
     * @param seen events that the product says it has decided on
     */
    record Books(List<Event> events, List<Sent> replies, List<Effect> effects, List<Decided> decisions, long seen) {
        Books withEffects(List<Effect> other) {
            return new Books(events, replies, other, decisions, seen);
        }
    }

    /**
     * One decision of the product.
     *
     * @param id of the event as the sender named it
     * @param rule that fired
     * @param open its actions that have not ended well
     */
    record Decided(String id, String rule, int open) {}

    /** Calls beyond the first of an event: how many, how many without a good reason, and with how many keys. */
    private record Duplicates(int raw, int unexplained, int effect) {
        static Duplicates of(Collection<List<Effect>> groups) {
            int raw = 0;
            int unexplained = 0;
            int effect = 0;
            for (List<Effect> group : groups) {
                raw += group.size() - 1;
                unexplained += group.size()
                        - (int) group.stream().map(Effect::attempt).distinct().count();
                effect += (int) group.stream().map(Effect::key).distinct().count() - 1;
            }
            return new Duplicates(raw, unexplained, effect);
        }
    }
}
