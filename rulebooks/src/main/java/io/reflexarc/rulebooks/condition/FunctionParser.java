// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.condition;

import io.reflexarc.rulebooks.condition.Condition.SearchKind;
import io.reflexarc.rulebooks.condition.Operand.Value;
import io.reflexarc.rulebooks.error.ErrorKind;
import io.reflexarc.rulebooks.error.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What can follow {@code is} and {@code is not}: {@code defined}, searches and selections. */
final class FunctionParser {
    private static final Set<String> PATTERN_OPERATORS = Set.of("regex", "search", "match");
    private static final Set<String> SELECT_OPERATORS =
            Set.of("==", "!=", ">", ">=", "<", "<=", "regex", "search", "match");
    private static final Set<String> SELECTATTR_OPERATORS = Set.of(
            "==", "!=", ">", ">=", "<", "<=", "regex", "search", "match", "in", "not in", "contains", "not contains");
    private static final String PATTERN_EXPECTED = "a pattern in quotes must stand here";
    private static final List<String> OPTIONS = List.of("ignorecase", "multiline");
    private static final List<String> PROPERTIES =
            List.of("defined", "not defined", "match", "search", "regex", "select", "selectattr");

    private final TokenCursor cursor;
    private final ExpressionParser expressions;

    FunctionParser(TokenCursor cursor, ExpressionParser expressions) {
        this.cursor = cursor;
        this.expressions = expressions;
    }

    /** {@code property = "defined" | search | select | selectattr}, after {@code is} and its {@code not}. */
    Condition property(Operand left, boolean negated) {
        Token token = cursor.peek();
        String word = cursor.word(token);
        boolean call = cursor.peekAfter().is("(");
        if (call && PATTERN_OPERATORS.contains(word)) {
            return search(left, SearchKind.valueOf(word.toUpperCase(Locale.ROOT)), negated);
        }
        if (call && word.equals("select")) {
            return select(left, negated);
        }
        if (call && word.equals("selectattr")) {
            return selectattr(left, negated);
        }
        if (word.equals("defined")) {
            cursor.take();
            return defined(left, negated, token);
        }
        return noSuchProperty(left, token, word);
    }

    private Condition noSuchProperty(Operand left, Token token, String word) {
        Operand right = expressions.sum();
        String message = "\"is " + word + "\" is no test; there are " + String.join(", ", PROPERTIES);
        boolean none = word.equalsIgnoreCase("none") || word.equals("null");
        cursor.problem(
                none
                        ? new ConditionError(
                                ErrorKind.INVALID_CONDITION,
                                token.start(),
                                message + "; to compare with null, write == null")
                        : new ConditionError(
                                ErrorKind.INVALID_CONDITION, token.start(), message, Nearest.hint(word, PROPERTIES)));
        return new Condition.Bare(new Expression.Null(), cursor.slice(left.start(), right.end()));
    }

    private Condition defined(Operand left, boolean negated, Token end) {
        String text = cursor.slice(left.start(), end.end());
        return switch (left) {
            case Value(Expression.Path path, boolean variable, int start, int stop) ->
                new Condition.Defined(path, negated, text);
            case Value(Expression literal, boolean variable, int start, int stop)
            when variable -> new Condition.Bare(new Expression.Truth(!negated), text);
            case Value value -> undefinable(value, text);
            case Operand.Test test -> undefinable(test, text);
        };
    }

    private Condition undefinable(Operand left, String text) {
        cursor.problem(new ConditionError(
                ErrorKind.UNSUPPORTED_EXPRESSION,
                left.start(),
                "only a path such as event.name can be defined or not"));
        return new Condition.Bare(new Expression.Null(), text);
    }

    /** Its template could not be rendered, which is noted already. */
    private boolean isUnknown(Value value) {
        return cursor.problems().stream().anyMatch(problem -> problem.offset() == value.start());
    }

    /** {@code search = ( "match" | "search" | "regex" ) "(" argument { "," option } ")"} */
    private Condition search(Operand left, SearchKind kind, boolean negated) {
        Token name = cursor.take();
        cursor.take();
        Value pattern = expressions.scalar(PATTERN_EXPECTED);
        if (!pattern.variable() && !isUnknown(pattern) && isNoPattern(pattern.expression())) {
            throw new ConditionSyntax(pattern.start(), PATTERN_EXPECTED);
        }
        boolean ignoreCase = false;
        boolean multiline = false;
        while (cursor.accept(",")) {
            Token option = cursor.peek();
            boolean value = option();
            ignoreCase = option.isWord("ignorecase") ? value : ignoreCase;
            multiline = option.isWord("multiline") ? value : multiline;
        }
        int end = close(name);
        Expression subject = expressions.expression(left);
        checkPattern(pattern, subject);
        String text = cursor.slice(left.start(), end);
        return new Condition.Search(subject, kind, pattern.expression(), ignoreCase, multiline, negated, text);
    }

    private static boolean isNoPattern(Expression expression) {
        return !(expression instanceof Expression.Text || expression instanceof Expression.Path);
    }

    /** {@code option = word "=" scalar} */
    private boolean option() {
        if (!(cursor.peek() instanceof Token.Word option) || !cursor.peekAfter().is("=")) {
            throw cursor.unexpected("after the pattern come ignorecase=true and multiline=true only");
        }
        cursor.take();
        cursor.take();
        Value value = expressions.scalar("true or false must follow " + option.text() + "=");
        if (!OPTIONS.contains(option.text())) {
            cursor.problem(new ConditionError(
                    ErrorKind.UNSUPPORTED_EXPRESSION,
                    option.start(),
                    "there is no option \"" + option.text() + "\"",
                    Nearest.hint(option.text(), OPTIONS)));
        }
        if (value.expression() instanceof Expression.Truth truth) {
            return truth.value();
        }
        unsupported(value.start(), option.text() + " must be true or false");
        return false;
    }

    private void checkPattern(Value pattern, Expression subject) {
        switch (pattern.expression()) {
            case Expression.Text text -> compile(text.value(), pattern.start());
            case Expression.Path path when !(subject instanceof Expression.Path) -> {
                // "text" is search(event.pattern): the pattern comes with the event
            }
            default ->
                unsupported(
                        pattern.start(),
                        "a pattern must be a string or a variable; a pattern from an event can be given to select");
        }
    }

    private void compile(String pattern, int offset) {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            cursor.problem(new ConditionError(
                    ErrorKind.INVALID_REGEX, offset, "not a regular expression: " + e.getDescription()));
        } catch (StackOverflowError e) {
            cursor.problem(new ConditionError(ErrorKind.INVALID_REGEX, offset, "this pattern is nested too deeply"));
        }
    }

    /** {@code select = "select" "(" operator "," argument ")"} */
    private Condition select(Operand left, boolean negated) {
        Token name = cursor.take();
        cursor.take();
        Value operator = expressions.argument();
        cursor.expect(",", "the operator of select");
        Value value = expressions.argument();
        int end = close(name);
        String word = operator(operator, SELECT_OPERATORS, ErrorKind.UNSUPPORTED_SELECT_OPERATOR, value);
        Expression list = expressions.expression(left);
        return new Condition.Select(list, word, value.expression(), negated, cursor.slice(left.start(), end));
    }

    /** {@code selectattr = "selectattr" "(" key "," operator "," argument ")"} */
    private Condition selectattr(Operand left, boolean negated) {
        Token name = cursor.take();
        cursor.take();
        Value key = expressions.argument();
        cursor.expect(",", "the key of selectattr");
        Value operator = expressions.argument();
        cursor.expect(",", "the operator of selectattr");
        Value value = expressions.argument();
        int end = close(name);
        String word = operator(operator, SELECTATTR_OPERATORS, ErrorKind.UNSUPPORTED_SELECTATTR_OPERATOR, value);
        if (value.expression() instanceof Expression.Path) {
            unsupported(value.start(), "selectattr compares with a literal or a variable only");
        }
        Expression list = expressions.expression(left);
        String text = cursor.slice(left.start(), end);
        return new Condition.SelectAttr(list, key(key), word, value.expression(), negated, text);
    }

    private List<String> key(Value key) {
        if (key.expression() instanceof Expression.Text text) {
            return List.of(text.value().split("\\.", -1));
        }
        unsupported(key.start(), "the key of selectattr must be a string");
        return List.of("");
    }

    private String operator(Value operator, Set<String> known, ErrorKind kind, Value value) {
        String word = operator.expression() instanceof Expression.Text text ? text.value() : "";
        if (!known.contains(word)) {
            cursor.problem(new ConditionError(
                    kind,
                    operator.start(),
                    cursor.slice(operator.start(), operator.end()) + " is no operator here; there are "
                            + String.join(", ", new TreeSet<>(known)),
                    Nearest.hint(word, known)));
        } else if (PATTERN_OPERATORS.contains(word) && value.expression() instanceof Expression.Text pattern) {
            compile(pattern.value(), value.start());
        }
        return word;
    }

    private int close(Token function) {
        int end = cursor.peek().end();
        cursor.expect(")", "the arguments of " + cursor.word(function));
        return end;
    }

    private void unsupported(int offset, String message) {
        cursor.problem(new ConditionError(ErrorKind.UNSUPPORTED_EXPRESSION, offset, message));
    }
}
