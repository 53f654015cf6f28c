// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import io.reflexarc.engine.template.Lexeme.Kind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads an expression, one method per production.
 *
 * <pre>
 * tuple      = expression { "," expression } [ "," ] ;
 * expression = or { "if" or [ "else" expression ] } ;
 * or         = and { "or" and } ;
 * and        = not { "and" not } ;
 * not        = "not" not | comparison ;
 * comparison = sum { ( "==" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "in" | "not" "in" ) sum } ;
 * sum        = concat { ( "+" | "-" ) concat } ;
 * concat     = product { "~" product } ;
 * product    = power { ( "*" | "/" | "//" | "%" ) power } ;
 * power      = unary { "**" unary } ;
 * unary      = ( ( "-" | "+" ) unary | primary ) postfix { filter | test } ;
 * postfix    = { "." name | "[" subscript "]" | "(" arguments ")" } ;
 * filter     = "|" name { "." name } [ "(" arguments ")" ] ;
 * test       = "is" [ "not" ] name [ "(" arguments ")" | primary postfix ] ;
 * </pre>
 */
final class ExprParser {
    private static final int MAX_DEPTH = 60;
    private static final int MAX_DIGITS = 4_000;
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

    private final LexemeCursor cursor;
    private int depth;

    ExprParser(LexemeCursor cursor) {
        this.cursor = cursor;
    }

    /** {@code tuple = expression { "," expression } [ "," ]} */
    Expr tuple() {
        Expr first = expression();
        if (!cursor.peek().is(",")) {
            return first;
        }
        List<Expr> items = new ArrayList<>(List.of(first));
        while (cursor.accept(",")) {
            if (endsTuple()) {
                break;
            }
            items.add(expression());
        }
        return new Expr.Items(items, Value.Kind.TUPLE);
    }

    private boolean endsTuple() {
        Lexeme next = cursor.peek();
        return next.is(")") || next.kind() == Kind.OUTPUT_END || next.kind() == Kind.BLOCK_END;
    }

    /** {@code expression = or { "if" or [ "else" expression ] }} */
    Expr expression() {
        enter();
        Expr expression = or();
        while (cursor.acceptName("if")) {
            Expr test = or();
            Optional<Expr> otherwise = cursor.acceptName("else") ? Optional.of(expression()) : Optional.empty();
            expression = new Expr.Choice(test, expression, otherwise);
        }
        depth--;
        return expression;
    }

    /** What can stand after {@code in} of a loop, where {@code if} filters. */
    Expr withoutChoice() {
        return or();
    }

    private void enter() {
        if (++depth > MAX_DEPTH) {
            throw new TemplateFailure("the expression is nested too deeply");
        }
    }

    private Expr or() {
        Expr left = and();
        while (cursor.acceptName("or")) {
            left = new Expr.Or(left, and());
        }
        return left;
    }

    private Expr and() {
        Expr left = not();
        while (cursor.acceptName("and")) {
            left = new Expr.And(left, not());
        }
        return left;
    }

    private Expr not() {
        if (!cursor.acceptName("not")) {
            return comparison();
        }
        enter();
        Expr operand = not();
        depth--;
        return new Expr.Not(operand);
    }

    private Expr comparison() {
        Expr first = sum();
        List<Map.Entry<String, Expr>> rest = new ArrayList<>();
        while (true) {
            if (COMPARISONS.contains(cursor.peek().text()) && cursor.peek().kind() == Kind.OPERATOR) {
                String operator = cursor.take().text();
                rest.add(Map.entry(operator, sum()));
            } else if (cursor.acceptName("in")) {
                rest.add(Map.entry("in", sum()));
            } else if (cursor.peek().isName("not") && cursor.peekAfter().isName("in")) {
                cursor.take();
                cursor.take();
                rest.add(Map.entry("not in", sum()));
            } else {
                return rest.isEmpty() ? first : new Expr.Comparison(first, rest);
            }
        }
    }

    private Expr sum() {
        Expr left = concat();
        while (cursor.peek().is("+") || cursor.peek().is("-")) {
            left = new Expr.Calculation(cursor.take().text(), left, concat());
        }
        return left;
    }

    private Expr concat() {
        Expr left = product();
        while (cursor.accept("~")) {
            left = new Expr.Calculation("~", left, product());
        }
        return left;
    }

    private Expr product() {
        Expr left = power();
        while (cursor.peek().is("*")
                || cursor.peek().is("/")
                || cursor.peek().is("//")
                || cursor.peek().is("%")) {
            left = new Expr.Calculation(cursor.take().text(), left, power());
        }
        return left;
    }

    private Expr power() {
        Expr left = unary(true);
        while (cursor.accept("**")) {
            left = new Expr.Calculation("**", left, unary(true));
        }
        return left;
    }

    private Expr unary(boolean filters) {
        enter();
        Expr expression = cursor.peek().is("-") || cursor.peek().is("+")
                ? new Expr.Sign(cursor.take().is("-"), unary(false))
                : primary();
        expression = postfix(expression);
        expression = filters ? filters(expression) : expression;
        depth--;
        return expression;
    }

    private Expr primary() {
        Lexeme lexeme = cursor.peek();
        return switch (lexeme.kind()) {
            case NAME -> name(cursor.take().text());
            case STRING -> string();
            case INTEGER -> new Expr.Constant(integer(cursor.take().text()));
            case FLOAT ->
                new Expr.Constant(
                        new Value.Float(Double.parseDouble(cursor.take().text().replace("_", ""))));
            case OPERATOR -> bracket();
            case DATA, OUTPUT_BEGIN, OUTPUT_END, BLOCK_BEGIN, BLOCK_END, END -> throw cursor.unexpected();
        };
    }

    private static Expr name(String name) {
        return switch (name) {
            case "true", "True" -> new Expr.Constant(Value.TRUE);
            case "false", "False" -> new Expr.Constant(Value.FALSE);
            case "none", "None" -> new Expr.Constant(Value.NONE);
            default -> new Expr.Name(name);
        };
    }

    private Expr string() {
        StringBuilder text = new StringBuilder();
        while (cursor.peek().kind() == Kind.STRING) {
            text.append(cursor.take().text());
        }
        return new Expr.Constant(Value.of(text.toString()));
    }

    private static Value integer(String written) {
        String digits = written.replace("_", "").toLowerCase(Locale.ROOT);
        if (digits.length() > MAX_DIGITS) {
            throw new TemplateFailure("the number is too large");
        }
        int radix = digits.startsWith("0x") ? 16 : digits.startsWith("0o") ? 8 : digits.startsWith("0b") ? 2 : 10;
        return new Value.Int(new BigInteger(radix == 10 ? digits : digits.substring(2), radix));
    }

    private Expr bracket() {
        if (cursor.accept("(")) {
            Expr inner = cursor.peek().is(")") ? new Expr.Items(List.of(), Value.Kind.TUPLE) : tuple();
            cursor.expect(")");
            return inner;
        }
        if (cursor.accept("[")) {
            return list();
        }
        if (cursor.accept("{")) {
            return dict();
        }
        throw cursor.unexpected();
    }

    private Expr list() {
        List<Expr> items = new ArrayList<>();
        while (!cursor.peek().is("]")) {
            items.add(expression());
            if (!cursor.peek().is("]")) {
                cursor.expect(",");
            }
        }
        cursor.take();
        return new Expr.Items(items, Value.Kind.LIST);
    }

    private Expr dict() {
        List<Map.Entry<Expr, Expr>> entries = new ArrayList<>();
        while (!cursor.peek().is("}")) {
            Expr key = expression();
            cursor.expect(":");
            entries.add(Map.entry(key, expression()));
            if (!cursor.peek().is("}")) {
                cursor.expect(",");
            }
        }
        cursor.take();
        return new Expr.Entries(entries);
    }

    private Expr postfix(Expr target) {
        Expr expression = target;
        while (true) {
            if (cursor.accept(".")) {
                expression = attribute(expression);
            } else if (cursor.accept("[")) {
                expression = subscript(expression);
            } else if (cursor.peek().is("(")) {
                expression = new Expr.Call(expression, arguments());
            } else {
                return expression;
            }
        }
    }

    private Expr attribute(Expr target) {
        if (cursor.peek().kind() == Kind.INTEGER) {
            return new Expr.Item(target, new Expr.Constant(integer(cursor.take().text())));
        }
        return new Expr.Attribute(target, cursor.expect(Kind.NAME).text());
    }

    private Expr subscript(Expr target) {
        Optional<Expr> from = cursor.peek().is(":") ? Optional.empty() : Optional.of(expression());
        if (!cursor.peek().is(":")) {
            cursor.expect("]");
            return new Expr.Item(target, from.orElseThrow());
        }
        Optional<Expr> to = bound();
        Optional<Expr> step = cursor.peek().is(":") ? bound() : Optional.empty();
        cursor.expect("]");
        return new Expr.Slice(target, from, to, step);
    }

    private Optional<Expr> bound() {
        cursor.expect(":");
        return cursor.peek().is(":") || cursor.peek().is("]") ? Optional.empty() : Optional.of(expression());
    }

    private Expr.Args arguments() {
        cursor.expect("(");
        List<Expr> positional = new ArrayList<>();
        Map<String, Expr> named = new LinkedHashMap<>();
        while (!cursor.peek().is(")")) {
            if (cursor.peek().kind() == Kind.NAME && cursor.peekAfter().is("=")) {
                String name = cursor.take().text();
                cursor.take();
                named.put(name, expression());
            } else if (named.isEmpty()) {
                positional.add(expression());
            } else {
                throw new TemplateFailure("invalid syntax for function call expression");
            }
            if (!cursor.peek().is(")")) {
                cursor.expect(",");
            }
        }
        cursor.take();
        return new Expr.Args(positional, named);
    }

    private Expr filters(Expr target) {
        Expr expression = target;
        while (true) {
            if (cursor.accept("|")) {
                expression = new Expr.Filter(expression, dotted(), optionalArguments());
            } else if (cursor.acceptName("is")) {
                expression = test(expression);
            } else if (cursor.peek().is("(")) {
                expression = new Expr.Call(expression, arguments());
            } else {
                return expression;
            }
        }
    }

    /** {@code name [ "(" arguments ")" ] { filter }}, applied to this. */
    Expr filterChain(Expr target) {
        return filters(new Expr.Filter(target, dotted(), optionalArguments()));
    }

    private String dotted() {
        StringBuilder name = new StringBuilder(cursor.expect(Kind.NAME).text());
        while (cursor.accept(".")) {
            name.append('.').append(cursor.expect(Kind.NAME).text());
        }
        return name.toString();
    }

    private Expr.Args optionalArguments() {
        return cursor.peek().is("(") ? arguments() : Expr.Args.NONE;
    }

    private Expr test(Expr target) {
        boolean negated = cursor.acceptName("not");
        String name = cursor.expect(Kind.NAME).text();
        return new Expr.Test(target, name, testArguments(), negated);
    }

    /** The one argument of a test may stand without brackets. */
    private Expr.Args testArguments() {
        Lexeme next = cursor.peek();
        if (next.is("(")) {
            return arguments();
        }
        boolean operand = switch (next.kind()) {
            case NAME -> !Set.of("else", "or", "and", "if", "in", "not", "is").contains(next.text());
            case STRING, INTEGER, FLOAT -> true;
            case OPERATOR -> next.is("[") || next.is("{");
            case DATA, OUTPUT_BEGIN, OUTPUT_END, BLOCK_BEGIN, BLOCK_END, END -> false;
        };
        return operand ? new Expr.Args(List.of(postfix(primary())), Map.of()) : Expr.Args.NONE;
    }
}
