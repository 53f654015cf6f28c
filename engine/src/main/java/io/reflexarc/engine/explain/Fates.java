// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.explain;

import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.decision.Explanations.Fate;
import io.reflexarc.core.decision.Explanations.Node;
import io.reflexarc.core.decision.Explanations.Occurrence;
import io.reflexarc.core.decision.Explanations.Outcome;
import io.reflexarc.core.decision.Explanations.Verdict;
import io.reflexarc.core.decision.MatchedEvent;
import io.reflexarc.core.id.EventId;
import io.reflexarc.engine.compile.CompiledRuleset;
import io.reflexarc.engine.session.Note;
import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.Ruleset;
import io.reflexarc.rulebooks.Throttle;
import io.reflexarc.rulebooks.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What came of one event in the rules of a ruleset, read from what the session did. */
final class Fates {
    private final Ruleset ruleset;
    private final Occurrence event;
    private final Rehearsal.Evidence evidence;

    Fates(Ruleset ruleset, Occurrence event, Rehearsal.Evidence evidence) {
        this.ruleset = ruleset;
        this.event = event;
        this.evidence = evidence;
    }

    /** In a rule whose condition tree is this. */
    Fate of(Rule rule, Node tree) {
        if (!rule.enabled()) {
            return Fate.of(Outcome.DISABLED, "the rule is disabled");
        }
        return matched(rule).or(() -> noted(rule)).orElseGet(() -> unnoticed(rule, tree));
    }

    private Optional<Fate> matched(Rule rule) {
        return evidence.decisions().stream()
                .filter(decision -> decision.rule().equals(rule.name()) && has(decision))
                .findFirst()
                .map(this::matched);
    }

    private Fate matched(Decision decision) {
        List<EventId> partners = decision.matched().stream()
                .map(MatchedEvent::id)
                .filter(id -> !id.equals(event.id()))
                .toList();
        String with = partners.isEmpty()
                ? ""
                : "matched together with "
                        + partners.stream().map(EventId::value).collect(Collectors.joining(", "));
        return new Fate(Outcome.MATCHED, with, Optional.empty(), Optional.empty(), partners);
    }

    private boolean has(Decision decision) {
        return decision.matched().stream().anyMatch(matched -> matched.id().equals(event.id()));
    }

    private Optional<Fate> noted(Rule rule) {
        return evidence.notes().stream()
                .filter(note ->
                        note.rule().name().equals(rule.name()) && note.items().contains(event.id()))
                .findFirst()
                .map(this::noted);
    }

    private Fate noted(Note note) {
        return switch (note) {
            case Note.Throttled throttled -> throttled(throttled);
            case Note.Taken taken -> taken(taken.by());
            case Note.Twice twice ->
                Fate.of(
                        Outcome.LOST,
                        "one event fulfils several conditions that need one each; it completes nothing and is gone");
            case Note.Windowed windowed ->
                windowed.until()
                        .map(end -> until(
                                Outcome.WAITS,
                                "the rule matches when its window ends, unless it is complete then",
                                end))
                        .orElseGet(() -> Fate.of(
                                Outcome.LOST, "the conditions were completed within the window, so nothing matches"));
        };
    }

    private Fate throttled(Note.Throttled note) {
        Instant end = note.until().orElse(event.at());
        return switch (note.rule().throttle().orElseThrow()) {
            case Throttle.OnceWithin once ->
                until(
                        Outcome.THROTTLED,
                        "its throttle once_within lets one event of a group through in " + once.window()
                                + "; the next one passes",
                        end);
            case Throttle.OnceAfter after ->
                until(
                        Outcome.THROTTLED,
                        "its throttle once_after keeps it: event " + note.count() + " of its group in a window of "
                                + after.window() + "; the rule matches when that ends,",
                        end);
            case Throttle.AccumulateWithin accumulate ->
                until(
                        Outcome.THROTTLED,
                        "its throttle accumulate_within counts it: event " + note.count() + " of "
                                + accumulate.threshold() + " of its group within " + accumulate.window()
                                + "; the count ends",
                        end);
        };
    }

    private Fate until(Outcome outcome, String because, Instant end) {
        return new Fate(
                outcome,
                because + " at " + end + " (" + Waiting.left(event.at(), end) + ")",
                Optional.of(end),
                Optional.empty(),
                List.of());
    }

    private static Fate taken(String by) {
        return new Fate(
                Outcome.TAKEN,
                "rule \"" + by + "\" had it first, and an event serves one rule only",
                Optional.empty(),
                Optional.of(by),
                List.of());
    }

    /** Drools found nothing with it. */
    private Fate unnoticed(Rule rule, Node tree) {
        boolean takesPart = RuleTrees.possible(tree.verdict());
        if (!takesPart) {
            return Fate.of(Outcome.NOT_FULFILLED, "");
        }
        if (CompiledRuleset.watchesAbsence(rule.trigger())) {
            return Fate.of(Outcome.WAITS, "matches once, when no event or fact in memory has the field");
        }
        if (evidence.after().stream()
                        .anyMatch(held -> held.id().equals(event.id().value()))
                && rule.trigger() instanceof Trigger.All all) {
            return new Waiting(ruleset, event, evidence.before()).fate(all);
        }
        return taker().map(Fates::taken)
                .orElseGet(() -> tree.verdict() == Verdict.TRUE
                        ? Fate.of(Outcome.LOST, "the ruleset does not decide any more: a rule has said shutdown")
                        : Fate.of(Outcome.NOT_FULFILLED, ""));
    }

    /** The rule that matched the event, or whose throttle or window swallowed it. */
    private Optional<String> taker() {
        Stream<String> deciding =
                evidence.decisions().stream().filter(this::has).map(Decision::rule);
        Stream<String> keeping = evidence.notes().stream()
                .filter(note -> !(note instanceof Note.Taken) && note.items().contains(event.id()))
                .map(note -> note.rule().name());
        return Stream.concat(deciding, keeping).findFirst();
    }
}
