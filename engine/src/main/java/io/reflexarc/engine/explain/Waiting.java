// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.explain;

import io.reflexarc.core.decision.Explanations.Fate;
import io.reflexarc.core.decision.Explanations.Occurrence;
import io.reflexarc.core.decision.Explanations.Outcome;
import io.reflexarc.core.id.EventId;
import io.reflexarc.engine.compile.Absent;
import io.reflexarc.engine.compile.Conditions;
import io.reflexarc.engine.compile.Evaluator;
import io.reflexarc.engine.compile.Scope;
import io.reflexarc.engine.compile.Truth;
import io.reflexarc.engine.session.SessionState.Held;
import io.reflexarc.rulebooks.Ruleset;
import io.reflexarc.rulebooks.Trigger;
import io.reflexarc.rulebooks.condition.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an event of an {@code all} waits for, and how long. */
final class Waiting {
    private final Evaluator evaluator = new Evaluator();
    private final Ruleset ruleset;
    private final Occurrence event;
    private final List<Held> memory;
    private final List<EventId> candidates = new ArrayList<>();

    /** With what was in memory when the event came. */
    Waiting(Ruleset ruleset, Occurrence event, List<Held> memory) {
        this.ruleset = ruleset;
        this.event = event;
        this.memory = memory;
    }

    /** Its fate in a rule whose conditions it fulfils in part. */
    Fate fate(Trigger.All all) {
        Map<String, Object> body = event.body().object();
        Optional<Trigger.Pattern> own = all.patterns().stream()
                .filter(pattern -> possible(pattern, body))
                .findFirst();
        List<String> missing = new ArrayList<>();
        for (Trigger.Pattern pattern : all.patterns()) {
            if (!own.equals(Optional.of(pattern))) {
                missing(own.orElseThrow(), body, pattern, all).ifPresent(missing::add);
            }
        }
        Duration ttl = ruleset.defaultEventsTtl().orElse(Ruleset.DEFAULT_TTL);
        Instant end = event.at()
                .plus(all.timeout()
                        .filter(timeout -> timeout.compareTo(ttl) < 0)
                        .orElse(ttl));
        return new Fate(
                Outcome.WAITS,
                "waits until " + end + " (" + left(event.at(), end) + ") for: " + String.join("; ", missing),
                Optional.of(end),
                Optional.empty(),
                candidates);
    }

    /** Why no item in memory is the partner for a condition; empty where one is, and the rule waits for others. */
    private Optional<String> missing(
            Trigger.Pattern own, Map<String, Object> body, Trigger.Pattern wanted, Trigger.All all) {
        Optional<String> nearest = Optional.empty();
        for (Held held : memory) {
            Map<String, Object> fields = held.body().object();
            if (possible(wanted, fields)) {
                candidates.add(new EventId(held.id()));
                Optional<String> obstacle = obstacle(own, body, wanted, held, fields, all);
                if (obstacle.isEmpty()) {
                    return Optional.empty();
                }
                nearest = obstacle;
            }
        }
        return Optional.of(wanted.text() + nearest.map(why -> " (" + why + ")").orElse(""));
    }

    /** What keeps two items apart that fulfil their conditions alone. */
    private Optional<String> obstacle(
            Trigger.Pattern own,
            Map<String, Object> body,
            Trigger.Pattern wanted,
            Held held,
            Map<String, Object> fields,
            Trigger.All all) {
        Duration apart = Duration.between(held.at(), event.at());
        if (!held.fact()
                && all.timeout().filter(longest -> apart.compareTo(longest) > 0).isPresent()) {
            return Optional.of(held.id() + " came " + left(held.at(), event.at()) + " before");
        }
        return failing(own, body, wanted, fields)
                .or(() -> failing(wanted, fields, own, body))
                .map(part -> held.id() + " does not fit: " + part);
    }

    /** The part of a condition that is not true of this item together with its partner. */
    private Optional<String> failing(
            Trigger.Pattern pattern, Map<String, Object> fields, Trigger.Pattern other, Map<String, Object> theirs) {
        Scope both = binding -> {
            if (binding.isEmpty()) {
                return fields;
            }
            return binding.equals(other.binding()) ? theirs : Absent.OPEN;
        };
        return Conditions.conjuncts(pattern.condition()).stream()
                .filter(part -> !isPossible(evaluator.test(part, both)))
                .map(Condition::text)
                .findFirst();
    }

    private boolean possible(Trigger.Pattern pattern, Map<String, Object> fields) {
        return isPossible(evaluator.test(pattern.condition(), Scope.of(fields)));
    }

    private static boolean isPossible(Truth truth) {
        return truth == Truth.TRUE || truth == Truth.OPEN;
    }

    /** A length of time for people, e.g. {@code 1 min 30 s left}. */
    static String left(Instant from, Instant to) {
        Duration left = Duration.between(from, to);
        if (left.toMillis() < 1000) {
            return Math.max(0, left.toMillis()) + " ms";
        }
        StringBuilder text = new StringBuilder();
        append(text, left.toDays(), "d");
        append(text, left.toHoursPart(), "h");
        append(text, left.toMinutesPart(), "min");
        append(text, left.toSecondsPart(), "s");
        return text.toString();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount > 0) {
            text.append(text.isEmpty() ? "" : " ").append(amount).append(' ').append(unit);
        }
    }
}
