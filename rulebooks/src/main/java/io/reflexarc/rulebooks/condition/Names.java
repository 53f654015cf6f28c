// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.condition;

import static io.reflexarc.rulebooks.error.ErrorKind.INVALID_IDENTIFIER;
import static io.reflexarc.rulebooks.error.ErrorKind.UNDEFINED_VARIABLE;
import static io.reflexarc.rulebooks.error.ErrorKind.UNKNOWN_VARIABLE;
import static io.reflexarc.rulebooks.error.ErrorKind.UNSUPPORTED_VARIABLE_TYPE;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.rulebooks.condition.Expression.Null;
import io.reflexarc.rulebooks.condition.Expression.Path;
import io.reflexarc.rulebooks.condition.Expression.Step;
import io.reflexarc.rulebooks.error.ErrorKind;
import io.reflexarc.rulebooks.error.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gives the names and templates of a condition their meaning. What means nothing is noted and replaced by {@code null}. */
final class Names {
    private static final Set<String> PLURALS = Set.of("events", "facts");
    private static final Pattern NUMBERED = Pattern.compile("m_[0-9]+");

    private final Scope scope;
    private final TokenCursor cursor;
    private @Nullable JsonNode variables;

    Names(Scope scope, TokenCursor cursor) {
        this.scope = scope;
        this.cursor = cursor;
    }

    /** The meaning of a path that does not begin with {@code vars}. */
    Expression path(Token.PathToken token) {
        List<Step> steps = token.steps();
        if (steps.isEmpty()) {
            return unknown(INVALID_IDENTIFIER, token, "a field must follow, as in " + token.prefix() + ".name");
        }
        if (!PLURALS.contains(token.prefix())) {
            return new Path("", steps, cursor.word(token));
        }
        if (!(steps.getFirst() instanceof Step.Name binding)) {
            return unknown(INVALID_IDENTIFIER, token, "a name must follow, as in " + token.prefix() + ".first");
        }
        if (scope.earlier().contains(binding.name())) {
            return foreign(token, binding.name());
        }
        if (scope.list() && meansAnotherCondition(token, binding.name())) {
            return unknown(INVALID_IDENTIFIER, token, noSuchCondition(binding.name()));
        }
        return new Path("", steps, cursor.word(token));
    }

    private Expression foreign(Token.PathToken token, String binding) {
        List<Step> rest = token.steps().subList(1, token.steps().size());
        return rest.isEmpty()
                ? unknown(
                        INVALID_IDENTIFIER,
                        token,
                        "a field of " + binding + " must follow, as in " + cursor.word(token) + ".name")
                : new Path(binding, rest, cursor.word(token));
    }

    /** {@code facts.os.name} is a common way to write a path into the fact itself, {@code events.os.name} a mistake. */
    private boolean meansAnotherCondition(Token.PathToken token, String name) {
        return scope.later().contains(name)
                || NUMBERED.matcher(name).matches()
                || (token.prefix().equals("events") && token.steps().size() > 1);
    }

    private String noSuchCondition(String name) {
        if (scope.later().contains(name)) {
            return "\"" + name + "\" is matched by this condition or one below it; only a condition above can be named";
        }
        String known = scope.earlier().isEmpty()
                ? "there is no condition above this one"
                : "the conditions above are " + String.join(", ", new TreeSet<>(scope.earlier()));
        return "no condition above is called \"" + name + "\": " + known + Nearest.hint(name, scope.earlier());
    }

    /** The value of {@code vars.a.b}. */
    Expression variable(Token.PathToken token) {
        if (token.steps().isEmpty() || !(token.steps().getFirst() instanceof Step.Name)) {
            return unknown(INVALID_IDENTIFIER, token, "a variable's name must follow, as in vars.name");
        }
        JsonNode value = variables();
        for (Step step : token.steps()) {
            if (!(step instanceof Step.Name(String name))) {
                return unknown(
                        UNKNOWN_VARIABLE, token, "variables are written as vars.name.name; [ ] cannot follow vars");
            }
            JsonNode inner = value.get(name);
            if (inner == null) {
                List<String> known = new ArrayList<>();
                value.fieldNames().forEachRemaining(known::add);
                return unknown(
                        UNKNOWN_VARIABLE, token, "the variables hold no \"" + name + "\"" + Nearest.hint(name, known));
            }
            value = inner;
        }
        return literal(value, token, true);
    }

    private JsonNode variables() {
        if (variables == null) {
            variables = scope.variables().tree();
        }
        return variables;
    }

    private Expression literal(JsonNode value, Token token, boolean lists) {
        return switch (value.getNodeType()) {
            case STRING -> text(value.textValue(), token);
            case BOOLEAN -> new Expression.Truth(value.booleanValue());
            case NULL -> new Null();
            case NUMBER ->
                value.isIntegralNumber()
                        ? new Expression.Whole(value.bigIntegerValue())
                        : new Expression.Decimal(value.doubleValue());
            case ARRAY -> lists ? list(value, token) : unsupported(token);
            case OBJECT, BINARY, MISSING, POJO -> unsupported(token);
        };
    }

    private Expression list(JsonNode values, Token token) {
        List<Expression> items = new ArrayList<>();
        values.forEach(item -> items.add(literal(item, token, false)));
        return new Expression.ListOf(items);
    }

    private Expression unsupported(Token token) {
        return unknown(
                UNSUPPORTED_VARIABLE_TYPE,
                token,
                "only a string, number, boolean, null or a list of these can be compared");
    }

    /** A string, rendered where it holds a template. */
    Expression text(String text, Token token) {
        if (!text.contains("{{") || !text.contains("}}")) {
            return new Expression.Text(text);
        }
        try {
            return new Expression.Text(scope.template().render(text, scope.variables()));
        } catch (ProblemException e) {
            return unknown(UNDEFINED_VARIABLE, token, e.detail());
        }
    }

    /** Notes a mistake that does not end the reading, and gives what stands in for the part. */
    Expression unknown(ErrorKind kind, Token token, String message) {
        cursor.problem(new ConditionError(kind, token.start(), cursor.word(token) + ": " + message));
        return new Null();
    }
}
