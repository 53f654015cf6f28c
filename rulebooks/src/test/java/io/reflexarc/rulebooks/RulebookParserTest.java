// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.activation.ExecutionStrategy;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.FieldError;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.rulebooks.condition.StringTemplate;
import io.reflexarc.rulebooks.error.ErrorKind;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulebookParserTest {
    private final RulebookParser parser = new RulebookParser(Set.of("http_request"), StringTemplate.NONE);

    private Rulebook load(String yaml) {
        return parser.parse(yaml, "book.yml", JsonText.EMPTY_OBJECT);
    }

    private Rule rule(String rule) {
        return load(withRule(rule)).rulesets().getFirst().rules().getFirst();
    }

    /** A rulebook with one rule, which begins at line 6; its lines are indented by six. */
    private static String withRule(String rule) {
        return """
                - name: tests
                  hosts: all
                  sources:
                    - ansible.eda.webhook:
                  rules:
                    - name: r
                """ + rule.indent(6);
    }

    private List<RulebookError> errors(String yaml) {
        return switch (parser.check(yaml, JsonText.EMPTY_OBJECT)) {
            case ParseResult.Loaded loaded -> List.of();
            case ParseResult.Refused refused -> refused.errors();
        };
    }

    private RulebookError error(String yaml) {
        assertThat(errors(yaml)).hasSize(1);
        return errors(yaml).getFirst();
    }

    @Test
    void readsAWholeRuleset() {
        Rulebook rulebook = load("""
                - name: " shop "
                  hosts: web
                  gather_facts: yes
                  default_events_ttl: 3 minutes
                  execution_strategy: parallel
                  match_multiple_rules: on
                  most_waiting_events: 2000
                  sources:
                    - name: hook
                      ansible.eda.webhook: {port: 0o17, host: 0.0.0.0}
                      filters:
                        - eda.builtin.dashes_to_underscores:
                        - ansible.eda.json_filter: {exclude_keys: [a]}
                  rules:
                    - name: first
                      condition: event.a == 1
                      action:
                        debug:
                    - name: "off"
                      condition: true
                      enabled: no
                      actions:
                        - set_fact: {fact: {a: 017}}
                        - http_request: {method: GET, anything: [1]}
                """);

        Ruleset ruleset = rulebook.rulesets().getFirst();
        assertThat(ruleset.name()).isEqualTo("shop");
        assertThat(ruleset.hosts()).containsExactly("web");
        assertThat(ruleset.gatherFacts()).isTrue();
        assertThat(ruleset.matchMultipleRules()).isTrue();
        assertThat(ruleset.defaultEventsTtl()).contains(Duration.ofMinutes(3));
        assertThat(ruleset.executionStrategy()).contains(ExecutionStrategy.PARALLEL);
        assertThat(ruleset.bounds()).isEqualTo(new Bounds(2_000, Bounds.DEFAULT.combinations()));
        SourceSpec source = ruleset.sources().getFirst();
        assertThat(source.name()).isEqualTo("hook");
        assertThat(source.plugin()).isEqualTo("ansible.eda.webhook");
        assertThat(source.arguments()).isEqualTo(JsonText.ofString("{\"port\":\"0o17\",\"host\":\"0.0.0.0\"}"));
        assertThat(source.filters())
                .extracting(SourceSpec.FilterSpec::plugin)
                .containsExactly("eda.builtin.dashes_to_underscores", "ansible.eda.json_filter");
        assertThat(ruleset.rules()).extracting(Rule::enabled).containsExactly(true, false);
        assertThat(ruleset.rules()).extracting(Rule::place).containsExactly(new Place(15, 7), new Place(19, 7));
        assertThat(ruleset.rules().get(1).actions())
                .extracting(ActionSpec::name, ActionSpec::arguments)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("set_fact", JsonText.ofString("{\"fact\":{\"a\":15}}")),
                        org.assertj.core.groups.Tuple.tuple(
                                "http_request", JsonText.ofString("{\"method\":\"GET\",\"anything\":[1]}")));
    }

    @Test
    void namesTheConditionsOfAList() {
        Trigger trigger = rule("""
                condition:
                  all:
                    - event.a == 1
                    - events.second << event.b == events.m_0.a
                    - event.c > events.second.b
                  timeout: 10 seconds
                action:
                  none:
                """).trigger();

        assertThat(trigger).isInstanceOfSatisfying(Trigger.All.class, all -> {
            assertThat(all.timeout()).contains(Duration.ofSeconds(10));
            assertThat(all.patterns()).extracting(Trigger.Pattern::binding).containsExactly("m_0", "second", "m_2");
        });
    }

    @Test
    void takesAListOfOneForASingleCondition() {
        assertThat(rule("condition: {any: [event.a]}\naction: {none: }").trigger())
                .isInstanceOfSatisfying(
                        Trigger.Single.class,
                        single -> assertThat(single.pattern().binding()).isEqualTo("m"));
    }

    @Test
    void readsThrottles() {
        assertThat(rule("""
                condition: event.a
                throttle:
                  accumulate_within: 5 minutes
                  threshold: 3
                  group_by_attributes: [event.host, fact.zone, plain, 'event["x"]']
                action:
                  none:
                """).throttle())
                .contains(new Throttle.AccumulateWithin(
                        new Span(5, ChronoUnit.MINUTES), 3, List.of("host", "zone", "plain", "event[\"x\"]")));
    }

    @ParameterizedTest
    @CsvSource({
        "1 millisecond, PT0.001S",
        "250 milliseconds, PT0.25S",
        "1 second, PT1S",
        "2 minutes, PT2M",
        "3 hours, PT3H",
        "1 day, PT24H",
        "0 seconds, PT0S"
    })
    void readsDurations(String written, Duration duration) {
        assertThat(Durations.parse(written)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1s", "1  second", " 1 second", "1 SECOND", "1 week", "-1 seconds", "1", "99999999999999 days"})
    void refusesOtherDurations(String written) {
        RulebookError error =
                error(withRule("condition: {all: [event.a, event.b], timeout: '" + written + "'}\naction: {none: }"));

        assertThat(error.kind()).isEqualTo(ErrorKind.SCHEMA_ERROR);
        assertThat(error.place()).isEqualTo(new Place(7, 53));
        assertThat(error.message()).contains("one blank and a unit");
    }

    @Test
    void throwsAProblemWithOneEntryForEachMistake() {
        String yaml = withRule("""
                condition: event.a == events
                actoin:
                  debug: {mgs: x}
                """);

        assertThatThrownBy(() -> parser.parse(yaml, "book.yml", JsonText.EMPTY_OBJECT))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.type()).isEqualTo(ProblemType.RULEBOOK_INVALID);
                    assertThat(problem.errors())
                            .extracting(FieldError::pointer)
                            .containsExactly("book.yml:6:7", "book.yml:7:29", "book.yml:8:7");
                    assertThat(problem.errors().get(2).message()).contains("did you mean \"action\"?");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "condition: event.a\\naction: {debgu: }; 8:16; did you mean \"debug\"?",
                "condition: event.a\\naction: {debug: {mgs: a}}; 8:24; did you mean \"msg\"?",
                "condition: event.a\\naction: {debug: {msg: a, var: b}}; 8:23; not both",
                "condition: event.a\\naction: {debug: {msg: [a, 5]}}; 8:29; a string or a list of strings",
                "condition: event.a\\naction: {debug: , none: }; 8:15; one action only",
                "condition: event.a\\naction: {}; 8:15; must be named",
                "condition: event.a\\naction: {set_fact: }; 8:16; needs \"fact\"",
                "condition: event.a\\naction: {run_playbook: {name: x, verbosity: '1'}}; 8:51; must be a whole number",
                "condition: event.a\\naction: {shutdown: {kind: later}}; 8:33; \"graceful\" or \"now\"",
                "condition: event.a\\naction: {none: }\\nactions: []; 6:7; not both",
                "condition: event.a; 6:7; either \"action\" or \"actions\"",
                "condition: [event.a]\\naction: {none: }; 7:18; must be a string",
                "condition: {some: [event.a]}\\naction: {none: }; 7:18; one of all, any, not_all",
                "condition: {not_all: [event.a, event.b]}\\naction: {none: }; 7:18; needs \"timeout\"",
                "condition: event.a\\nthrotle: {}\\naction: {none: }; 8:7; did you mean \"throttle\"?",
                "condition: event.a\\nthrottle: {once_withn: 1 second}\\naction: {none: }; 8:17; did you mean \"once_within\"?",
                "condition: event.a\\nthrottle: {once_within: 1 second}\\naction: {none: }; 8:17; needs \"group_by_attributes\"",
                "condition: event.a\\nenabled: 'no'\\naction: {none: }; 8:16; true or false",
            })
    void saysWhatIsWrongWithARuleAndWhere(String rule, String place, String message) {
        RulebookError error = error(withRule(rule.replace("\\n", "\n")));

        assertThat(error.kind()).isEqualTo(ErrorKind.SCHEMA_ERROR);
        assertThat(error.place()).hasToString(place);
        assertThat(error.message()).contains(message);
    }

    @Test
    void findsTheCharacterOfAConditionInEveryStyleOfScalar() {
        assertThat(error(withRule("condition: event.a == vars.x\naction: {none: }"))
                        .place())
                .isEqualTo(new Place(7, 29));
        assertThat(error(withRule("condition: 'event.a == \"it''s\" and event.b == vars.x'\naction: {none: }"))
                        .place())
                .isEqualTo(new Place(7, 53));
        assertThat(error(withRule("condition: \"event.a == \\\"x\\\" and event.b == vars.x\"\naction: {none: }"))
                        .place())
                .isEqualTo(new Place(7, 51));
        assertThat(error(withRule("condition: |\n  event.a and\n  event.b == vars.x\naction: {none: }"))
                        .place())
                .isEqualTo(new Place(9, 20));
        assertThat(error(withRule("condition: >-\n  event.a\n\n  and event.b == vars.x\naction: {none: }"))
                        .place())
                .isEqualTo(new Place(10, 24));
        assertThat(error(withRule("condition: event.a and\n  event.b == vars.x\naction: {none: }"))
                        .place())
                .isEqualTo(new Place(8, 20));
    }

    @Test
    void checksOnlyTheFormOfADisabledRule() {
        assertThat(errors(withRule("enabled: false\ncondition: event.a == vars.x\naction: {none: }")))
                .isEmpty();
        assertThat(error(withRule("enabled: false\ncondition: event.a = 1\naction: {none: }"))
                        .kind())
                .isEqualTo(ErrorKind.CONDITION_SYNTAX_ERROR);
    }

    @Test
    void refusesAThrottleOnSeveralConditions() {
        String throttle = "throttle: {once_within: 1 second, group_by_attributes: [event.h]}\naction: {none: }";

        assertThat(error(withRule("condition: {any: [event.a, event.b]}\n" + throttle))
                        .kind())
                .isEqualTo(ErrorKind.THROTTLE_ON_MULTI_CONDITION);
        assertThat(error(withRule("condition: {all: [event.a], timeout: 1 second}\n" + throttle))
                        .kind())
                .isEqualTo(ErrorKind.THROTTLE_ON_MULTI_CONDITION);
        assertThat(errors(withRule("condition: {any: [event.a]}\n" + throttle))).isEmpty();
    }

    @Test
    void refusesConditionsOfOneName() {
        assertThat(error(withRule("condition: {all: [events.a << event.x, events.a << event.y]}\naction: {none: }"))
                        .kind())
                .isEqualTo(ErrorKind.INVALID_ASSIGNMENT);
        assertThat(errors(withRule("condition: {any: [events.a << event.x, events.a << event.y]}\naction: {none: }")))
                .isEmpty();
    }

    @Test
    void refusesNamesThatAreTaken() {
        String ruleset = withRule("condition: event.a\naction: {none: }");

        assertThat(error(ruleset + ruleset).kind()).isEqualTo(ErrorKind.DUPLICATE_RULESET_NAME);
        assertThat(error(ruleset + "    - {name: r, condition: event.a, action: {none: }}")
                        .kind())
                .isEqualTo(ErrorKind.DUPLICATE_RULE_NAME);
        assertThat(error(ruleset.replace("name: tests", "name: ' '")).kind()).isEqualTo(ErrorKind.EMPTY_RULESET_NAME);
    }

    @Test
    void rendersTheNamesOfRules() {
        RulebookParser rendering = new RulebookParser(Set.of(), (text, variables) -> text.replace("{{ x }}", "y"));
        String yaml = withRule("condition: event.a\naction: {none: }").replace("name: r\n", "name: 'r {{ x }}'\n");

        assertThat(rendering
                        .parse(yaml, "f", JsonText.EMPTY_OBJECT)
                        .rulesets()
                        .getFirst()
                        .rules())
                .extracting(Rule::name)
                .containsExactly("r y");
    }

    @Test
    void boundsMayBeSaidByTheActivation() {
        RulebookParser rendering = new RulebookParser(Set.of(), (text, variables) -> text.replace("{{ x }}", "50"));
        String yaml = withRule("condition: event.a\naction: {none: }");

        assertThat(rendering
                        .parse(bounded(yaml, "'{{ x }}'"), "f", JsonText.EMPTY_OBJECT)
                        .rulesets()
                        .getFirst()
                        .bounds()
                        .combinations())
                .isEqualTo(50);
        assertThat(error(bounded(yaml, "0")).message()).contains("from 1 to 1000000");
        assertThat(error(bounded(yaml, "'many {{ x }}'")).message()).contains("from 1 to 1000000");
    }

    private static String bounded(String yaml, String most) {
        return yaml.replaceFirst("  hosts:", "  most_combinations: " + most + "\n  hosts:");
    }

    @Test
    void reportsTheKindOfTheEarliestStageFirst() {
        ParseResult result = parser.check(
                withRule("condition: event.a == vars.x\naction: {none: }\nmore: 1"), JsonText.EMPTY_OBJECT);

        assertThat(result)
                .isInstanceOfSatisfying(
                        ParseResult.Refused.class,
                        refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.SCHEMA_ERROR));
    }

    @Test
    void readsAnEmptyListOfConditionsAsTheOriginalDoes() {
        assertThat(rule("condition: {all: []}\naction: {none: }").trigger())
                .isEqualTo(new Trigger.All(List.of(), Optional.empty()));
    }
}
