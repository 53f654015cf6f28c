// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.activation.ExecutionStrategy;
import io.reflexarc.core.activation.VersionChange.Fate;
import io.reflexarc.core.activation.VersionChange.RuleChange;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One version of a rulebook in the place of another, between two entries. */
class SwapTest {
    private static final String HEAD = """
            - name: set
              hosts: all
              sources: [{name: alerts, ansible.eda.webhook: {}}]
              rules:
            """;

    private static final String JOIN = """
                - name: join
                  condition: {all: [event.a == 1, event.b == events.m_0.k]}
                  action: {none: {}}
            """;

    private static String join(String first, String action) {
        return """
                    - name: join
                      condition: {all: ["event.a == %s", event.b == events.m_0.k]}
                      action: {%s: {}}
                """.formatted(first, action);
    }

    private static String rule(String name, String condition) {
        return """
                    - name: %s
                      condition: %s
                      action: {none: {}}
                """.formatted(name, condition);
    }

    private static SessionScript script(String rules) {
        return new SessionScript(HEAD + rules, ExecutionStrategy.SEQUENTIAL);
    }

    @Test
    void anUnchangedRuleKeepsWhatWaitsInItEvenWhenItsActionIsAnother() {
        SessionScript script = script(join("1", "none"));
        script.event("{\"a\": 1, \"k\": 5}");

        List<RuleChange> changes = script.swap(2, HEAD + rule("first", "event.x == 1") + join("1", "debug"));

        assertThat(changes)
                .containsExactly(
                        new RuleChange("set", "first", Fate.ADDED, 0, 0, List.of()),
                        new RuleChange("set", "join", Fate.KEPT, 0, 0, List.of()));
        assertThat(script.event("{\"b\": 5}")).containsExactly("join[debug]");
        assertThat(script.decisions().getLast().rulebookVersion()).isEqualTo(2);
    }

    @Test
    void blanksAndQuotesMakeNoOtherRule() {
        SessionScript script = script(join("1", "none"));
        script.event("{\"a\": 1, \"k\": 5}");

        script.swap(2, HEAD + join(" 1 ", "none").replace("event.b ==", "event.b   =="));

        assertThat(script.event("{\"b\": 5}")).containsExactly("join[none]");
    }

    @Test
    void whatWaitedInAChangedRuleIsGoneAndToldOf() {
        SessionScript script = script(join("1", "none"));
        script.event("{\"a\": 1, \"k\": 5}");

        List<RuleChange> changes = script.swap(2, HEAD + join("2", "none"));

        assertThat(changes).containsExactly(new RuleChange("set", "join", Fate.CHANGED, 1, 0, List.of("e1")));
        assertThat(script.event("{\"b\": 5}")).isEmpty();
        script.event("{\"a\": 2, \"k\": 6}");
        assertThat(script.event("{\"b\": 6}")).containsExactly("join[none]");
    }

    @Test
    void aNewRuleSeesNoEventOfBeforeThoughAnotherRuleKeepsIt() {
        SessionScript script = script(join("1", "none"));
        script.event("{\"a\": 1, \"k\": 5, \"c\": 1}");
        String both = join("1", "none") + """
                    - name: late
                      condition: {all: [event.c == 1, event.d == events.m_0.k]}
                      action: {none: {}}
                """;

        script.swap(2, HEAD + both);
        script.restore();

        assertThat(script.event("{\"d\": 5}")).isEmpty();
        assertThat(script.event("{\"b\": 5}")).containsExactly("join[none]");
        script.event("{\"c\": 1, \"k\": 6}");
        assertThat(script.event("{\"d\": 6}")).containsExactly("late[none]");
    }

    @Test
    void aNewRuleSeesFactsThatNobodyTookBeforeButDecidesNothingByItself() {
        SessionScript script = script("""
                    - name: set
                      condition: event.set is defined
                      action: {set_fact: {fact: {limit: 7}}}
                """);
        script.event("{\"set\": 1}");

        script.swap(2, HEAD + """
                    - name: over
                      condition: {all: [event.limit is defined, event.n == events.m_0.limit]}
                      action: {none: {}}
                    - name: fact alone
                      condition: event.limit == 7
                      action: {none: {}}
                """);
        assertThat(script.decisions()).hasSize(1);
        script.restore();

        assertThat(script.event("{\"n\": 7}")).containsExactly("over[none]");
    }

    @Test
    void throttlesAndWindowsGoOnInARuleThatStaysAndAreToldOfInOneThatGoes() {
        String throttled = """
                    - name: once
                      condition: event.t == 1
                      throttle: {once_within: 1 minute, group_by_attributes: [event.h]}
                      action: {none: {}}
                """;
        String window = """
                    - name: missing
                      condition: {not_all: [event.up == 1, event.down == 1], timeout: 10 seconds}
                      action: {none: {}}
                """;
        SessionScript script = script(throttled + window);
        assertThat(script.event("{\"t\": 1, \"h\": \"a\"}")).containsExactly("once[none]");
        script.event("{\"up\": 1}");

        script.swap(2, HEAD + window + throttled);
        assertThat(script.event("{\"t\": 1, \"h\": \"a\"}")).isEmpty();
        script.at(10);
        assertThat(script.tick()).containsExactly("missing[none]");

        script.event("{\"up\": 1}");
        List<RuleChange> changes = script.swap(3, HEAD + rule("other", "event.x == 1"));
        assertThat(changes)
                .containsExactly(
                        new RuleChange("set", "other", Fate.ADDED, 0, 0, List.of()),
                        new RuleChange("set", "missing", Fate.REMOVED, 1, 0, List.of("e6")),
                        new RuleChange("set", "once", Fate.REMOVED, 0, 1, List.of()));
        script.at(30);
        assertThat(script.tick()).isEmpty();
    }

    @Test
    void aTimerThatIsDueBeforeTheChangeIsDecidedByTheVersionBefore() {
        String window = """
                    - name: missing
                      condition: {not_all: [event.up == 1, event.down == 1], timeout: 10 seconds}
                      action: {none: {}}
                """;
        SessionScript script = script(window);
        script.event("{\"up\": 1}");
        script.at(20);

        script.swap(2, HEAD + JOIN);

        assertThat(script.decisions()).extracting(one -> one.rule()).containsExactly("missing");
        assertThat(script.decisions().getFirst().rulebookVersion()).isEqualTo(1);
    }

    @Test
    void rulesetsComeAndGoByName() {
        SessionScript script = script(join("1", "none"));
        script.event("{\"a\": 1, \"k\": 5}");

        List<RuleChange> changes = script.swap(2, HEAD.replace("name: set", "name: other") + join("1", "none"));

        assertThat(changes)
                .containsExactly(
                        new RuleChange("other", "join", Fate.ADDED, 0, 0, List.of()),
                        new RuleChange("set", "join", Fate.REMOVED, 1, 0, List.of("e1")));
        assertThat(script.event("{\"b\": 5}")).isEmpty();
    }

    @Test
    void aRuleThatAsksForAbsenceBeginsWithItsVersion() {
        SessionScript script = script(rule("any", "event.x == 1"));
        script.event("{\"y\": 1}");

        script.swap(2, HEAD + rule("nothing", "event.alarm is not defined"));
        script.at(1);

        assertThat(script.tick()).containsExactly("nothing[none]");
    }
}
