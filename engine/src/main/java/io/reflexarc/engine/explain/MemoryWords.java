// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.explain;

import io.reflexarc.core.activation.SessionMemory;
import io.reflexarc.core.decision.Explanations.Fate;
import io.reflexarc.core.decision.Explanations.Occurrence;
import io.reflexarc.core.id.EventId;
import io.reflexarc.engine.compile.Evaluator;
import io.reflexarc.engine.compile.Scope;
import io.reflexarc.engine.compile.Truth;
import io.reflexarc.engine.decision.Glimpse;
import io.reflexarc.engine.session.SessionState;
import io.reflexarc.engine.session.SessionState.Held;
import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.Ruleset;
import io.reflexarc.rulebooks.Throttle;
import io.reflexarc.rulebooks.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the memory of a ruleset means for its rules: asked of the evaluator that matches, with the items that were seen. */
final class MemoryWords {
    private final Evaluator evaluator = new Evaluator();
    private final Ruleset ruleset;
    private final Glimpse.Part part;

    MemoryWords(Ruleset ruleset, Glimpse.Part part) {
        this.ruleset = ruleset;
        this.part = part;
    }

    SessionMemory.OfRuleset words() {
        return new SessionMemory.OfRuleset(
                ruleset.name(), part.events(), part.facts(), rules(), facts(), partials(), windows(), throttles());
    }

    private List<SessionMemory.Counted> rules() {
        Map<String, Glimpse.Count> counts =
                part.counts().stream().collect(Collectors.toMap(Glimpse.Count::rule, one -> one, (one, same) -> one));
        return ruleset.rules().stream()
                .map(rule -> Optional.ofNullable(counts.get(rule.name()))
                        .map(one -> new SessionMemory.Counted(
                                rule.name(), rule.enabled(), one.matched(), one.suppressed(), one.last()))
                        .orElse(new SessionMemory.Counted(rule.name(), rule.enabled(), 0, 0, Optional.empty())))
                .toList();
    }

    private List<SessionMemory.Fact> facts() {
        return part.newest().stream()
                .filter(Held::fact)
                .map(held -> new SessionMemory.Fact(held.id(), held.at(), held.body()))
                .toList();
    }

    private List<SessionMemory.Partial> partials() {
        List<SessionMemory.Partial> partials = new ArrayList<>();
        for (Held held : part.newest()) {
            for (Rule rule : ruleset.rules()) {
                if (!held.fact() && rule.enabled() && rule.trigger() instanceof Trigger.All all) {
                    partial(rule, all, held).ifPresent(partials::add);
                }
            }
        }
        return partials;
    }

    private Optional<SessionMemory.Partial> partial(Rule rule, Trigger.All all, Held held) {
        Map<String, Object> fields = held.body().object();
        return all.patterns().stream()
                .filter(pattern -> takesPart(pattern, fields))
                .findFirst()
                .map(pattern -> {
                    List<Held> others = part.newest().stream()
                            .filter(one -> !one.equals(held))
                            .toList();
                    var event = new Occurrence(new EventId(held.id()), held.at(), Set.of(), held.body());
                    Fate fate = new Waiting(ruleset, event, others).fate(all);
                    Instant until = fate.until().orElse(held.at());
                    return new SessionMemory.Partial(
                            rule.name(), held.id(), held.at(), until, pattern.text(), fate.because());
                });
    }

    private boolean takesPart(Trigger.Pattern pattern, Map<String, Object> fields) {
        Truth truth = evaluator.test(pattern.condition(), Scope.of(fields));
        return truth == Truth.TRUE || truth == Truth.OPEN;
    }

    private List<SessionMemory.Window> windows() {
        return part.windows().stream()
                .flatMap(window -> rule(window.rule()).stream().map(rule -> window(rule, window)))
                .toList();
    }

    private static SessionMemory.Window window(Rule rule, SessionState.Window window) {
        Set<Integer> came =
                window.arrivals().stream().map(SessionState.Arrival::position).collect(Collectors.toSet());
        List<String> fulfilled = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        List<Trigger.Pattern> patterns = rule.trigger().patterns();
        for (int i = 0; i < patterns.size(); i++) {
            (came.contains(i) ? fulfilled : missing).add(patterns.get(i).text());
        }
        return new SessionMemory.Window(rule.name(), window.deadline(), fulfilled, missing);
    }

    private List<SessionMemory.Throttled> throttles() {
        return part.throttles().stream()
                .flatMap(data -> rule(data.rule()).flatMap(Rule::throttle).stream()
                        .flatMap(throttle -> data.groups().stream().map(group -> throttled(data, throttle, group))))
                .toList();
    }

    private static SessionMemory.Throttled throttled(
            SessionState.ThrottleData data, Throttle throttle, SessionState.Group group) {
        String kind = switch (throttle) {
            case Throttle.OnceWithin once -> "once_within";
            case Throttle.OnceAfter after -> "once_after";
            case Throttle.AccumulateWithin accumulate -> "accumulate_within";
        };
        Optional<Integer> threshold = throttle instanceof Throttle.AccumulateWithin accumulate
                ? Optional.of(accumulate.threshold())
                : Optional.empty();
        return new SessionMemory.Throttled(
                data.rule(),
                kind,
                group.key(),
                group.count(),
                threshold,
                data.deadline().orElse(group.until()));
    }

    private Optional<Rule> rule(String name) {
        return ruleset.rules().stream().filter(rule -> rule.name().equals(name)).findFirst();
    }
}
