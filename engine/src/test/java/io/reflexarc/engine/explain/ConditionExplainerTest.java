// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.explain;

import static io.reflexarc.engine.Make.all;
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

import io.reflexarc.core.decision.Explanations.Node;
import io.reflexarc.core.decision.Explanations.RuleExplanation;
import io.reflexarc.core.decision.Explanations.Verdict;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.engine.RandomRules;
import io.reflexarc.engine.session.RulesetSession;
import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.Rulebook;
import io.reflexarc.rulebooks.Ruleset;
import io.reflexarc.rulebooks.Span;
import io.reflexarc.rulebooks.Throttle;
import io.reflexarc.rulebooks.condition.Condition;
import io.reflexarc.rulebooks.condition.Condition.Comparison;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionExplainerTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ConditionExplainer explainer = new ConditionExplainer((text, variables) -> {
        throw new ProblemException(ProblemType.RULEBOOK_INVALID, "not a rulebook");
    });

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
        assertThat(explain(throttled, "{\"kind\":\"a\"}").verdict()).isEqualTo(Verdict.OPEN);
        assertThat(explain(throttled, "{\"kind\":\"b\"}").verdict()).isEqualTo(Verdict.FALSE);
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
                        .explain("x", JsonText.EMPTY_OBJECT, JsonText.EMPTY_OBJECT)
                        .cause())
                .isInstanceOf(ProblemException.class);
    }

    /** Many rules in one ruleset, so that Drools shares nodes and builds indexes. */
    @Test
    void neverDisagreesWithTheMatch() {
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
            Rulebook rulebook = new Rulebook(List.of(ruleset));
            try (RulesetSession session = RulesetSession.open(ruleset, START)) {
                for (int i = 0; i < 30; i++) {
                    JsonText event = random.event();
                    List<String> matches = session.event(new EventId("e" + i), event).stream()
                            .map(match -> match.rule().name())
                            .toList();
                    matched += matches.size();
                    assertThat(explainer.explain(rulebook, event).stream()
                                    .filter(each -> each.verdict() == Verdict.TRUE)
                                    .map(RuleExplanation::rule)
                                    .toList())
                            .as("seed %d, %s", seed, event)
                            .isEqualTo(matches);
                }
            }
        }
        assertThat(matched).isGreaterThan(3000);
    }

    private Node explain(Rule rule, String event) {
        List<RuleExplanation> explanations =
                explainer.explain(new Rulebook(List.of(ruleset(rule))), JsonText.ofString(event));
        assertThat(explanations).hasSize(1);
        return explanations.getFirst().tree();
    }
}
