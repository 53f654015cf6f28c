// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import io.reflexarc.engine.template.Lexeme.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a template: text, outputs and statements. What reaches outside the template ({@code include}, {@code import},
 * {@code extends}) does not exist.
 */
final class TemplateParser {
    private static final int MAX_DEPTH = 60;

    private final LexemeCursor cursor;
    private final ExprParser expressions;
    private int depth;

    private TemplateParser(String template) {
        cursor = new LexemeCursor(TemplateLexer.lexemes(template));
        expressions = new ExprParser(cursor);
    }

    static List<Statement> parse(String template) {
        TemplateParser parser = new TemplateParser(template);
        List<Statement> body = parser.body(Set.of());
        if (parser.cursor.peek().kind() != Kind.END) {
            throw parser.cursor.unexpected();
        }
        return body;
    }

    /** Statements up to a block that begins with one of these names; the cursor then stands on the name. */
    private List<Statement> body(Set<String> ends) {
        if (++depth > MAX_DEPTH) {
            throw new TemplateFailure("the template is nested too deeply");
        }
        List<Statement> body = new ArrayList<>();
        while (cursor.peek().kind() != Kind.END) {
            Lexeme lexeme = cursor.take();
            if (lexeme.kind() == Kind.DATA) {
                body.add(new Statement.Data(lexeme.text()));
            } else if (lexeme.kind() == Kind.OUTPUT_BEGIN) {
                body.add(output());
            } else if (ends.contains(cursor.peek().text())) {
                depth--;
                return body;
            } else {
                body.add(block());
            }
        }
        depth--;
        return body;
    }

    private Statement output() {
        if (cursor.peek().kind() == Kind.OUTPUT_END) {
            throw new TemplateFailure("Expected an expression, got 'end of print statement'");
        }
        Expr expression = expressions.tuple();
        cursor.expect(Kind.OUTPUT_END);
        return new Statement.Output(expression);
    }

    private Statement block() {
        String name = cursor.expect(Kind.NAME).text();
        return switch (name) {
            case "if" -> branches();
            case "for" -> loop();
            case "set" -> assignment();
            case "with" -> with();
            case "macro" -> macro();
            case "call" -> callBlock();
            case "filter" -> {
                Expr filtered = expressions.filterChain(Statement.BODY);
                yield new Statement.Filtered(filtered, bodyUntil("endfilter"));
            }
            case "autoescape" -> {
                expressions.expression();
                yield new Statement.Group(bodyUntil("endautoescape"));
            }
            case "block" -> {
                cursor.expect(Kind.NAME);
                yield new Statement.Group(bodyUntil("endblock"));
            }
            default -> throw new TemplateFailure("Encountered unknown tag '" + name + "'.");
        };
    }

    private Statement branches() {
        List<Map.Entry<Expr, List<Statement>>> branches = new ArrayList<>();
        List<Statement> otherwise = List.of();
        String name = "if";
        while (!name.equals("endif")) {
            if (name.equals("else")) {
                cursor.expect(Kind.BLOCK_END);
                otherwise = body(Set.of("endif"));
            } else {
                Expr test = expressions.tuple();
                cursor.expect(Kind.BLOCK_END);
                branches.add(Map.entry(test, body(Set.of("elif", "else", "endif"))));
            }
            name = cursor.expect(Kind.NAME).text();
        }
        cursor.expect(Kind.BLOCK_END);
        return new Statement.If(branches, otherwise);
    }

    private Statement loop() {
        List<String> targets = targets();
        cursor.expectName("in");
        Expr items = expressions.withoutChoice();
        Optional<Expr> filter = cursor.acceptName("if") ? Optional.of(expressions.expression()) : Optional.empty();
        boolean recursive = cursor.acceptName("recursive");
        cursor.expect(Kind.BLOCK_END);
        List<Statement> body = body(Set.of("else", "endfor"));
        List<Statement> otherwise = List.of();
        if (cursor.acceptName("else")) {
            cursor.expect(Kind.BLOCK_END);
            otherwise = body(Set.of("endfor"));
        }
        cursor.expectName("endfor");
        cursor.expect(Kind.BLOCK_END);
        return new Statement.For(targets, items, filter, recursive, body, otherwise);
    }

    /** The rest of a block up to its end; the end of a {@code block} may repeat its name. */
    private List<Statement> bodyUntil(String end) {
        cursor.expect(Kind.BLOCK_END);
        List<Statement> body = body(Set.of(end));
        cursor.expectName(end);
        if (end.equals("endblock") && cursor.peek().kind() == Kind.NAME) {
            cursor.take();
        }
        cursor.expect(Kind.BLOCK_END);
        return body;
    }

    private Statement with() {
        List<Map.Entry<String, Expr>> names = new ArrayList<>();
        while (cursor.peek().kind() != Kind.BLOCK_END) {
            String name = cursor.expect(Kind.NAME).text();
            cursor.expect("=");
            names.add(Map.entry(name, expressions.expression()));
            if (cursor.peek().kind() != Kind.BLOCK_END) {
                cursor.expect(",");
            }
        }
        return new Statement.With(names, bodyUntil("endwith"));
    }

    private Statement macro() {
        String name = cursor.expect(Kind.NAME).text();
        return new Statement.Macro(function(name, "endmacro", () -> {}));
    }

    private Statement callBlock() {
        List<Expr> call = new ArrayList<>();
        Statement.Function caller = function("caller", "endcall", () -> call.add(expressions.expression()));
        if (!(call.getFirst() instanceof Expr.Call called)) {
            throw new TemplateFailure("expected call");
        }
        return new Statement.CallBlock(called, caller);
    }

    /** Parameters, what may stand behind them, and the body. */
    private Statement.Function function(String name, String end, Runnable behind) {
        List<String> parameters = new ArrayList<>();
        Map<String, Expr> defaults = new LinkedHashMap<>();
        if (cursor.accept("(")) {
            while (!cursor.accept(")")) {
                String parameter = cursor.expect(Kind.NAME).text();
                parameters.add(parameter);
                if (cursor.accept("=")) {
                    defaults.put(parameter, expressions.expression());
                } else if (!defaults.isEmpty()) {
                    throw new TemplateFailure("non-default argument follows default argument");
                }
                if (!cursor.peek().is(")")) {
                    cursor.expect(",");
                }
            }
        }
        behind.run();
        return new Statement.Function(name, parameters, defaults, bodyUntil(end));
    }

    private Statement assignment() {
        if (cursor.peekAfter().is(".")) {
            String namespace = cursor.expect(Kind.NAME).text();
            cursor.expect(".");
            String field = cursor.expect(Kind.NAME).text();
            cursor.expect("=");
            Expr value = expressions.tuple();
            cursor.expect(Kind.BLOCK_END);
            return new Statement.AssignField(namespace, field, value);
        }
        List<String> targets = targets();
        if (cursor.accept("=")) {
            Expr value = expressions.tuple();
            cursor.expect(Kind.BLOCK_END);
            return new Statement.Assign(targets, value);
        }
        Expr filtered = cursor.accept("|") ? expressions.filterChain(Statement.BODY) : Statement.BODY;
        return new Statement.Capture(targets.getFirst(), filtered, bodyUntil("endset"));
    }

    private List<String> targets() {
        boolean bracket = cursor.accept("(");
        List<String> targets = new ArrayList<>();
        do {
            targets.add(cursor.expect(Kind.NAME).text());
        } while (cursor.accept(","));
        if (bracket) {
            cursor.expect(")");
        }
        return targets;
    }
}
