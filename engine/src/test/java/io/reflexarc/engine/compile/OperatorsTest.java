// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

import static io.reflexarc.engine.Make.and;
import static io.reflexarc.engine.Make.compare;
import static io.reflexarc.engine.Make.defined;
import static io.reflexarc.engine.Make.is;
import static io.reflexarc.engine.Make.not;
import static io.reflexarc.engine.Make.notDefined;
import static io.reflexarc.engine.Make.or;
import static io.reflexarc.engine.Make.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.Make;
import io.reflexarc.rulebooks.condition.Condition;
import io.reflexarc.rulebooks.condition.Condition.Comparison;
import io.reflexarc.rulebooks.condition.Condition.SearchKind;
import io.reflexarc.rulebooks.condition.Expression;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorsTest {
    private static final Expression NULL = new Expression.Null();

    private final Evaluator evaluator = new Evaluator();

    /** T true, F false, U undefined: the value of {@code a} against the condition at the head of the column. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            # a,      == 1, != 1, == '1', == true, == null, != null, > 0, not == 1, bare, not bare, defined, not defined
            1,        T,    F,    U,      U,       F,       T,       T,   F,        F,    T,        T,       F
            1.0,      T,    F,    U,      U,       F,       T,       T,   F,        F,    T,        T,       F
            2,        F,    T,    U,      U,       F,       T,       T,   T,        F,    T,        T,       F
            '"1"',    U,    U,    T,      U,       F,       T,       U,   U,        F,    T,        T,       F
            true,     U,    U,    U,      T,       F,       T,       U,   U,        T,    F,        T,       F
            null,     F,    T,    F,      F,       T,       F,       F,   T,        F,    T,        T,       F
            [1],      U,    U,    U,      U,       F,       T,       U,   U,        F,    T,        T,       F
            {},       U,    U,    U,      U,       F,       T,       U,   U,        F,    T,        T,       F
            1e999,    U,    U,    U,      U,       F,       T,       U,   U,        F,    T,        T,       F
            ,         U,    U,    U,      U,       U,       U,       U,   U,        U,    U,        U,       T
            """)
    void comparesAsTheLanguageSays(
            String value,
            char equal,
            char notEqual,
            char text,
            char truth,
            char isNull,
            char notNull,
            char greater,
            char notOne,
            char bare,
            char notBare,
            char isDefined,
            char isNotDefined) {
        String event = value == null ? "{}" : "{\"a\":" + value + "}";
        Condition plain = new Condition.Bare(path("a"), "event.a");
        assertThat(test(is("a", 1), event)).isEqualTo(truth(equal));
        assertThat(test(compare(path("a"), Comparison.NOT_EQUAL, 1), event)).isEqualTo(truth(notEqual));
        assertThat(test(is("a", "1"), event)).isEqualTo(truth(text));
        assertThat(test(is("a", true), event)).isEqualTo(truth(truth));
        assertThat(test(is("a", NULL), event)).isEqualTo(truth(isNull));
        assertThat(test(compare(path("a"), Comparison.NOT_EQUAL, NULL), event)).isEqualTo(truth(notNull));
        assertThat(test(compare(path("a"), Comparison.GREATER, 0), event)).isEqualTo(truth(greater));
        assertThat(test(not(is("a", 1)), event)).isEqualTo(truth(notOne));
        assertThat(test(plain, event)).isEqualTo(truth(bare));
        assertThat(test(not(plain), event)).isEqualTo(truth(notBare));
        assertThat(test(defined("a"), event)).isEqualTo(truth(isDefined));
        assertThat(test(notDefined("a"), event)).isEqualTo(truth(isNotDefined));
    }

    @Test
    void logicHasThreeValues() {
        String event = "{\"b\":2}";
        assertThat(test(not(and(is("a", 1), is("b", 2))), event)).isEqualTo(Truth.UNDEFINED);
        assertThat(test(not(and(is("a", 1), is("b", 3))), event)).isEqualTo(Truth.TRUE);
        assertThat(test(or(is("a", 1), is("b", 2)), event)).isEqualTo(Truth.TRUE);
        assertThat(test(or(is("a", 1), is("b", 3)), event)).isEqualTo(Truth.UNDEFINED);
        assertThat(test(not(not(is("b", 2))), event)).isEqualTo(Truth.TRUE);
        assertThat(test(not(defined("a")), event)).isEqualTo(Truth.UNDEFINED);
    }

    @ParameterizedTest
    @CsvSource({
        "a.b, '{\"a\":{\"b\":1}}', 1",
        "a.b.c, '{\"a\":{\"b\":null}}', null",
        "a.b, '{\"a\":5}', -",
        "a.1, '{\"a\":[1,2]}', 2",
        "a.-1, '{\"a\":[1,2]}', 2",
        "a.-3, '{\"a\":[1,2]}', -",
        "a.2, '{\"a\":[1,2]}', -",
        "a.b, '{\"a\":[{\"b\":1},{\"c\":2},{\"b\":[3,4]}]}', '[1, 3, 4]'",
        "a.b, '{\"a\":[[{\"b\":1}],[{\"b\":2}]]}', '[1, 2]'",
        "a.b, '{\"a\":[]}', -"
    })
    void pathsReadObjectsListsAndFieldsOfElements(String dotted, String event, String expected) {
        Object value =
                evaluator.value(path(dotted), Scope.of(JsonText.ofString(event).object()));
        assertThat(value == Absent.MISSING ? "-" : String.valueOf(value)).isEqualTo(expected);
    }

    @Test
    void bigNumbersAreExact() {
        assertThat(test(is("a", 9007199254740993L), "{\"a\":9007199254740992}")).isEqualTo(Truth.FALSE);
        assertThat(test(is("a", 9007199254740993L), "{\"a\":9007199254740993}")).isEqualTo(Truth.TRUE);
        assertThat(test(is("a", 10_000_000_000L), "{\"a\":1e10}")).isEqualTo(Truth.TRUE);
        assertThat(test(compare(sum("a", '+', 1), Comparison.GREATER, path("a")), "{\"a\":2147483647}"))
                .isEqualTo(Truth.TRUE);
    }

    @Test
    void membershipTakesAnythingForAList() {
        Condition in = member(path("a"), Make.expression(List.of(1, "x")), false);
        assertThat(test(in, "{\"a\":1.0}")).isEqualTo(Truth.TRUE);
        assertThat(test(in, "{\"a\":\"1\"}")).isEqualTo(Truth.FALSE);
        assertThat(test(in, "{}")).isEqualTo(Truth.UNDEFINED);
        Condition notIn = member(path("a"), path("l"), true);
        assertThat(test(notIn, "{\"a\":null,\"l\":[1]}")).isEqualTo(Truth.TRUE);
        assertThat(test(notIn, "{\"a\":\"b\",\"l\":\"abc\"}")).isEqualTo(Truth.TRUE);
        assertThat(test(notIn, "{\"a\":1}")).isEqualTo(Truth.UNDEFINED);
    }

    @Test
    void searchLooksAtTheTextOfAnyValue() {
        assertThat(test(search(SearchKind.SEARCH, "2", false), "{\"a\":12}")).isEqualTo(Truth.TRUE);
        assertThat(test(search(SearchKind.MATCH, "2", false), "{\"a\":12}")).isEqualTo(Truth.FALSE);
        assertThat(test(search(SearchKind.SEARCH, "2", true), "{\"a\":null}")).isEqualTo(Truth.FALSE);
        assertThat(test(not(search(SearchKind.SEARCH, "2", false)), "{\"a\":null}"))
                .isEqualTo(Truth.TRUE);
        assertThat(test(search(SearchKind.SEARCH, "2", true), "{}")).isEqualTo(Truth.UNDEFINED);
    }

    @Test
    void anExpensivePatternGivesUpInsteadOfRunningOn() {
        String event = "{\"a\":\"" + "a".repeat(40) + "\"}";
        assertThat(test(search(SearchKind.SEARCH, "(a+)+b", false), event)).isEqualTo(Truth.FALSE);
    }

    @Test
    void aMissingOperandOfASumCountsAsNotWritten() {
        assertThat(test(compare(sum("a", '-', 1), Comparison.EQUAL, 1), "{\"a\":null}"))
                .isEqualTo(Truth.TRUE);
        assertThat(test(compare(sum("a", '+', 2), Comparison.EQUAL, 2), "{}")).isEqualTo(Truth.TRUE);
        assertThat(test(compare(sum("a", '+', "b"), Comparison.EQUAL, "ab"), "{\"a\":\"a\"}"))
                .isEqualTo(Truth.TRUE);
        assertThat(test(compare(sum("a", '+', 1), Comparison.NOT_EQUAL, 1), "{\"a\":true}"))
                .isEqualTo(Truth.UNDEFINED);
        assertThat(test(compare(sum("a", '/', 0), Comparison.NOT_EQUAL, 1), "{\"a\":1}"))
                .isEqualTo(Truth.UNDEFINED);
        assertThat(test(compare(sum("a", '/', 2), Comparison.EQUAL, 1.5), "{\"a\":3}"))
                .isEqualTo(Truth.TRUE);
    }

    @Test
    void selectAsksForOneElementAndItsNegationForOneThatFails() {
        assertThat(test(select(">=", 10, false), "{\"a\":[1,20]}")).isEqualTo(Truth.TRUE);
        assertThat(test(select(">=", 10, true), "{\"a\":[1,20]}")).isEqualTo(Truth.TRUE);
        assertThat(test(select(">=", 10, true), "{\"a\":[10,20]}")).isEqualTo(Truth.FALSE);
        assertThat(test(select(">=", 10, true), "{\"a\":[]}")).isEqualTo(Truth.FALSE);
        assertThat(test(select("!=", "1", false), "{\"a\":[1]}")).isEqualTo(Truth.TRUE);
        assertThat(test(select("!=", 1, false), "{\"a\":null}")).isEqualTo(Truth.FALSE);
        assertThat(test(select("match", "b", false), "{\"a\":\"abc\"}")).isEqualTo(Truth.TRUE);
    }

    @Test
    void selectattrLooksIntoObjectsOnly() {
        assertThat(test(selectAttr("==", 5), "{\"a\":[{\"v\":{\"w\":5}}]}")).isEqualTo(Truth.TRUE);
        assertThat(test(selectAttr("==", 5), "{\"a\":{\"v\":{\"w\":5}}}")).isEqualTo(Truth.TRUE);
        assertThat(test(selectAttr("==", 5), "{\"a\":[{\"v\":{}}]}")).isEqualTo(Truth.FALSE);
        assertThat(test(not(selectAttr("==", 5)), "{\"a\":[7]}")).isEqualTo(Truth.UNDEFINED);
        assertThat(test(selectAttr("==", 5), "{\"a\":{\"x\":1}}")).isEqualTo(Truth.FALSE);
        assertThat(test(not(selectAttr("==", 5)), "{\"a\":{}}")).isEqualTo(Truth.TRUE);
        assertThat(test(selectAttr("not in", List.of(1, 2)), "{\"a\":[{\"v\":{\"w\":3}}]}"))
                .isEqualTo(Truth.TRUE);
    }

    private Truth test(Condition condition, String event) {
        return evaluator.test(condition, Scope.of(JsonText.ofString(event).object()));
    }

    private static Truth truth(char letter) {
        return letter == 'T' ? Truth.TRUE : letter == 'F' ? Truth.FALSE : Truth.UNDEFINED;
    }

    private static Expression sum(String dotted, char operator, Object other) {
        return new Expression.Arithmetic(path(dotted), operator, Make.expression(other));
    }

    private static Condition member(Expression item, Expression list, boolean negated) {
        return new Condition.Membership(item, list, negated, false, "member");
    }

    private static Condition search(SearchKind kind, String pattern, boolean negated) {
        return new Condition.Search(path("a"), kind, Make.expression(pattern), false, false, negated, "search");
    }

    private static Condition select(String operator, Object value, boolean negated) {
        return new Condition.Select(path("a"), operator, Make.expression(value), negated, "select");
    }

    private static Condition selectAttr(String operator, Object value) {
        return new Condition.SelectAttr(
                path("a"), List.of("v", "w"), operator, Make.expression(value), false, "selectattr");
    }
}
