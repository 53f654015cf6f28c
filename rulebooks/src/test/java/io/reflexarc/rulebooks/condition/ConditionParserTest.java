// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.condition;

import static io.reflexarc.rulebooks.condition.Condition.Comparison.EQUAL;
import static io.reflexarc.rulebooks.condition.Condition.Comparison.GREATER;
import static io.reflexarc.rulebooks.condition.Condition.SearchKind.MATCH;
import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.rulebooks.condition.Expression.Arithmetic;
import io.reflexarc.rulebooks.condition.Expression.Decimal;
import io.reflexarc.rulebooks.condition.Expression.ListOf;
import io.reflexarc.rulebooks.condition.Expression.Null;
import io.reflexarc.rulebooks.condition.Expression.Path;
import io.reflexarc.rulebooks.condition.Expression.Step;
import io.reflexarc.rulebooks.condition.Expression.Text;
import io.reflexarc.rulebooks.condition.Expression.Truth;
import io.reflexarc.rulebooks.condition.Expression.Whole;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionParserTest {
    private static final JsonText VARIABLES = JsonText.ofString(
            "{\"i\":5,\"s\":\"five\",\"t\":true,\"n\":null,\"f\":1.5,\"l\":[1,\"a\"],\"d\":{\"k\":7},\"deep\":[[1]]}");
    private static final StringTemplate FIVE = (text, variables) -> {
        if (text.contains("nope")) {
            throw new ProblemException(ProblemType.INVALID, "'nope' is undefined");
        }
        return text.replace("{{ i }}", "5");
    };
    private static final Scope ALONE = Scope.alone(VARIABLES, FIVE);
    private static final Scope SECOND = new Scope(VARIABLES, FIVE, Set.of("m_0", "first"), Set.of("m_1", "last"), true);

    private static Condition parse(String text) {
        ParsedCondition parsed = ConditionParser.parse(text, ALONE);
        assertThat(parsed.errors()).isEmpty();
        return parsed.condition();
    }

    private static Path path(String text, String... names) {
        return new Path("", List.of(names).stream().<Step>map(Step.Name::new).toList(), text);
    }

    private static Whole whole(long value) {
        return new Whole(BigInteger.valueOf(value));
    }

    /** The value on the right of {@code event.x == …}. */
    private static Expression literal(String text) {
        return ((Condition.Compare) parse("event.x == " + text)).right();
    }

    @Test
    void readsAComparisonWithItsText() {
        assertThat(parse("  event.a.b   ==  1 "))
                .isEqualTo(new Condition.Compare(path("event.a.b", "a", "b"), EQUAL, whole(1), "event.a.b   ==  1"));
    }

    @Test
    void givesAndAndOrOnePrecedenceFromTheLeft() {
        Condition condition = parse("event.a or event.b and event.c");

        assertThat(condition).isInstanceOfSatisfying(Condition.And.class, and -> {
            assertThat(and.left()).isInstanceOf(Condition.Or.class);
            assertThat(and.left().text()).isEqualTo("event.a or event.b");
            assertThat(and.right().text()).isEqualTo("event.c");
        });
    }

    @Test
    void letsNotBindLooserThanComparisonsAndTighterThanAnd() {
        Condition condition = parse("not event.a == 1 and event.b in [1]");

        assertThat(condition).isInstanceOfSatisfying(Condition.And.class, and -> {
            assertThat(and.left().text()).isEqualTo("not event.a == 1");
            assertThat(and.left())
                    .isInstanceOfSatisfying(
                            Condition.Not.class,
                            not -> assertThat(not.condition()).isInstanceOf(Condition.Compare.class));
        });
    }

    @Test
    void keepsBracketsInTheTextOfTheWholeOnly() {
        Condition.And condition = (Condition.And) parse("(event.a == 1) and ((event.b))");

        assertThat(condition.text()).isEqualTo("(event.a == 1) and ((event.b))");
        assertThat(condition.left().text()).isEqualTo("event.a == 1");
    }

    @Test
    void readsLiterals() {
        assertThat(literal("007")).isEqualTo(whole(7));
        assertThat(literal("-5")).isEqualTo(whole(-5));
        assertThat(literal("+5")).isEqualTo(whole(5));
        assertThat(literal("12345678901234567890")).isEqualTo(new Whole(new BigInteger("12345678901234567890")));
        assertThat(literal(".5")).isEqualTo(new Decimal(0.5));
        assertThat(literal("5.")).isEqualTo(new Decimal(5));
        assertThat(literal("1E3")).isEqualTo(new Decimal(1000));
        assertThat(literal("True")).isEqualTo(new Truth(true));
        assertThat(literal("TRUE")).isEqualTo(new Text("TRUE"));
        assertThat(literal("null")).isEqualTo(new Null());
        assertThat(literal("None")).isEqualTo(new Text("None"));
        assertThat(literal("abc")).isEqualTo(new Text("abc"));
        assertThat(literal("'say \"hi\"'")).isEqualTo(new Text("say \"hi\""));
        assertThat(literal("'\\d\\n'")).isEqualTo(new Text("\\d\n"));
        assertThat(literal("[1, 'a', true, null, -1.5]"))
                .isEqualTo(
                        new ListOf(List.of(whole(1), new Text("a"), new Truth(true), new Null(), new Decimal(-1.5))));
    }

    @Test
    void readsPathsStepByStep() {
        Condition.Bare bare = (Condition.Bare) parse("event['my key'].b[0][-1].clé");

        assertThat(bare.expression())
                .isEqualTo(new Path(
                        "",
                        List.of(
                                new Step.Key("my key"),
                                new Step.Name("b"),
                                new Step.Index(0),
                                new Step.Index(-1),
                                new Step.Name("clé")),
                        "event['my key'].b[0][-1].clé"));
    }

    @Test
    void readsArithmeticAndSignedNumbersApart() {
        Path a = path("event.a", "a");

        assertThat(((Condition.Compare) parse("event.a-1 == 0")).left()).isEqualTo(new Arithmetic(a, '-', whole(1)));
        assertThat(((Condition.Compare) parse("event.a + -1 == 0")).left())
                .isEqualTo(new Arithmetic(a, '+', whole(-1)));
        assertThat(((Condition.Compare) parse("event.a - 2 * 3 == 0")).left())
                .isEqualTo(new Arithmetic(a, '-', new Arithmetic(whole(2), '*', whole(3))));
    }

    @Test
    void readsMembershipInBothDirectionsAndAnyCase() {
        Path a = path("event.a", "a");
        Path b = path("event.b", "b");

        assertThat(parse("event.a Not In event.b"))
                .isEqualTo(new Condition.Membership(a, b, true, false, "event.a Not In event.b"));
        assertThat(parse("event.a CONTAINS event.b"))
                .isEqualTo(new Condition.Membership(b, a, false, true, "event.a CONTAINS event.b"));
    }

    @Test
    void readsTests() {
        Path a = path("event.a", "a");

        assertThat(parse("event.a is not defined")).isEqualTo(new Condition.Defined(a, true, "event.a is not defined"));
        assertThat(parse("event.a is match('b', ignorecase = true)"))
                .isEqualTo(new Condition.Search(
                        a, MATCH, new Text("b"), true, false, false, "event.a is match('b', ignorecase = true)"));
        assertThat(parse("event.a is select('>=', event.b)"))
                .isEqualTo(
                        new Condition.Select(a, ">=", path("event.b", "b"), false, "event.a is select('>=', event.b)"));
        assertThat(parse("event.a is not selectattr('x.y', 'not in', [1])"))
                .isEqualTo(new Condition.SelectAttr(
                        a,
                        List.of("x", "y"),
                        "not in",
                        new ListOf(List.of(whole(1))),
                        true,
                        "event.a is not selectattr('x.y', 'not in', [1])"));
    }

    @Test
    void turnsVariablesAndTemplatesIntoLiterals() {
        assertThat(literal("vars.i")).isEqualTo(whole(5));
        assertThat(literal("vars.d.k")).isEqualTo(whole(7));
        assertThat(literal("vars.f")).isEqualTo(new Decimal(1.5));
        assertThat(literal("vars.l")).isEqualTo(new ListOf(List.of(whole(1), new Text("a"))));
        assertThat(literal("'<{{ i }}>'")).isEqualTo(new Text("<5>"));
        assertThat(parse("vars.i is defined")).isEqualTo(new Condition.Bare(new Truth(true), "vars.i is defined"));
    }

    @Test
    void namesWhatConditionsAboveMatched() {
        ParsedCondition parsed = ConditionParser.parse("events.second << event.a > facts.first.b[0]", SECOND);

        assertThat(parsed.errors()).isEmpty();
        assertThat(parsed.binding()).contains("second");
        assertThat(parsed.condition())
                .isEqualTo(new Condition.Compare(
                        path("event.a", "a"),
                        GREATER,
                        new Path("first", List.of(new Step.Name("b"), new Step.Index(0)), "facts.first.b[0]"),
                        "event.a > facts.first.b[0]"));
    }

    @Test
    void takesThePluralForTheEventItselfWhereNothingElseCanBeMeant() {
        assertThat(parse("facts.x == 1"))
                .isEqualTo(new Condition.Compare(path("facts.x", "x"), EQUAL, whole(1), "facts.x == 1"));
        assertThat(parse("events.m_0.x is defined"))
                .isEqualTo(new Condition.Defined(path("events.m_0.x", "m_0", "x"), false, "events.m_0.x is defined"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "event.x === 1                     ; condition_syntax_error          ; 10",
                "event.x = 1                       ; condition_syntax_error          ; 8",
                "event.x == 1 AND event.y == 1     ; condition_syntax_error          ; 13",
                "event.x == 'abc                   ; condition_syntax_error          ; 11",
                "event.l | length == 3             ; condition_syntax_error          ; 8",
                "event.x not  in [1]               ; condition_syntax_error          ; 8",
                "event.x == a_b                    ; condition_syntax_error          ; 11",
                "event.x == truex                  ; condition_syntax_error          ; 11",
                "event.l.0 == 1                    ; condition_syntax_error          ; 7",
                "event.x in []                     ; condition_syntax_error          ; 12",
                "event.x in [1,]                   ; condition_syntax_error          ; 14",
                "payload.x == 1                    ; condition_syntax_error          ; 0",
                "event.x is search('a', true)      ; condition_syntax_error          ; 23",
                "event.x == event                  ; invalid_identifier              ; 11",
                "event.my-key == 1                 ; invalid_identifier              ; 0",
                "event.a << event.b == 1           ; invalid_assignment              ; 0",
                "event.x == vars.nope              ; unknown_variable                ; 11",
                "event.x == vars.d                 ; unsupported_variable_type       ; 11",
                "event.x in vars.deep              ; unsupported_variable_type       ; 11",
                "event.x == '{{ nope }}'           ; undefined_variable              ; 11",
                "1 < event.x < 3                   ; unsupported_expression          ; 0",
                "event.x == 1 or 2                 ; unsupported_expression          ; 16",
                "event.x in [event.y]              ; unsupported_expression          ; 12",
                "event.x == 1e400                  ; unsupported_expression          ; 11",
                "event.x is search('(')            ; invalid_regex                   ; 18",
                "event.x is none                   ; invalid_condition               ; 11",
                "event.l is select('contains', 5)  ; unsupported_select_operator     ; 18",
                "event.l is selectattr('a','is',5) ; unsupported_selectattr_operator ; 26",
                "event.x is search(event.p)        ; unsupported_expression          ; 18",
            })
    void refusesWithKindAndPlace(String text, String kind, int offset) {
        List<ConditionError> errors = ConditionParser.parse(text, ALONE).errors();

        assertThat(errors).hasSize(1);
        assertThat(errors.getFirst().kind().slug()).isEqualTo(kind);
        assertThat(errors.getFirst().offset()).isEqualTo(offset);
    }

    @ParameterizedTest
    @ValueSource(strings = {"events.m_1.a", "events.last.a", "events.nope.a", "events.m_7.a", "facts.last.a"})
    void refusesToNameAConditionThatIsNotAbove(String path) {
        List<ConditionError> errors =
                ConditionParser.parse("event.b == " + path, SECOND).errors();

        assertThat(errors).hasSize(1);
        assertThat(errors.getFirst().offset()).isEqualTo(11);
    }

    @Test
    void suggestsTheNearestName() {
        assertThat(ConditionParser.parse("event.a == events.frist.b", SECOND).errors())
                .singleElement()
                .satisfies(error -> assertThat(error.message()).contains("did you mean \"first\"?"));
        assertThat(ConditionParser.parse("event.a is defned", ALONE).errors())
                .singleElement()
                .satisfies(error -> assertThat(error.message()).contains("did you mean \"defined\"?"));
    }

    @Test
    void reportsEveryMistakeThatDoesNotEndTheReading() {
        assertThat(ConditionParser.parse("event.a == vars.x and event.b == vars.y and event", ALONE)
                        .errors())
                .extracting(ConditionError::offset)
                .containsExactly(11, 33, 44);
    }

    @Test
    void stopsAtNestingAndLengthThatNobodyWrites() {
        assertThat(ConditionParser.parse("(".repeat(100_000), ALONE).errors()).hasSize(1);
        assertThat(ConditionParser.parse("not ".repeat(100_000), ALONE).errors())
                .hasSize(1);
        assertThat(ConditionParser.parse("event.a and ".repeat(100_000), ALONE).errors())
                .hasSize(1);
    }
}
