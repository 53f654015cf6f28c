// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.rulebooks.condition.Condition.Comparison;
import io.reflexarc.rulebooks.condition.Condition.SearchKind;
import io.reflexarc.rulebooks.condition.Expression.Path;
import io.reflexarc.rulebooks.condition.Expression.Step;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ConditionParserPropertyTest {
    private static final Scope SCOPE =
            new Scope(JsonText.EMPTY_OBJECT, StringTemplate.NONE, Set.of("first"), Set.of("m_1"), true);

    /** A tree and the text that means it. */
    private record Printed<T>(T tree, String text) {}

    @Property(tries = 2_000)
    void readsEveryPrintedTreeBack(@ForAll("conditions") Printed<Condition> printed) {
        ParsedCondition parsed = ConditionParser.parse(printed.text(), SCOPE);

        assertThat(parsed.errors()).isEmpty();
        assertThat(parsed.condition()).isEqualTo(printed.tree());
    }

    @Property(tries = 5_000)
    void neverThrowsWhateverTheText(@ForAll("shreds") String text) {
        ParsedCondition parsed = ConditionParser.parse(text, SCOPE);

        assertThat(parsed.errors())
                .allSatisfy(error -> assertThat(error.offset()).isBetween(0, text.length()));
    }

    @Property
    void neverThrowsWhateverTheCharacters(@ForAll String text) {
        assertThat(ConditionParser.parse(text, SCOPE).condition().text()).isNotNull();
    }

    @Provide
    Arbitrary<String> shreds() {
        return Arbitraries.of(
                        "event",
                        "events",
                        "vars",
                        ".a",
                        ".first",
                        "[0]",
                        "['k']",
                        "[",
                        "]",
                        "(",
                        ")",
                        "==",
                        "!=",
                        "<",
                        "<<",
                        ">=",
                        "=",
                        "+",
                        "-",
                        "*",
                        "/",
                        ",",
                        " ",
                        "  ",
                        "\n",
                        "and",
                        "or",
                        "not",
                        "in",
                        "contains",
                        "is",
                        "defined",
                        "match",
                        "select",
                        "selectattr",
                        "true",
                        "null",
                        "1",
                        "1.5",
                        "1e9",
                        "'a'",
                        "\"",
                        "'",
                        "{{",
                        "}}",
                        "é",
                        "日",
                        "ignorecase",
                        "#",
                        "\\",
                        "_",
                        "\uD83D",
                        "0x1")
                .list()
                .ofMaxSize(14)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<Printed<Condition>> conditions() {
        return Arbitraries.lazyOf(
                this::tests,
                this::tests,
                this::tests,
                () -> joined(true),
                () -> joined(false),
                () -> conditions().map(inner -> {
                    String text = "not (" + inner.text() + ")";
                    return new Printed<>(new Condition.Not(inner.tree(), text), text);
                }));
    }

    private Arbitrary<Printed<Condition>> joined(boolean and) {
        return Combinators.combine(conditions(), conditions()).as((left, right) -> {
            String text = "(" + left.text() + ")" + (and ? " and " : "\nor ") + "(" + right.text() + ")";
            Condition tree = and
                    ? new Condition.And(left.tree(), right.tree(), text)
                    : new Condition.Or(left.tree(), right.tree(), text);
            return new Printed<>(tree, text);
        });
    }

    private Arbitrary<Printed<Condition>> tests() {
        return Arbitraries.oneOf(comparisons(), memberships(), properties(), searches());
    }

    private Arbitrary<Printed<Condition>> comparisons() {
        return Combinators.combine(sums(), Arbitraries.of(Comparison.class), sums())
                .as((left, operator, right) -> {
                    String text = left.text() + " " + operator.symbol() + " " + right.text();
                    return new Printed<>(new Condition.Compare(left.tree(), operator, right.tree(), text), text);
                });
    }

    private Arbitrary<Printed<Condition>> memberships() {
        return Combinators.combine(sums(), lists(), Arbitraries.of(true, false), Arbitraries.of(true, false))
                .as((item, list, negated, contains) -> {
                    String keyword = (negated ? "not " : "") + (contains ? "contains" : "in");
                    String text = contains
                            ? list.text() + " " + keyword + " " + item.text()
                            : item.text() + " " + keyword + " " + list.text();
                    return new Printed<>(
                            new Condition.Membership(item.tree(), list.tree(), negated, contains, text), text);
                });
    }

    private Arbitrary<Printed<Condition>> properties() {
        return Combinators.combine(
                        paths(),
                        literals(),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 2))
                .as((path, value, negated, kind) -> {
                    String start = path.text() + (negated ? " is not " : " is ");
                    String select = start + "select('>=', " + value.text() + ")";
                    String selectattr = start + "selectattr('k.l', 'not in', " + value.text() + ")";
                    return switch (kind) {
                        case 0 ->
                            new Printed<Condition>(
                                    new Condition.Defined(path.tree(), negated, start + "defined"), start + "defined");
                        case 1 ->
                            new Printed<Condition>(
                                    new Condition.Select(path.tree(), ">=", value.tree(), negated, select), select);
                        default ->
                            new Printed<Condition>(
                                    new Condition.SelectAttr(
                                            path.tree(),
                                            List.of("k", "l"),
                                            "not in",
                                            value.tree(),
                                            negated,
                                            selectattr),
                                    selectattr);
                    };
                });
    }

    private Arbitrary<Printed<Condition>> searches() {
        return Combinators.combine(
                        paths(),
                        Arbitraries.of(SearchKind.class),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as((path, kind, ignoreCase, multiline, negated) -> {
                    String text = path.text() + (negated ? " is not " : " is ")
                            + kind.name().toLowerCase(java.util.Locale.ROOT) + "(\"a+\"" + ", ignorecase=" + ignoreCase
                            + ", multiline=" + multiline + ")";
                    Expression pattern = new Expression.Text("a+");
                    return new Printed<>(
                            new Condition.Search(path.tree(), kind, pattern, ignoreCase, multiline, negated, text),
                            text);
                });
    }

    private Arbitrary<Printed<Expression>> sums() {
        Arbitrary<Printed<Expression>> values =
                Arbitraries.oneOf(literals(), paths().map(ConditionParserPropertyTest::widen));
        Arbitrary<Printed<Expression>> pairs = Combinators.combine(values, Arbitraries.of('+', '-', '*', '/'), values)
                .as((left, operator, right) -> new Printed<>(
                        new Expression.Arithmetic(left.tree(), operator, right.tree()),
                        "(" + left.text() + " " + operator + " " + right.text() + ")"));
        return Arbitraries.oneOf(values, pairs);
    }

    private static Printed<Expression> widen(Printed<Path> path) {
        return new Printed<>(path.tree(), path.text());
    }

    private Arbitrary<Printed<Expression>> lists() {
        return literals()
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(items -> new Printed<>(
                        new Expression.ListOf(items.stream().map(Printed::tree).toList()),
                        "["
                                + String.join(
                                        ", ", items.stream().map(Printed::text).toList()) + "]"));
    }

    private Arbitrary<Printed<Expression>> literals() {
        Arbitrary<Printed<Expression>> wholes = Arbitraries.bigIntegers()
                .between(BigInteger.TEN.pow(30).negate(), BigInteger.TEN.pow(30))
                .map(value -> new Printed<>(new Expression.Whole(value), value.toString()));
        Arbitrary<Printed<Expression>> decimals = Arbitraries.doubles()
                .map(value -> new Printed<>(new Expression.Decimal(value), Double.toString(value)));
        Arbitrary<Printed<Expression>> texts = Arbitraries.strings()
                .excludeChars('"', '\n', '\\', '{', '}')
                .ofMaxLength(8)
                .map(value -> new Printed<>(new Expression.Text(value), "\"" + value + "\""));
        Arbitrary<Printed<Expression>> words = Arbitraries.of(
                new Printed<>(new Expression.Truth(true), "true"),
                new Printed<>(new Expression.Truth(false), "False"),
                new Printed<>(new Expression.Null(), "null"));
        return Arbitraries.oneOf(wholes, decimals, texts, words);
    }

    private Arbitrary<Printed<Path>> paths() {
        Arbitrary<Printed<Step>> names = Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars('_', 'é')
                .ofMinLength(1)
                .ofMaxLength(6)
                .filter(name -> !Character.isDigit(name.charAt(0)))
                .map(name -> new Printed<>(new Step.Name(name), "." + name));
        Arbitrary<Printed<Step>> keys = Arbitraries.strings()
                .excludeChars('\'', '\n')
                .ofMaxLength(6)
                .map(key -> new Printed<>(new Step.Key(key), "['" + key + "']"));
        Arbitrary<Printed<Step>> indexes =
                Arbitraries.integers().map(index -> new Printed<>(new Step.Index(index), "[" + index + "]"));
        return Combinators.combine(
                        Arbitraries.of("event", "fact", "events.first"),
                        Arbitraries.oneOf(names, keys, indexes)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(4))
                .as((prefix, steps) -> {
                    String text = prefix
                            + String.join("", steps.stream().map(Printed::text).toList());
                    String binding = prefix.equals("events.first") ? "first" : "";
                    return new Printed<>(
                            new Path(binding, steps.stream().map(Printed::tree).toList(), text), text);
                });
    }
}
