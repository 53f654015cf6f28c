// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.explain;

import static io.reflexarc.engine.Make.all;
import static io.reflexarc.engine.Make.allWithin;
import static io.reflexarc.engine.Make.and;
import static io.reflexarc.engine.Make.any;
import static io.reflexarc.engine.Make.compare;
import static io.reflexarc.engine.Make.defined;
import static io.reflexarc.engine.Make.foreign;
import static io.reflexarc.engine.Make.is;
import static io.reflexarc.engine.Make.not;
import static io.reflexarc.engine.Make.notAll;
import static io.reflexarc.engine.Make.notDefined;
import static io.reflexarc.engine.Make.path;
import static io.reflexarc.engine.Make.rule;
import static io.reflexarc.engine.Make.ruleset;
import static io.reflexarc.engine.Make.throttled;
import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.decision.Explanations.Fate;
import io.reflexarc.core.decision.Explanations.Node;
import io.reflexarc.core.decision.Explanations.Occurrence;
import io.reflexarc.core.decision.Explanations.Outcome;
import io.reflexarc.core.decision.Explanations.RuleExplanation;
import io.reflexarc.core.decision.Explanations.Verdict;
import io.reflexarc.core.decision.Rehearsals;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.source.SourceHost;
import io.reflexarc.engine.RandomRules;
import io.reflexarc.engine.compile.CompiledRuleset;
import io.reflexarc.engine.session.RuleMatch;
import io.reflexarc.engine.session.RulesetSession;
import io.reflexarc.engine.template.Templates;
import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.Rulebook;
import io.reflexarc.rulebooks.Ruleset;
import io.reflexarc.rulebooks.Span;
import io.reflexarc.rulebooks.Throttle;
import io.reflexarc.rulebooks.Trigger;
import io.reflexarc.rulebooks.condition.Condition;
import io.reflexarc.rulebooks.condition.Condition.Comparison;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventExplainerTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final EventExplainer explainer = new EventExplainer(
            (text, variables) -> {
                throw new ProblemException(ProblemType.RULEBOOK_INVALID, "not a rulebook");
            },
            new Templates(),
            new ActionCatalogue(List.of()),
            SourceHost.NONE::filter);

    @Test
    void showsWhatWasFoundAndWhatWasAskedFor() {
        Node tree = explain(rule("r", and(is("a", 1), compare(5, Comparison.LESS, path("b")))), "{\"a\":1,\"b\":3}");

        assertThat(tree.verdict()).isEqualTo(Verdict.FALSE);
        assertThat(tree.parts()).extracting(Node::verdict).containsExactly(Verdict.TRUE, Verdict.FALSE);
        assertThat(tree.parts().get(1).actual()).contains(JsonText.ofString("3"));
        assertThat(tree.parts().get(1).expected()).contains(JsonText.ofString("5"));
    }

    @Test
    void saysWhichFieldIsMissingAndWhichTypesDiffer() {
        Node missing = explain(rule("r", is("a.b", 1)), "{\"a\":{}}");
        Node differs = explain(rule("r", not(is("a", 1))), "{\"a\":\"1\"}");
        Node none = explain(rule("r", is("a", 1)), "{\"a\":null}");

        assertThat(missing.verdict()).isEqualTo(Verdict.UNDEFINED);
        assertThat(missing.note()).isEqualTo("event.a.b is not there");
        assertThat(missing.actual()).isEmpty();
        assertThat(differs.verdict()).isEqualTo(Verdict.UNDEFINED);
        assertThat(differs.parts().getFirst().note()).isEqualTo("the types differ: string and number");
        assertThat(none.verdict()).isEqualTo(Verdict.FALSE);
        assertThat(none.actual()).contains(JsonText.ofString("null"));
    }

    @Test
    void leavesOpenWhatHangsOnOtherEventsOrTime() {
        Rule join = rule(
                "join",
                all(
                        is("kind", "a"),
                        and(is("kind", "b"), compare(path("id"), Comparison.EQUAL, foreign("m_0", "id")))));
        Rule window = rule("window", notAll(Duration.ofSeconds(1), is("kind", "a"), is("kind", "b")));
        Rule absence = rule("absence", notDefined("kind"));
        Rule throttled = throttled(
                "throttled", is("kind", "a"), new Throttle.OnceWithin(new Span(1, ChronoUnit.SECONDS), List.of()));

        assertThat(explain(join, "{\"kind\":\"a\"}").verdict()).isEqualTo(Verdict.OPEN);
        assertThat(explain(join, "{\"kind\":\"b\",\"id\":1}").parts())
                .extracting(Node::verdict)
                .containsExactly(Verdict.FALSE, Verdict.OPEN);
        assertThat(explain(join, "{\"kind\":\"b\"}").verdict()).isEqualTo(Verdict.FALSE);
        assertThat(explain(join, "{\"kind\":\"c\",\"id\":1}").verdict()).isEqualTo(Verdict.FALSE);
        assertThat(explain(window, "{\"kind\":\"a\"}").verdict()).isEqualTo(Verdict.OPEN);
        assertThat(explain(absence, "{}").verdict()).isEqualTo(Verdict.OPEN);
        assertThat(explain(absence, "{\"kind\":1}").verdict()).isEqualTo(Verdict.FALSE);
        assertThat(explain(throttled, "{\"kind\":\"a\"}").verdict()).isEqualTo(Verdict.TRUE);
        assertThat(explain(throttled, "{\"kind\":\"b\"}").verdict()).isEqualTo(Verdict.FALSE);
    }

    @Test
    void namesTheThrottleThatSwallowedAnEventAndWhenItEnds() {
        Rule once =
                throttled("once", is("a", 1), new Throttle.OnceWithin(new Span(5, ChronoUnit.MINUTES), List.of("h")));
        Ruleset ruleset = ruleset(once);

        Fate first = fates(ruleset, "{\"a\":1,\"h\":1}").getFirst();
        Fate second = fates(ruleset, "{\"a\":1,\"h\":1}", "{\"a\":1,\"h\":1}").getFirst();
        Fate other = fates(ruleset, "{\"a\":1,\"h\":1}", "{\"a\":1,\"h\":2}").getFirst();

        assertThat(first.outcome()).isEqualTo(Outcome.MATCHED);
        assertThat(second.outcome()).isEqualTo(Outcome.THROTTLED);
        assertThat(second.until()).contains(START.plusSeconds(300));
        assertThat(second.because()).contains("once_within", "5 minutes", "4 min 59 s");
        assertThat(other.outcome()).isEqualTo(Outcome.MATCHED);
    }

    @Test
    void countsTowardsAThreshold() {
        Rule third = throttled(
                "third", is("a", 1), new Throttle.AccumulateWithin(new Span(60, ChronoUnit.SECONDS), 3, List.of()));

        assertThat(fates(ruleset(third), "{\"a\":1}", "{\"a\":1}").getFirst().because())
                .contains("event 2 of 3", "within 60 seconds");
    }

    @Test
    void namesTheEarlierRuleThatTookAnEvent() {
        List<Fate> fates = fates(ruleset(rule("first", is("a", 1)), rule("second", defined("a"))), "{\"a\":1}");

        assertThat(fates.get(1).outcome()).isEqualTo(Outcome.TAKEN);
        assertThat(fates.get(1).rule()).contains("first");
    }

    @Test
    void namesTheMissingPartnerOrWhatKeepsThemApart() {
        Rule join = rule(
                "join",
                allWithin(
                        Duration.ofSeconds(10),
                        is("kind", "down"),
                        and(is("kind", "up"), compare(path("host"), Comparison.EQUAL, foreign("m_0", "host")))));
        Ruleset ruleset = ruleset(join);

        Fate alone = fates(ruleset, "{\"kind\":\"down\",\"host\":1}").getFirst();
        Fate other = fates(ruleset, "{\"kind\":\"down\",\"host\":1}", "{\"kind\":\"up\",\"host\":2}")
                .getFirst();
        Fate pair = fates(ruleset, "{\"kind\":\"down\",\"host\":1}", "{\"kind\":\"up\",\"host\":1}")
                .getFirst();

        assertThat(alone.outcome()).isEqualTo(Outcome.WAITS);
        assertThat(alone.until()).contains(START.plusSeconds(10));
        assertThat(other.outcome()).isEqualTo(Outcome.WAITS);
        assertThat(other.because()).contains("e0 does not fit");
        assertThat(other.partners()).containsExactly(new EventId("e0"));
        assertThat(pair.outcome()).isEqualTo(Outcome.MATCHED);
        assertThat(pair.partners()).containsExactly(new EventId("e0"));
    }

    @Test
    void saysWhyAnEventThatFulfilsTwoConditionsIsLost() {
        Fate fate = fates(ruleset(rule("join", all(is("a", 1), is("b", 1)))), "{\"a\":1,\"b\":1}")
                .getFirst();

        assertThat(fate.outcome()).isEqualTo(Outcome.LOST);
    }

    @Test
    void anAlternativeIsEnough() {
        assertThat(explain(rule("r", any(is("a", 1), defined("b"))), "{\"b\":1}")
                        .verdict())
                .isEqualTo(Verdict.TRUE);
    }

    @Test
    void aRulebookThatCannotBeReadFailsTheAnswer() {
        assertThat(explainer
                        .explain("x", JsonText.EMPTY_OBJECT, occurrences("{}"))
                        .cause())
                .isInstanceOf(ProblemException.class);
    }

    /** Many rules in one ruleset, so that Drools shares nodes and builds indexes. */
    @Test
    void theTreeNeverDisagreesWithTheMatch() {
        int matched = 0;
        for (long seed = 0; seed < 25; seed++) {
            RandomRules random = new RandomRules(seed);
            List<Rule> rules = new ArrayList<>();
            while (rules.size() < 40) {
                Condition condition = random.condition(3);
                if (!(condition instanceof Condition.Defined)) { // alone, it may ask about the whole memory
                    rules.add(rule("r" + rules.size(), condition));
                }
            }
            Ruleset ruleset = ruleset(true, Duration.ofSeconds(1), rules.toArray(Rule[]::new));
            try (RulesetSession session = RulesetSession.open(ruleset, START)) {
                for (int i = 0; i < 30; i++) {
                    JsonText event = random.event();
                    List<Rule> matches = session.event(new EventId("e" + i), event).stream()
                            .map(RuleMatch::rule)
                            .toList();
                    matched += matches.size();
                    assertThat(rules.stream()
                                    .filter(rule -> RuleTrees.tree(rule, event).verdict() == Verdict.TRUE)
                                    .toList())
                            .as("seed %d, %s", seed, event)
                            .isEqualTo(matches);
                }
            }
        }
        assertThat(matched).isGreaterThan(3000);
    }

    /** Rules of every kind, with joins, windows and throttles, over events that come one after the other. */
    @Test
    void whatIsSaidOfAnEventIsWhatTheSessionDid() {
        Map<Outcome, Integer> seen = new EnumMap<>(Outcome.class);
        for (long seed = 0; seed < 150; seed++) {
            RandomRules random = new RandomRules(seed);
            Ruleset ruleset = random.ruleset();
            List<Occurrence> events = new ArrayList<>();
            try (RulesetSession session = RulesetSession.open(ruleset, START)) {
                for (int i = 0; i < 8; i++) {
                    Instant at = START.plusMillis(i * 100L + random.below(3) * 1000L * i);
                    Instant time =
                            events.isEmpty() || at.isAfter(events.getLast().at())
                                    ? at
                                    : events.getLast().at();
                    Occurrence event = new Occurrence(new EventId("e" + i), time, Set.of(), random.event());
                    events.add(event);
                    session.advanceTo(time);
                    List<String> matches = session.event(event.id(), event.body()).stream()
                            .filter(match -> match.matched().stream()
                                    .anyMatch(one -> one.id().equals(event.id())))
                            .map(match -> match.rule().name())
                            .distinct()
                            .toList();
                    check(ruleset, events, matches, seen);
                }
            }
        }
        assertThat(seen)
                .containsKeys(
                        Outcome.MATCHED,
                        Outcome.NOT_FULFILLED,
                        Outcome.WAITS,
                        Outcome.THROTTLED,
                        Outcome.TAKEN,
                        Outcome.LOST);
    }

    private void check(Ruleset ruleset, List<Occurrence> events, List<String> matches, Map<Outcome, Integer> seen) {
        List<RuleExplanation> said = explainer.explain(new Rulebook(List.of(ruleset)), JsonText.EMPTY_OBJECT, events);
        assertThat(said.stream()
                        .filter(one -> one.fate().outcome() == Outcome.MATCHED)
                        .map(RuleExplanation::rule)
                        .toList())
                .as("%s after %s", ruleset, events)
                .isEqualTo(matches);
        for (int i = 0; i < said.size(); i++) {
            Fate fate = said.get(i).fate();
            seen.merge(fate.outcome(), 1, Integer::sum);
            Rule rule = ruleset.rules().get(i);
            if (rule.trigger() instanceof Trigger.Single single && !CompiledRuleset.watchesAbsence(single)) {
                assertThat(fate.outcome() == Outcome.NOT_FULFILLED)
                        .as("%s of %s after %s", fate, rule, events)
                        .isEqualTo(said.get(i).verdict() != Verdict.TRUE);
            }
            if (fate.outcome() == Outcome.THROTTLED) {
                assertThat(rule.throttle()).isPresent();
            }
            assertThat(fate.because()).doesNotContain("shutdown");
        }
    }

    @Test
    void aRehearsalSaysOfEveryEventWhatItSaysOfTheLast() {
        Ruleset rules = ruleset(
                rule("pair", all(is("kind", "a"), is("kind", "b"))),
                rule("silence", notAll(Duration.ofMinutes(1), is("kind", "c"), is("kind", "d"))));
        List<Occurrence> events = occurrences("{\"kind\":\"a\"}", "{\"kind\":\"b\"}", "{\"kind\":\"c\"}");
        Rulebook rulebook = new Rulebook(List.of(rules));
        Rehearsals rehearsals = new EventExplainer(
                (text, variables) -> rulebook,
                new Templates(),
                new ActionCatalogue(List.of()),
                SourceHost.NONE::filter);

        List<Rehearsals.Step> steps =
                rehearsals.rehearse("", JsonText.EMPTY_OBJECT, events).result();

        assertThat(steps).hasSize(4);
        for (int i = 0; i < events.size(); i++) {
            assertThat(steps.get(i).rules())
                    .isEqualTo(explainer.explain(rulebook, JsonText.EMPTY_OBJECT, events.subList(0, i + 1)));
        }
        assertThat(steps.get(1).decisions()).extracting(Decision::rule).containsExactly("pair");
        assertThat(steps.getLast().decisions()).extracting(Decision::rule).containsExactly("silence");
    }

    private static List<Occurrence> occurrences(String... events) {
        List<Occurrence> occurrences = new ArrayList<>();
        for (String event : events) {
            int number = occurrences.size();
            occurrences.add(new Occurrence(
                    new EventId("e" + number), START.plusSeconds(number), Set.of(), JsonText.ofString(event)));
        }
        return occurrences;
    }

    private List<Fate> fates(Ruleset ruleset, String... events) {
        return explainer.explain(new Rulebook(List.of(ruleset)), JsonText.EMPTY_OBJECT, occurrences(events)).stream()
                .map(RuleExplanation::fate)
                .toList();
    }

    private static Node explain(Rule rule, String event) {
        return RuleTrees.tree(rule, JsonText.ofString(event));
    }
}
