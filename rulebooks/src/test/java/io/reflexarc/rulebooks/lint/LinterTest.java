// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.rulebooks.RulebookParser;
import io.reflexarc.rulebooks.condition.StringTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinterTest {
    private static final Vocabulary WORDS = new Vocabulary(
            Map.of("http_request", Set.of("url", "body")),
            Map.of("eda.builtin.generic", Set.of("payload", "shutdown_after")),
            Map.of("eda.builtin.json_filter", Set.of("exclude_keys")),
            Set.of("upper", "default", "int", "ansible.builtin.to_json"));

    private final Linter linter = new Linter(new RulebookParser(Set.of("http_request"), StringTemplate.NONE), WORDS);

    @Test
    void hasNothingToSayOfARightRulebook() {
        assertThat(lint(rules(
                        rule("event.a == 1 and event.b is defined", "debug: {msg: \"{{ event.a | int }}\"}"),
                        rule("event.a == 2", "none:"),
                        rule(
                                "{all: [events.x << event.c == 1, event.d == events.x.d]}",
                                "debug: {msg: \"{{ events.x.d }}\"}"))))
                .isEmpty();
    }

    @Test
    void tellsPlaceAndRemedyOfAMistake() {
        assertThat(lint(rules(rule("event.a ==", "debug:")))).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.code()).isEqualTo("condition-syntax-error");
            assertThat(finding.place()).hasToString("7:29");
        });
    }

    @Test
    void doesNotMissVariablesThatNobodyGave() {
        String yaml = rules(rule("event.a == vars.b", "debug: {msg: \"{{ c }}\"}"));

        assertThat(codes(yaml)).containsExactly("note unknown-variable");
        assertThat(linter.lint(yaml, Optional.of(JsonText.ofString("{\"bb\": 1}"))))
                .extracting(finding -> finding.severity() + " " + finding.code())
                .containsExactly("ERROR unknown-variable", "WARNING undefined-in-template");
        assertThat(linter.lint(yaml, Optional.of(JsonText.ofString("{\"b\": 1, \"c\": 2}"))))
                .isEmpty();
    }

    @Test
    void readsTheOtherRulesOfARulebookWithAMistake() {
        assertThat(codes(rules(rule("event.a ==", "debug:"), rule("true", "none:"), rule("event.b == 1", "none:"))))
                .containsExactly("error condition-syntax-error", "warning dead-rule");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            event.a == 1                 | event.a == 1
            event.a == 1                 | event.b == 2 and event.a == 1
            event.a > 5                  | event.a > 7
            event.a >= 5                 | event.a == 5
            event.a < 5 or event.b == 1  | event.a <= 4
            event.a is defined           | event.a == 1
            true                         | event.x == 1
            5 < event.a                  | event.a > 5 and event.b == 1
            """)
    void namesRulesThatGetNoEvent(String first, String second) {
        assertThat(codes(rules(rule(first, "none:"), rule(second, "none:")))).containsExactly("warning dead-rule");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            event.a == 1                      | event.a == 2
            event.a == 1 and event.b == 1     | event.a == 1
            event.a > 5                       | event.a >= 5
            event.a == "1"                    | event.a == 1
            event.a is not defined            | event.a is not defined
            not event.a == 1                  | event.a == 2
            event.a is search("x")            | event.a is search("xy")
            event.a in [1, 2]                 | event.a == 1
            """)
    void leavesRulesAloneThatMayMatch(String first, String second) {
        assertThat(codes(rules(rule(first, "none:"), rule(second, "none:")))).isEmpty();
    }

    @Test
    void knowsWhenAnEventServesSeveralRules() {
        String pair = rule("true", "none:") + rule("event.a == 1", "none:");

        assertThat(codes(rules(pair))).containsExactly("warning dead-rule");
        assertThat(codes(rules(pair).replace("hosts: all", "hosts: all\n  match_multiple_rules: true")))
                .isEmpty();
        // A fact serves all rules
        assertThat(codes(rules(pair, rule("event.c == 1", "set_fact: {fact: {a: 1}}"))))
                .isEmpty();
        assertThat(codes(rules(rule("true", "none:")
                        + "      throttle: {once_within: 5 minutes, group_by_attributes: [event.a]}\n"
                        + rule("event.a == 1", "none:"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event.a == 1 and event.a == 2",
                "event.a > 5 and event.b == 1 and event.a < 3",
                "event.a >= 5 and event.a < 5",
                "event.a is defined and event.a is not defined",
                "event.a is not defined and event.a == 1",
                "event.a == 1 and event.a != 1",
                "event.a != event.a",
                "false"
            })
    void namesConditionsThatNothingFulfils(String condition) {
        assertThat(codes(rules(rule(condition, "none:")))).containsExactly("warning never-true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event.a == 1 or event.a == 2",
                "event.a >= 5 and event.a <= 5",
                "event.a == 1 and event.a == 1.0",
                "event.a == \"x\" and event.b == \"y\"",
                "event.a != 1 and event.a != 2"
            })
    void leavesConditionsAloneThatSomethingFulfils(String condition) {
        assertThat(codes(rules(rule(condition, "none:")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{all: [event.a == 1, event.a == 1]}",
                "{all: [e1 << event.a == 'x', e2 << event.b == 'y' and event.b == events.e1.a]}"
            })
    void namesJoinsThatNeverMatch(String condition) {
        assertThat(codes(rules(
                        rule(condition.replace("e1 <<", "events.e1 <<").replace("e2 <<", "events.e2 <<"), "none:"))))
                .containsExactly("warning join-never-matches");
    }

    @Test
    void namesAWindowLongerThanTheMemoryOfEvents() {
        assertThat(codes(rules(rule("{all: [event.a == 1, event.b == 1], timeout: 3 hours}", "none:"))))
                .containsExactly("warning timeout-beyond-memory");
    }

    @Test
    void namesThrottlesWithoutEffect() {
        assertThat(
                        codes(
                                rules(
                                        rule("event.a is not defined and event.b == 1", "none:")
                                                + "      throttle: {accumulate_within: 5 minutes, threshold: 1, group_by_attributes: [event.a]}\n")))
                .containsExactlyInAnyOrder("note throttle-without-effect", "warning throttle-without-attribute");
    }

    @Test
    void knowsWhatActionsSeeOfTheEvents() {
        assertThat(messages(rules(rule("event.a == 1", "debug: {msg: \"{{ events.m_0.a }}\"}"))))
                .containsExactly(
                        "\"events\" does not exist in a rule with one condition, so debug fails: write \"event\"");
        assertThat(messages(rules(rule("{all: [event.a == 1, event.b == 1]}", "debug: {msg: \"{{ event.a }}\"}"))))
                .containsExactly("\"event\" does not exist in this rule, so debug fails: write events.m_0, events.m_1");
        assertThat(messages(rules(rule(
                        "{all: [events.first << event.a == 1, event.b == 1]}",
                        "debug: {msg: \"{{ events.frist.a }}\"}"))))
                .containsExactly("no condition of this rule is called \"frist\" (there are first, m_1); did you mean"
                        + " \"first\"?");
        assertThat(messages(rules(rule("event.a == 1", "debug: {msg: \"{{ fact.a }} {{ event.a | uper }}\"}"))))
                .containsExactly(
                        "\"fact\" does not exist in actions, also for facts: write \"event\"",
                        "there is no filter \"uper\" for templates in a rulebook, so debug fails; did you mean \"upper\"?");
        assertThat(messages(rules(rule("event.a == 1", "debug: {msg: \"{{ 'fact|nope' ~ event.a }}\"}"))))
                .isEmpty();
    }

    @Test
    void namesTheNearestRightWord() {
        String yaml = rules(rule("event.a == 1", "post_event: {ruleset: my rulse, event: {a: 1}}"))
                .replace("eda.builtin.generic: {payload: []}", "eda.builtin.genric: {payload: []}");

        assertThat(messages(yaml))
                .containsExactly(
                        "there is no source \"eda.builtin.genric\" here; did you mean \"eda.builtin.generic\"?",
                        "there is no ruleset \"my rulse\" in this rulebook, so post_event fails; did you mean"
                                + " \"my rules\"?");
        assertThat(codes(rules(rule("event.a == 1", "none:"))
                        .replace("{payload: []}", "{payload: [], shutdown_afer: 1}\n      filters: [upcase: {}]")))
                .containsExactly("warning unknown-argument", "note plugin-filter");
    }

    @Test
    void findsTheWrongWordInTheText() {
        String yaml = rules(rule("event.a == 1", "debug: {mgs: x}"));

        Finding wrong = lint(yaml).getFirst();

        String line = yaml.lines().toList().get(wrong.place().line() - 1);
        assertThat(line.substring(wrong.place().column() - 1, wrong.end().column() - 1))
                .isEqualTo("mgs");
        assertThat(wrong.nearest()).contains("msg");
    }

    @Test
    void offersNoWordWhereNoneIsNear() {
        Finding wrong = lint(rules(rule("event.a ==", "debug:"))).getFirst();

        assertThat(wrong.nearest()).isEmpty();
        assertThat(wrong.end().column()).isGreaterThanOrEqualTo(wrong.place().column());
    }

    @Test
    void marksWhatRunsHereOnly() {
        assertThat(codes(rules(rule("event.a * 2 == 4", "http_request: {url: x, boddy: y}"))))
                .containsExactly("note not-portable", "note not-portable", "error unknown-argument");
        assertThat(codes(rules(rule("event.a == \"2 * 2\"", "none:")))).isEmpty();
        assertThat(codes(rules(rule("event.a == 1", "none:")).replace("  hosts:", "  most_combinations: 50\n  hosts:")))
                .containsExactly("note not-portable");
        assertThat(codes(rules(rule("event.a == 1", "debug: {msg: '{{ event.a | ansible.builtin.to_json }}'}"))))
                .containsExactly("note not-portable");
        assertThat(codes(rules(rule("event.a == 1", "debug: {msg: '{{ event.a | ansible.builtin.nothing }}'}"))))
                .containsExactly("warning unknown-template-filter");
    }

    @Test
    void survivesEveryBeginningOfARulebook() {
        String yaml = rules(
                rule(
                        "{all: [events.x << event.a == 1, event.b > 2 or not event.c in [1, 'x']]}",
                        "debug: {msg: \"{{ x }}\"}"),
                rule("event.a is select('>', 1) and event.b is not defined", "post_event: {ruleset: r, event: {a: 1}}")
                        + "      throttle: {once_within: 5 minutes, group_by_attributes: [event.a]}\n");

        for (int end = 0; end <= yaml.length(); end++) {
            assertThat(lint(yaml.substring(0, end))).isNotNull();
        }
    }

    @Test
    void takesItsTimeOnlyOnce() {
        String all =
                IntStream.range(0, 200).mapToObj(i -> "event.a" + i + " > 1").collect(Collectors.joining(" and "));
        String any =
                IntStream.range(0, 200).mapToObj(i -> "event.b" + i + " > 1").collect(Collectors.joining(" or "));

        assertThat(codes(rules(rule(any, "none:"), rule(all, "none:")))).isEmpty();
    }

    @Test
    void comparesOnlyRulesThatCanHaveToDoWithEachOther() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            many.append(rule("event.a == " + i, "none:"));
        }

        assertThat(codes(rules(many.toString(), rule("event.a == 7 and event.b == 1", "none:"))))
                .containsExactly("warning dead-rule");
    }

    private List<Finding> lint(String yaml) {
        return linter.lint(yaml, Optional.empty());
    }

    private List<String> codes(String yaml) {
        return lint(yaml).stream()
                .map(finding -> finding.severity().label() + " " + finding.code())
                .toList();
    }

    private List<String> messages(String yaml) {
        return lint(yaml).stream().map(Finding::message).toList();
    }

    private static String rules(String... rules) {
        StringBuilder yaml = new StringBuilder("""
                - name: my rules
                  hosts: all
                  sources:
                    - eda.builtin.generic: {payload: []}
                  rules:
                """);
        int number = 0;
        for (String part : String.join("", rules).split("@", -1)) {
            yaml.append(number == 0 ? "" : "rule " + number).append(part);
            number++;
        }
        return yaml.toString();
    }

    private static String rule(String condition, String action) {
        String written = Stream.of("{", "true", "false").anyMatch(condition::startsWith)
                ? condition
                : "'" + condition.replace("'", "''") + "'";
        return "    - name: \"@\"\n      condition: " + written + "\n      action: {" + action.replaceFirst(":$", ": ")
                + "}\n";
    }
}
