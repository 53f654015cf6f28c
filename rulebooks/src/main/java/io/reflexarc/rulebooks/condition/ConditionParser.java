// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.condition;

import io.reflexarc.rulebooks.condition.Condition.Comparison;
import io.reflexarc.rulebooks.condition.Expression.Step;
import io.reflexarc.rulebooks.condition.Operand.Test;
import io.reflexarc.rulebooks.condition.Operand.Value;
import io.reflexarc.rulebooks.error.ErrorKind;
import java.util.List;
import java.util.Optional;

/**
 * Reads a condition, one method per production. Blanks and line ends are free, except inside a path and inside the
 * two-word keywords, whose words stand exactly one blank apart. {@code in}, {@code contains} and their {@code not} may be
 * written in letters of any case.
 *
 * <pre>
 * condition  = [ ( "events." | "facts." ) name "&lt;&lt;" ] logic ;
 * logic      = negation { ( "and" | "or" ) negation } ;            one precedence, from the left
 * negation   = "not" negation | test ;
 * test       = sum [ comparison | membership | property ] ;        no chains
 * comparison = ( "==" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" ) sum ;
 * membership = ( "in" | "not in" | "contains" | "not contains" ) sum ;
 * property   = ( "is" | "is not" ) ( "defined" | search | select | selectattr ) ;
 * search     = ( "match" | "search" | "regex" ) "(" scalar { "," ( "ignorecase" | "multiline" ) "=" boolean } ")" ;
 * select     = "select" "(" operator "," argument ")" ;
 * selectattr = "selectattr" "(" key "," operator "," argument ")" ;
 * sum        = product { ( "+" | "-" ) product } ;
 * product    = atom { ( "*" | "/" ) atom } ;
 * atom       = scalar | list | word | "(" logic ")" ;              a word is a string
 * argument   = scalar | list ;
 * list       = "[" scalar { "," scalar } "]" ;
 * scalar     = number | string | "true" | "True" | "false" | "False" | "null" | path ;
 * path       = ( "event" | "events" | "fact" | "facts" | "vars" ) { "." name | "[" ( string | integer ) "]" } ;
 * </pre>
 */
public final class ConditionParser {
    private final TokenCursor cursor;
    private final ExpressionParser expressions;
    private final FunctionParser functions;

    private ConditionParser(String text, Scope scope) {
        cursor = new TokenCursor(text);
        expressions = new ExpressionParser(cursor, new Names(scope, cursor), this::logic);
        functions = new FunctionParser(cursor, expressions);
    }

    /** Reads a whole condition. Never throws: what is wrong is in the result. */
    public static ParsedCondition parse(String text, Scope scope) {
        try {
            return new ConditionParser(text, scope).condition();
        } catch (ConditionSyntax e) {
            return new ParsedCondition(
                    new Condition.Bare(new Expression.Null(), text), Optional.empty(), List.of(e.error()));
        }
    }

    private ParsedCondition condition() {
        Optional<String> binding = binding();
        Condition condition = condition(logic());
        if (!(cursor.peek() instanceof Token.End)) {
            throw cursor.unexpected(leftOver());
        }
        return new ParsedCondition(condition, binding, cursor.problems());
    }

    private String leftOver() {
        Token token = cursor.peek();
        if (token.isWordOfAnyCase("and") || token.isWordOfAnyCase("or")) {
            return "\"and\" and \"or\" are written in lower case";
        }
        if (token.is("=")) {
            return "equality is written ==";
        }
        return "\"and\", \"or\" or the end must stand here";
    }

    /** {@code [ ( "events." | "facts." ) name "<<" ]} */
    private Optional<String> binding() {
        int arrows = -1;
        for (int i = 0; i < cursor.tokens().size(); i++) {
            arrows = cursor.tokens().get(i).is("<<") ? i : arrows;
        }
        if (arrows < 0) {
            return Optional.empty();
        }
        cursor.skipTo(arrows + 1);
        if (arrows == 1
                && cursor.tokens().getFirst() instanceof Token.PathToken path
                && (path.prefix().equals("events") || path.prefix().equals("facts"))
                && path.steps().size() == 1
                && path.steps().getFirst() instanceof Step.Name name) {
            return Optional.of(name.name());
        }
        cursor.problem(new ConditionError(
                ErrorKind.INVALID_ASSIGNMENT,
                cursor.tokens().getFirst().start(),
                "before << stands one name, as in events.first << event.a == 1"));
        return Optional.empty();
    }

    /** {@code logic = negation { ( "and" | "or" ) negation }} */
    private Operand logic() {
        Operand left = negation();
        while (cursor.peek().isWord("and") || cursor.peek().isWord("or")) {
            boolean and = cursor.take().isWord("and");
            Operand right = negation();
            String text = cursor.slice(left.start(), right.end());
            Condition condition = and
                    ? new Condition.And(condition(left), condition(right), text)
                    : new Condition.Or(condition(left), condition(right), text);
            left = new Test(condition, left.start(), right.end());
        }
        return left;
    }

    /** {@code negation = "not" negation | test} */
    private Operand negation() {
        Token token = cursor.peek();
        if (!cursor.acceptWord("not")) {
            return test();
        }
        cursor.enter();
        Operand inner = negation();
        cursor.leave();
        String text = cursor.slice(token.start(), inner.end());
        return new Test(new Condition.Not(condition(inner), text), token.start(), inner.end());
    }

    /** {@code test = sum [ comparison | membership | property ]} */
    private Operand test() {
        Operand left = expressions.sum();
        Optional<Operand> relation = relation(left);
        while (relation.isPresent()) {
            left = relation.get();
            relation = relation(left);
        }
        return left;
    }

    private Optional<Operand> relation(Operand left) {
        Optional<Comparison> operator = comparison();
        if (operator.isPresent()) {
            return Optional.of(compare(left, operator.get()));
        }
        if (cursor.acceptTwoWordsOfAnyCase("not", "in")) {
            return Optional.of(membership(left, true, false));
        }
        if (cursor.acceptTwoWordsOfAnyCase("not", "contains")) {
            return Optional.of(membership(left, true, true));
        }
        if (cursor.peek().isWordOfAnyCase("in") || cursor.peek().isWordOfAnyCase("contains")) {
            return Optional.of(membership(left, false, cursor.take().isWordOfAnyCase("contains")));
        }
        return cursor.peek().isWord("is") ? Optional.of(property(left)) : Optional.empty();
    }

    private Optional<Comparison> comparison() {
        for (Comparison operator : Comparison.values()) {
            if (cursor.accept(operator.symbol())) {
                return Optional.of(operator);
            }
        }
        return Optional.empty();
    }

    /** {@code comparison = ( "==" | "!=" | "<" | "<=" | ">" | ">=" ) sum} */
    private Operand compare(Operand left, Comparison operator) {
        Operand right = expressions.sum();
        String text = cursor.slice(left.start(), right.end());
        Condition condition =
                new Condition.Compare(expressions.expression(left), operator, expressions.expression(right), text);
        return new Test(condition, left.start(), right.end());
    }

    /** {@code membership = ( "in" | "not in" | "contains" | "not contains" ) sum} */
    private Operand membership(Operand left, boolean negated, boolean contains) {
        Operand right = expressions.sum();
        String text = cursor.slice(left.start(), right.end());
        Expression item = expressions.expression(contains ? right : left);
        Expression list = expressions.expression(contains ? left : right);
        return new Test(new Condition.Membership(item, list, negated, contains, text), left.start(), right.end());
    }

    /** {@code property = ( "is" | "is not" ) ( "defined" | search | select | selectattr )} */
    private Operand property(Operand left) {
        Token is = cursor.take();
        Token not = cursor.peek();
        boolean negated = cursor.acceptWord("not");
        if (negated) {
            cursor.requireOneBlank(is, not);
        }
        Condition condition = functions.property(left, negated);
        return new Test(condition, left.start(), left.start() + condition.text().length());
    }

    /** A test, or a value alone. */
    private Condition condition(Operand operand) {
        return switch (operand) {
            case Test test -> test.condition();
            case Value value -> bare(value);
        };
    }

    private Condition bare(Value value) {
        String text = cursor.slice(value.start(), value.end());
        switch (value.expression()) {
            case Expression.Path path -> {}
            case Expression.Text string -> {}
            case Expression.Truth truth -> {}
            case Expression.Whole number -> neverTrue(value, text);
            case Expression.Decimal number -> neverTrue(value, text);
            case Expression.Null nothing -> neverTrue(value, text);
            case Expression.ListOf list -> neverTrue(value, text);
            case Expression.Arithmetic sum -> neverTrue(value, text);
        }
        return new Condition.Bare(value.expression(), text);
    }

    private void neverTrue(Value value, String text) {
        // A part that was not understood is a null already and has its own error.
        boolean known = cursor.problems().stream()
                .anyMatch(problem -> problem.offset() >= value.start() && problem.offset() < value.end());
        if (!known) {
            cursor.problem(new ConditionError(
                    ErrorKind.UNSUPPORTED_EXPRESSION,
                    value.start(),
                    text + " alone is neither true nor false; compare it with something"));
        }
    }
}
