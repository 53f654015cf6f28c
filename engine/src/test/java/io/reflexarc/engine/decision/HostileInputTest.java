// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.activation.ExecutionStrategy;
import io.reflexarc.core.decision.DecidedAction;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.rulebooks.RulebookParser;
import io.reflexarc.rulebooks.condition.StringTemplate;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in ends: with a problem that names a place, or at a limit, and the other rules go on. */
class HostileInputTest {
    private static final int MUTANTS = 10_000;
    private static final String HEAD = """
            - name: rs
              hosts: all
              sources:
                - name: alerts
                  act: {}
            """;
    private static final String GOOD = HEAD + """
              default_events_ttl: 1 hour
              match_multiple_rules: true
              rules:
                - name: one
                  condition: event.a == 1 and (event.b is search("x+y") or event.c not in [1, "2", 3.5, null])
                  throttle: {once_within: 1 minute, group_by_attributes: [event.b]}
                  action:
                    debug:
                      msg: "{{ event.a | int + 1 }} {% if event.b %}b{% endif %}"
                - name: joined
                  condition:
                    all:
                      - events.first << event.a > 0
                      - event.b == events.first.b and event.l is select(">", 1)
                    timeout: 5 seconds
                  action:
                    set_fact: {fact: {k: "{{ events.first.a }}"}}
                - name: window
                  condition:
                    not_all:
                      - event.a is defined
                      - event.d["k"][0] is not defined
                    timeout: 2 minutes
                  actions:
                    - none:
                    - act: {x: &x [1, 2], y: *x}
            """;
    private static final String[] PIECES = {
        "",
        " ",
        "  ",
        "\n",
        "\t",
        ":",
        "- ",
        "[",
        "]",
        "{",
        "}",
        "(",
        ")",
        "'",
        "\"",
        "\\",
        "&x ",
        "*x",
        "<<",
        "!!float ",
        "|",
        ">",
        "%",
        "#",
        "{{",
        "}}",
        "{%",
        "~",
        "null",
        "yes",
        "0x7f",
        "1e999",
        "9".repeat(500),
        "event.",
        "events.first",
        "fact.",
        "vars.",
        " and ",
        " or ",
        "not ",
        " is ",
        " in ",
        "==",
        "!=",
        "<=",
        "+",
        "-",
        "*",
        "/",
        "select(",
        "[0]",
        "all:",
        "any:",
        "not_all:",
        "timeout:",
        "name: one",
        "condition: true",
        "once_after: 0 seconds",
        "\u0000",
        "\ud800",
        "\u2028",
        "é",
        "((((((((((",
        "[[[[[[[[[["
    };

    @Test
    void damagedRulebooksRunOrAreRefusedWithAPlace() {
        Random random = new Random(20261121);
        RulebookParser parser = new RulebookParser(Set.of("act"), StringTemplate.NONE);
        int running = 0;
        run(GOOD);
        for (int i = 0; i < MUTANTS; i++) {
            String yaml = damaged(random, HEAD.length());
            try {
                parser.parse(yaml, "f.yml", JsonText.EMPTY_OBJECT);
            } catch (ProblemException e) {
                assertThat(e.errors())
                        .as(yaml)
                        .isNotEmpty()
                        .allSatisfy(error -> assertThat(error.pointer()).matches("f\\.yml:[1-9]\\d*:[1-9]\\d*"));
                continue;
            }
            running++;
            run(yaml);
        }
        assertThat(running).isGreaterThan(MUTANTS / 50);
    }

    /** A rulebook may still be refused where the engine knows more than the parser, but only with a sentence. */
    private static void run(String yaml) {
        SessionScript script = new SessionScript(yaml, ExecutionStrategy.PARALLEL);
        script.event("{\"a\":1,\"b\":\"xxy\",\"l\":[1,2]}");
        script.event("{\"a\":2,\"b\":\"xxy\",\"l\":[3],\"d\":{\"k\":[null]}}");
        script.at(600);
        script.tick();
        script.session().close();
    }

    private static String damaged(Random random, int from) {
        StringBuilder text = new StringBuilder(GOOD);
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            int at = from + random.nextInt(Math.max(1, text.length() - from));
            int until = Math.min(text.length(), at + random.nextInt(random.nextInt(8) == 0 ? 60 : 6));
            text.replace(at, until, PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event.text is search(\"(a+)+$\")",
                "event.text is match(\"(a|a)*$\")",
                "event.text is regex(\"([a-z]+)*=\")",
                "event.texts is select(\"regex\", \"(.*a){25}$\")",
                "event.texts is selectattr(\"t\", \"search\", \"(x+x+)+y\")"
            })
    void regularExpressionsThatGoBackAndForthFindNothingAndOtherRulesGoOn(String condition) {
        SessionScript script = new SessionScript(rules(condition, "event.text is defined"), ExecutionStrategy.PARALLEL);
        String text = "a".repeat(4_000) + "!";

        List<String> decided = script.event(
                "{\"text\":\"" + text + "\",\"texts\":[\"" + text + "\",{\"t\":\"" + "x".repeat(4_000) + "\"}]}");

        assertThat(decided).hasSize(1);
        assertThat(script.decisions().getLast().rule()).isEqualTo("r1");
    }

    @Test
    void longListsDoNotMultiplyWhatAPatternMayCost() {
        SessionScript script = new SessionScript(
                rules("event.texts is select(\"regex\", \"(x+x+)+[yv]\")", "event.texts is defined"),
                ExecutionStrategy.PARALLEL);
        String texts = ("\"" + "x".repeat(40) + "z\",").repeat(20_000);

        assertThat(script.event("{\"texts\":[" + texts + "1]}")).containsExactly("r1[none]");
    }

    @Test
    void joinsThatMultiplyAreStoppedAndOtherRulesGoOn() {
        String yaml = HEAD + """
                  rules:
                    - name: product
                      condition:
                        all: [event.i == 1, event.i == 2, event.i == 3]
                      action: {none: {}}
                    - name: single
                      condition: event.i == 4
                      action: {none: {}}
                """;
        SessionScript script = new SessionScript(yaml, ExecutionStrategy.PARALLEL);
        SessionScript restored = new SessionScript(yaml, ExecutionStrategy.PARALLEL);
        for (int i = 0; i < 800; i++) {
            String event = "{\"i\":" + (1 + i % 2) + "}";
            assertThat(restored.event(event)).isEqualTo(script.event(event)).isEmpty();
        }
        restored.restore();

        // 400 times 400 of them have waited for this one
        assertThat(script.event("{\"i\":3}")).isEmpty();
        assertThat(restored.event("{\"i\":3}")).isEmpty();
        restored.restore();
        for (SessionScript each : List.of(script, restored)) {
            assertThat(each.event("{\"i\":3}")).as("the rule stays stopped").isEmpty();
            assertThat(each.event("{\"i\":4}")).containsExactly("single[none]");
        }
        assertThat(restored.session().state()).isEqualTo(script.session().state());
    }

    @Test
    void joinsBelowTheLimitMatch() {
        SessionScript script = new SessionScript(HEAD + """
                          rules:
                            - name: pair
                              condition:
                                all:
                                  - events.first << event.i >= 0
                                  - event.j > events.first.i
                              action: {none: {}}
                        """, ExecutionStrategy.PARALLEL);
        for (int i = 0; i < 3_000; i++) {
            script.event("{\"i\":" + (i + 10) + "}");
        }

        assertThat(script.event("{\"j\":11}")).containsExactly("pair[none]");
        assertThat(script.event("{\"j\":11}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ 'x' * 100000000 }}",
                "{% for a in range(100000) %}{% for b in range(100000) %}{{ a }}{% endfor %}{% endfor %}",
                "{{ 9 ** 99999 }}",
                "{{ ('a' * 5000 + '!') | regex_replace('(a+)+$', '') }}",
                "{{ ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((1)))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) }}",
                "{{ '%999999999d' % 1 }}"
            })
    void templateBombsFailTheirActionAndNothingElse(String template) {
        SessionScript script = new SessionScript(
                HEAD
                        + "  rules:\n    - name: r\n      condition: event.i == 1\n      actions:\n        - debug:\n            msg: |\n              "
                        + template + "\n        - print_event:\n",
                ExecutionStrategy.PARALLEL);

        script.event("{\"i\":1}");

        List<DecidedAction> actions = script.decisions().getLast().actions();
        assertThat(actions).hasSize(2).allSatisfy(action -> assertThat(action).isInstanceOf(DecidedAction.Own.class));
        assertThat(succeeded(actions.getFirst())).isFalse();
        assertThat(succeeded(actions.getLast())).isTrue();
    }

    private static boolean succeeded(DecidedAction action) {
        return action instanceof DecidedAction.Own own
                && own.result().orElseThrow().succeeded();
    }

    @Test
    void rulebooksThatMultiplyOrNestAreRefused() {
        StringBuilder aliases = new StringBuilder("- name: rs\n  hosts: all\n  x: &a0 [1, 1]\n");
        for (int i = 1; i < 40; i++) {
            aliases.append("  x")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [*a")
                    .append(i - 1)
                    .append(", *a")
                    .append(i - 1)
                    .append("]\n");
        }
        for (String yaml : List.of(
                aliases.toString(),
                "- &self [*self]",
                "[".repeat(20_000),
                "- ".repeat(20_000),
                rules("(".repeat(20_000) + "true" + ")".repeat(20_000), "true"),
                rules("not ".repeat(20_000) + "event.a == 1", "true"),
                rules("event.a == " + "9".repeat(20_000), "true"),
                rules("event.a == 1" + " or event.a == 1".repeat(20_000), "true"))) {
            assertThatThrownBy(() -> new SessionScript(yaml, ExecutionStrategy.PARALLEL))
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.errors()).isNotEmpty());
        }
    }

    @Test
    void deepAndHugeEventsAreDecidedLikeOthers() {
        SessionScript script =
                new SessionScript(rules("event.n * event.n > 1", "event.deep is defined"), ExecutionStrategy.PARALLEL);

        assertThat(script.event("{\"n\":" + "9".repeat(900) + "}")).hasSize(1);
        assertThat(script.event("{\"deep\":" + "[".repeat(200) + "]".repeat(200) + "}"))
                .hasSize(1);
        assertThat(script.event("{\"n\":1e308,\"deep\":\"" + "x".repeat(1_000_000) + "\"}"))
                .hasSize(1);
    }

    private static String rules(String first, String second) {
        return HEAD + "  rules:\n    - name: r0\n      condition: >-\n        " + first
                + "\n      action: {none: {}}\n    - name: r1\n      condition: >-\n        " + second
                + "\n      action: {none: {}}\n";
    }
}
