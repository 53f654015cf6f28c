// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.session;

import static io.reflexarc.engine.Make.is;
import static io.reflexarc.engine.Make.rule;
import static io.reflexarc.engine.Make.ruleset;
import static io.reflexarc.engine.Make.throttled;
import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.id.EventId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.Span;
import io.reflexarc.rulebooks.Throttle;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final Span SECOND = new Span(1, ChronoUnit.SECONDS);
    private static final List<String> BY_HOST = List.of("h");

    private static final Rule ONCE = throttled("once", is("n", 1), new Throttle.OnceWithin(SECOND, BY_HOST));
    private static final Rule AFTER = throttled("after", is("n", 1), new Throttle.OnceAfter(SECOND, BY_HOST));
    private static final Rule THIRD = throttled("third", is("n", 1), new Throttle.AccumulateWithin(SECOND, 3, BY_HOST));

    @Test
    void onceWithinLetsTheFirstOfAGroupThroughUntilItsWindowEnds() {
        try (Scenario session = new Scenario(ruleset(ONCE))) {
            session.event("e1", host("\"a\"")).event("e2", host("\"a\"")).event("e3", host("\"b\""));
            session.at(999).event("e4", host("\"a\"")).at(1000).event("e5", host("\"a\""));
            session.decides("0 once m=e1", "0 once m=e3", "1000 once m=e5");
        }
    }

    @Test
    void onceAfterReportsTheFirstOfEachGroupWhenTheWindowEnds() {
        try (Scenario session = new Scenario(ruleset(AFTER))) {
            session.event("e1", host("\"a\""))
                    .at(300)
                    .event("e2", host("\"b\""))
                    .event("e3", host("\"a\""));
            assertThat(session.session().nextDue()).contains(Scenario.START.plusSeconds(1));
            session.at(1000).decides("1000 after m_0=e2 m_1=e1");
            session.event("e4", host("\"a\"")).at(5000).decides("2000 after m=e4");
        }
    }

    @Test
    void accumulateWithinReportsTheEventThatReachesTheThreshold() {
        try (Scenario session = new Scenario(ruleset(THIRD))) {
            session.event("e1", host("1"))
                    .event("e2", host("1"))
                    .event("e3", host("2"))
                    .event("e4", host("1"));
            session.decides("0 third m=e4");
            session.event("e5", host("1"))
                    .at(600)
                    .event("e6", host("1"))
                    .at(1000)
                    .event("e7", host("1"));
            session.decides();
        }
    }

    @Test
    void groupsAreAsStrictAsTypes() {
        try (Scenario session = new Scenario(ruleset(ONCE))) {
            session.event("e1", host("1")).event("e2", host("1.0")).event("e3", host("\"1\""));
            session.event("e4", host("null")).event("e5", host("null")).event("e6", host("1"));
            session.event("e7", host("{\"a\":1,\"b\":2}")).event("e8", host("{\"b\":2,\"a\":1}"));
            session.decides("0 once m=e1", "0 once m=e2", "0 once m=e3", "0 once m=e4", "0 once m=e7");
        }
    }

    @Test
    void anEventWithoutTheAttributeIsAGroupOfItsOwn() {
        try (Scenario session = new Scenario(ruleset(ONCE))) {
            session.event("e1", "{\"n\":1}").event("e2", "{\"n\":1}").decides("0 once m=e1", "0 once m=e2");
        }
        try (Scenario session = new Scenario(ruleset(AFTER))) {
            session.event("e1", "{\"n\":1}").event("e2", "{\"n\":1}").at(1000);
            session.decides("1000 after m_0=e1 m_1=e2");
        }
    }

    @Test
    void whatAThrottleTakesNoLaterRuleSees() {
        Rule plain = rule("plain", is("n", 1));
        try (Scenario session = new Scenario(ruleset(THIRD, plain))) {
            session.event("e1", host("1"))
                    .event("e2", host("1"))
                    .event("e3", host("1"))
                    .decides("0 third m=e3");
        }
        try (Scenario session = new Scenario(ruleset(plain, AFTER))) {
            session.event("e1", host("1")).decides("0 plain m=e1");
            session.at(1000).decides("1000 after m=e1");
        }
    }

    @Test
    void theMatchSaysWhatTheThrottleDid() {
        try (Scenario session = new Scenario(ruleset(AFTER))) {
            session.event("e1", host("1")).event("e2", host("1"));
            List<RuleMatch> matches = session.session().advanceTo(Scenario.START.plusSeconds(1));
            assertThat(matches.getFirst().matched().getFirst().body())
                    .isEqualTo(JsonText.ofString("{\"n\":1,\"h\":1,\"meta\":{\"rule_engine\":"
                            + "{\"events_in_window\":2,\"once_after_time_window\":\"1 SECONDS\"}}}"));
        }
        try (Scenario session = new Scenario(ruleset(ONCE))) {
            List<RuleMatch> matches = session.session()
                    .event(new EventId("e1"), JsonText.ofString("{\"n\":1,\"h\":1,\"meta\":{\"uuid\":\"e1\"}}"));
            assertThat(matches.getFirst().matched().getFirst().body())
                    .isEqualTo(JsonText.ofString("{\"n\":1,\"h\":1,\"meta\":{\"uuid\":\"e1\",\"rule_engine\":"
                            + "{\"once_within_time_window\":\"1 SECONDS\"}}}"));
        }
    }

    @Test
    void aWindowIsShownAsItWasWritten() {
        Rule sixty = throttled("sixty", is("n", 1), new Throttle.OnceWithin(new Span(60, ChronoUnit.SECONDS), BY_HOST));
        try (Scenario session = new Scenario(ruleset(sixty))) {
            List<RuleMatch> matches = session.session().event(new EventId("e1"), JsonText.ofString(host("1")));
            assertThat(matches.getFirst().matched().getFirst().body().toString())
                    .contains("\"once_within_time_window\":\"60 SECONDS\"");
        }
    }

    @Test
    void theGroupWithTheLatestEventIsReportedLast() {
        try (Scenario session = new Scenario(ruleset(AFTER))) {
            session.event("e1", host("1")).event("e2", host("2")).event("e3", host("1"));
            session.at(1000).decides("1000 after m_0=e2 m_1=e1");
        }
    }

    @Test
    void groupAttributesMayBePathsWithIndexes() {
        GroupKey key = new GroupKey(List.of("l[0].x", "m[\"a.b\"]"));
        assertThat(key.of(JsonText.ofString("{\"l\":[{\"x\":1}],\"m\":{\"a.b\":null}}")
                        .object()))
                .contains("[1,null]");
        assertThat(new GroupKey(List.of("l[")).of(JsonText.ofString("{\"l\":1}").object()))
                .isEmpty();
    }

    private static String host(String json) {
        return "{\"n\":1,\"h\":" + json + "}";
    }
}
