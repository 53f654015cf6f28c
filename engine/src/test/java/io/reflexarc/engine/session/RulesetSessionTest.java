// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.session;

import static io.reflexarc.engine.Make.all;
import static io.reflexarc.engine.Make.allWithin;
import static io.reflexarc.engine.Make.and;
import static io.reflexarc.engine.Make.any;
import static io.reflexarc.engine.Make.bounded;
import static io.reflexarc.engine.Make.compare;
import static io.reflexarc.engine.Make.defined;
import static io.reflexarc.engine.Make.foreign;
import static io.reflexarc.engine.Make.is;
import static io.reflexarc.engine.Make.notAll;
import static io.reflexarc.engine.Make.notDefined;
import static io.reflexarc.engine.Make.path;
import static io.reflexarc.engine.Make.rule;
import static io.reflexarc.engine.Make.ruleset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.rulebooks.Bounds;
import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.condition.Condition;
import io.reflexarc.rulebooks.condition.Condition.Comparison;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RulesetSessionTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Rule PAIR = rule("pair", all(is("n", 1), is("n", 2)));

    @Test
    void whereTooManyEventsWaitTheOldestGoAsIfTheirTimeWereOver() {
        Condition same = compare(path("k"), Comparison.EQUAL, foreign("m_0", "k"));
        var ruleset = bounded(new Bounds(500, 1), rule("pair", all(is("n", 1), and(is("n", 2), same))));
        try (Scenario session = new Scenario(ruleset)) {
            for (int i = 0; i <= 500; i++) {
                session.event("e" + i, "{\"n\":1,\"k\":" + i + "}");
            }
            assertThat(session.session().dropped()).isOne();

            session.event("late", "{\"n\":2,\"k\":0}").decides();
            session.event("early", "{\"n\":2,\"k\":2}").decides("0 pair m_0=e2 m_1=early");
            assertThat(session.session().retained()).isLessThanOrEqualTo(500);
        }
    }

    @Test
    void aRuleThatLooksAtTooManyCombinationsIsStoppedAndTheOthersGoOn() {
        var ruleset = bounded(new Bounds(100, 2), PAIR, rule("other", is("n", 3)));
        try (Scenario session = new Scenario(ruleset)) {
            session.event("e1", "{\"n\":1}").event("e2", "{\"n\":1}");
            session.event("allowed", "{\"n\":2}").decides("0 pair m_0=e2 m_1=allowed", "0 pair m_0=e1 m_1=allowed");
            session.event("f1", "{\"n\":1}").event("f2", "{\"n\":1}").event("f3", "{\"n\":1}");
            session.event("beyond", "{\"n\":2}").decides();
            session.event("other", "{\"n\":3}").decides("0 other m=other");
        }
    }

    @Test
    void anEventServesTheFirstRuleInTheFile() {
        try (Scenario session = new Scenario(ruleset(rule("first", defined("n")), rule("second", is("n", 1))))) {
            session.event("e1", "{\"n\":1}").decides("0 first m=e1");
            session.event("e2", "{\"z\":1}").decides();
            assertThat(session.session().retained()).isZero();
            assertThat(session.session().counts())
                    .containsExactly(
                            new RuleCount("first", 1, 0, Optional.of(Scenario.START)),
                            new RuleCount("second", 0, 1, Optional.empty()));
        }
    }

    @Test
    void anEventServesEveryRuleAndStaysWhereTheRulesetSaysSo() {
        try (Scenario session = new Scenario(ruleset(true, Duration.ofSeconds(5), PAIR, rule("single", is("n", 2))))) {
            session.event("e1", "{\"n\":1}").decides();
            session.event("e2", "{\"n\":2}").decides("0 pair m_0=e1 m_1=e2", "0 single m=e2");
            session.event("e3", "{\"n\":1}").decides("0 pair m_0=e3 m_1=e2");
            session.at(5000).event("e4", "{\"n\":2}").decides("5000 single m=e4");
            assertThat(session.session().retained()).isOne();
        }
    }

    @Test
    void tuplesOfOneArrivalComeNewestPartnerFirstAndConsumeThemAll() {
        try (Scenario session = new Scenario(ruleset(PAIR))) {
            session.event("e1", "{\"n\":1}").event("e2", "{\"n\":1}").event("e3", "{\"n\":2}");
            session.decides("0 pair m_0=e2 m_1=e3", "0 pair m_0=e1 m_1=e3");
            session.event("e4", "{\"n\":2}").decides();
        }
    }

    @Test
    void partnersThatCameBeforeAnythingElseOfTheRuleComeOldestFirst() {
        try (Scenario session = new Scenario(ruleset(PAIR))) {
            session.event("e1", "{\"n\":2}").fact("f1", "{\"n\":2}").event("e2", "{\"n\":2}");
            session.event("e3", "{\"n\":1}");
            session.decides("0 pair m_0=e3 m_1=e1", "0 pair m_0=e3 m_1=f1", "0 pair m_0=e3 m_1=e2");
        }
        try (Scenario session = new Scenario(ruleset(true, Duration.ofSeconds(5), PAIR))) {
            session.event("e1", "{\"n\":1}").event("e2", "{\"n\":2}").event("e3", "{\"n\":2}");
            session.decides("0 pair m_0=e1 m_1=e2", "0 pair m_0=e1 m_1=e3");
            session.event("e4", "{\"n\":1}").decides("0 pair m_0=e4 m_1=e3", "0 pair m_0=e4 m_1=e2");
        }
    }

    @Test
    void anEventThatFulfilsTwoConditionsOfAJoinIsLost() {
        try (Scenario session = new Scenario(ruleset(rule("join", all(is("a", 1), is("b", 1)))))) {
            session.event("e1", "{\"a\":1,\"b\":1}").decides();
            assertThat(session.session().retained()).isZero();
            session.event("e2", "{\"a\":1}").event("e3", "{\"b\":1}").decides("0 join m_0=e2 m_1=e3");
        }
    }

    @Test
    void joinsOnFieldsOfEarlierConditionsWhateverComesFirst() {
        Rule join = rule(
                "join",
                all(
                        is("kind", "down"),
                        and(is("kind", "up"), compare(path("host"), Comparison.EQUAL, foreign("m_0", "host"))),
                        and(is("kind", "ack"), compare(path("at"), Comparison.GREATER, foreign("m_1", "at")))));
        try (Scenario session = new Scenario(ruleset(join))) {
            session.event("a", "{\"kind\":\"ack\",\"at\":9}")
                    .event("u1", "{\"kind\":\"up\",\"host\":\"x\",\"at\":5}")
                    .event("d1", "{\"kind\":\"down\",\"host\":\"y\"}")
                    .decides();
            session.event("d2", "{\"kind\":\"down\",\"host\":\"x\"}").decides("0 join m_0=d2 m_1=u1 m_2=a");
            assertThat(session.session().retained()).isOne();
        }
    }

    @Test
    void aTimeoutIsTheLargestDistanceOfAnyTwo() {
        Rule join = rule("join", allWithin(SECOND, is("n", 1), is("n", 2), is("n", 3)));
        try (Scenario session = new Scenario(ruleset(join))) {
            session.event("e1", "{\"n\":1}").at(600).event("e2", "{\"n\":2}").at(1000);
            session.event("e3", "{\"n\":3}").decides("1000 join m_0=e1 m_1=e2 m_2=e3");
            session.event("e4", "{\"n\":1}").at(1600).event("e5", "{\"n\":2}").at(2100);
            session.event("e6", "{\"n\":3}").decides();
        }
    }

    @Test
    void eventsAreForgottenWhenTheirTimeIsOverAndFactsAreNot() {
        Rule join = rule("join", all(is("n", 1), is("n", 2)));
        try (Scenario session = new Scenario(ruleset(false, SECOND, join))) {
            session.event("e1", "{\"n\":1}").at(1000).event("e2", "{\"n\":2}").decides();
            session.fact("f1", "{\"n\":1}").decides("1000 join m_0=f1 m_1=e2");
            session.at(9000).event("e3", "{\"n\":2}").decides("9000 join m_0=f1 m_1=e3");
            session.event("e4", "{\"n\":2}").decides("9000 join m_0=f1 m_1=e4");
            assertThat(session.session().facts()).hasSize(1);
        }
    }

    @Test
    void aFactServesEveryRule() {
        try (Scenario session = new Scenario(ruleset(rule("one", is("n", 1)), rule("two", defined("n"))))) {
            session.fact("f1", "{\"n\":1}").decides("0 one m=f1", "0 two m=f1");
            assertThat(session.session().facts()).hasSize(1);
            session.fact("f2", "{\"z\":1}").decides();
            assertThat(session.session().facts()).hasSize(1);
        }
    }

    @Test
    void retractionMatchesWholeValuesPartlyOrExactly() {
        try (Scenario session = new Scenario(ruleset(rule("fact", defined("n"))))) {
            session.fact("f1", "{\"n\":1,\"k\":2,\"meta\":{\"uuid\":\"f1\"}}").fact("f2", "{\"n\":{\"a\":1,\"b\":2}}");
            session.retract("{\"n\":1.0}", true)
                    .retract("{\"n\":{\"a\":1}}", true)
                    .retract("{\"n\":1}", false);
            assertThat(session.session().facts()).hasSize(2);
            session.retract("{\"k\":2,\"n\":1}", false);
            assertThat(session.session().facts()).hasSize(1);
            session.retract("{}", true);
            assertThat(session.session().facts()).isEmpty();
        }
    }

    @Test
    void theFirstAlternativeThatHoldsIsBound() {
        try (Scenario session = new Scenario(ruleset(rule("any", any(is("a", 1), is("b", 1)))))) {
            session.event("e1", "{\"a\":1,\"b\":1}").event("e2", "{\"b\":1}");
            session.decides("0 any m_0=e1", "0 any m_1=e2");
        }
    }

    @Test
    void anIncompleteSetIsReportedWhenItsWindowEnds() {
        Rule incomplete = rule("incomplete", notAll(SECOND, is("n", 1), is("n", 2)));
        try (Scenario session = new Scenario(ruleset(incomplete))) {
            session.event("e1", "{\"n\":1}");
            assertThat(session.session().nextDue()).contains(Scenario.START.plusSeconds(1));
            session.at(400).event("e2", "{\"n\":1}").at(999).decides();
            session.at(1000).decides("1000 incomplete m_0=e1");
            session.at(5000).decides("2000 incomplete m_0=e2");
            session.event("e3", "{\"n\":2}")
                    .at(5500)
                    .event("e4", "{\"n\":1}")
                    .at(9000)
                    .decides();
            assertThat(session.session().nextDue()).isEmpty();
        }
    }

    @Test
    void aSetThatGetsCompleteTakesItsEventsFromLaterRules() {
        Rule incomplete = rule("incomplete", notAll(SECOND, is("n", 1), is("n", 2)));
        try (Scenario session = new Scenario(ruleset(incomplete, PAIR))) {
            session.event("e1", "{\"n\":1}").event("e2", "{\"n\":2}").at(2000).decides();
            assertThat(session.session().retained()).isZero();
        }
    }

    @Test
    void absenceOfAFieldIsReportedOnceEachTimeItComesTrue() {
        try (Scenario session = new Scenario(ruleset(rule("absent", notDefined("k")), rule("n", is("n", 1))))) {
            session.event("e1", "{\"n\":1}").decides("0 absent");
            session.event("e2", "{\"n\":1}").decides("0 n m=e2");
            session.fact("f1", "{\"k\":1}").decides();
            session.retract("{\"k\":1}", true).decides("0 absent m=f1");
        }
    }

    @Test
    void absenceIsReportedByTimeAloneSoonAfterTheStart() {
        try (Scenario session = new Scenario(ruleset(false, SECOND, rule("absent", notDefined("k"))))) {
            session.at(1000).decides("100 absent");
            session.event("e1", "{\"k\":1}").at(9000).decides("2000 absent");
        }
    }

    @Test
    void disabledRulesNeverMatch() {
        Rule on = rule("r", is("n", 1));
        Rule off = new Rule("off", on.trigger(), Optional.empty(), List.of(), false, on.place());
        try (Scenario session = new Scenario(ruleset(off, on))) {
            session.event("e1", "{\"n\":1}").decides("0 r m=e1");
        }
    }

    @Test
    void aReferenceToNoEarlierConditionIsRefused() {
        Rule join = rule("r", all(compare(path("a"), Comparison.EQUAL, foreign("m_1", "a")), is("n", 1)));
        assertThatThrownBy(() -> new Scenario(ruleset(join)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("m_1");
    }

    @Test
    void timeNeverGoesBack() {
        try (Scenario session = new Scenario(ruleset(PAIR))) {
            session.at(1000).at(500);
            assertThat(session.session().now()).isEqualTo(Scenario.START.plusSeconds(1));
        }
    }
}
