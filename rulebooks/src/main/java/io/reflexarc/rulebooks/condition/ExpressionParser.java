// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.condition;

import io.reflexarc.rulebooks.condition.Expression.Arithmetic;
import io.reflexarc.rulebooks.condition.Operand.Value;
import io.reflexarc.rulebooks.error.ErrorKind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The lower productions of {@link ConditionParser}'s grammar: what can be compared. */
final class ExpressionParser {
    private static final int MAX_DIGITS = 400;

    private final TokenCursor cursor;
    private final Names names;
    private final Supplier<Operand> logic;

    ExpressionParser(TokenCursor cursor, Names names, Supplier<Operand> logic) {
        this.cursor = cursor;
        this.names = names;
        this.logic = logic;
    }

    /** {@code sum = product { ( "+" | "-" ) product }} */
    Operand sum() {
        Operand left = product();
        while (cursor.peek().is("+") || cursor.peek().is("-")) {
            Token operator = cursor.take();
            Operand right = product();
            refuseDash(operator, left, right);
            left = arithmetic(left, operator, right);
        }
        return left;
    }

    /** {@code event.my-key} is a subtraction, but nobody means it. */
    private void refuseDash(Token operator, Operand left, Operand right) {
        boolean touching = left.end() == operator.start() && operator.end() == right.start();
        if (touching
                && operator.is("-")
                && left instanceof Value(Expression.Path path, boolean v, int s, int e)
                && right instanceof Value(Expression.Text text, boolean v2, int s2, int e2)) {
            cursor.problem(new ConditionError(
                    ErrorKind.INVALID_IDENTIFIER,
                    left.start(),
                    cursor.slice(left.start(), right.end()) + " subtracts \"" + text.value() + "\" from " + path.text()
                            + "; a key with a dash is written [\"…-" + text.value() + "\"]"));
        }
    }

    /** {@code product = atom { ( "*" | "/" ) atom }} */
    private Operand product() {
        Operand left = atom();
        while (cursor.peek().is("*") || cursor.peek().is("/")) {
            Token operator = cursor.take();
            left = arithmetic(left, operator, atom());
        }
        return left;
    }

    private Operand arithmetic(Operand left, Token operator, Operand right) {
        char symbol = cursor.word(operator).charAt(0);
        return new Value(new Arithmetic(expression(left), symbol, expression(right)), false, left.start(), right.end());
    }

    /** The value of an operand; a test is none. */
    Expression expression(Operand operand) {
        return switch (operand) {
            case Value value -> value.expression();
            case Operand.Test test -> {
                cursor.problem(new ConditionError(
                        ErrorKind.UNSUPPORTED_EXPRESSION,
                        test.start(),
                        cursor.slice(test.start(), test.end())
                                + " is true or false and cannot be compared; join tests with and, or, not"));
                yield new Expression.Null();
            }
        };
    }

    /** {@code atom = literal | list | path | "(" logic ")"} */
    private Operand atom() {
        Token token = cursor.peek();
        if (token.is("(")) {
            return group();
        }
        if (token.is("[")) {
            return list();
        }
        if (token instanceof Token.Word word && !isLiteral(word)) {
            cursor.take();
            return new Value(new Expression.Text(word.text()), false, token.start(), token.end());
        }
        return scalar("a value must stand here: a path such as event.name, a number or a string");
    }

    private Operand group() {
        Token open = cursor.take();
        cursor.enter();
        Operand inner = logic.get();
        cursor.leave();
        int end = cursor.peek().end();
        cursor.expect(")", "what the ( at character " + (open.start() + 1) + " encloses");
        return switch (inner) {
            case Value(Expression expression, boolean variable, int start, int stop) ->
                new Value(expression, variable, open.start(), end);
            case Operand.Test(Condition condition, int start, int stop) ->
                new Operand.Test(condition, open.start(), end);
        };
    }

    /** {@code list = "[" scalar { "," scalar } "]"} */
    private Value list() {
        Token open = cursor.take();
        List<Expression> items = new ArrayList<>();
        do {
            items.add(item());
        } while (cursor.accept(","));
        int end = cursor.peek().end();
        cursor.expect("]", "the last item of a list");
        return new Value(new Expression.ListOf(items), false, open.start(), end);
    }

    private Expression item() {
        Value item = scalar("an item must stand here: a number, a quoted string, true, false or null");
        if (item.expression() instanceof Expression.Path || item.expression() instanceof Expression.ListOf) {
            cursor.problem(new ConditionError(
                    ErrorKind.UNSUPPORTED_EXPRESSION, item.start(), "only literals can be items of a list"));
            return new Expression.Null();
        }
        return item.expression();
    }

    /** {@code argument = scalar | list} */
    Value argument() {
        return cursor.peek().is("[") ? list() : scalar("an argument must stand here; put text in quotes");
    }

    /** {@code scalar = [ "+" | "-" ] digits | quoted | "true" | "false" | "null" | path} */
    Value scalar(String expectation) {
        Token token = cursor.peek();
        return switch (token) {
            case Token.Digits digits -> number(digits, false, digits.start());
            case Token.Symbol sign when sign.is("+") || sign.is("-") -> signed(sign);
            case Token.Quoted quoted -> {
                cursor.take();
                yield new Value(names.text(quoted.text(), quoted), false, quoted.start(), quoted.end());
            }
            case Token.PathToken path -> {
                cursor.take();
                boolean variable = path.prefix().equals("vars");
                Expression meaning = variable ? names.variable(path) : names.path(path);
                yield new Value(meaning, variable, path.start(), path.end());
            }
            case Token.Word word
            when isLiteral(word) -> {
                cursor.take();
                yield new Value(literal(word), false, word.start(), word.end());
            }
            case Token.Word word -> throw cursor.unexpected(expectation);
            case Token.Symbol symbol -> throw cursor.unexpected(expectation);
            case Token.End end -> throw cursor.unexpected(expectation);
        };
    }

    private Value signed(Token.Symbol sign) {
        if (cursor.peekAfter() instanceof Token.Digits digits && digits.start() == sign.end()) {
            cursor.take();
            return number(digits, sign.is("-"), sign.start());
        }
        throw cursor.unexpected("a sign can only stand right before a number; to negate a field, subtract it from 0");
    }

    private Value number(Token.Digits digits, boolean negative, int start) {
        cursor.take();
        String text = (negative ? "-" : "") + digits.text();
        if (text.chars().allMatch(c -> c == '-' || Character.isDigit(c)) && text.length() <= MAX_DIGITS) {
            return new Value(new Expression.Whole(new BigInteger(text)), false, start, digits.end());
        }
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            cursor.problem(new ConditionError(ErrorKind.UNSUPPORTED_EXPRESSION, start, "this number is too large"));
        }
        return new Value(new Expression.Decimal(value), false, start, digits.end());
    }

    private static boolean isLiteral(Token.Word word) {
        return switch (word.text()) {
            case "true", "True", "false", "False", "null" -> true;
            default -> false;
        };
    }

    private static Expression literal(Token.Word word) {
        return switch (word.text()) {
            case "true", "True" -> new Expression.Truth(true);
            case "false", "False" -> new Expression.Truth(false);
            default -> new Expression.Null();
        };
    }
}
