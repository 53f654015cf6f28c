// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import io.reflexarc.engine.template.Value.Bool;
import io.reflexarc.engine.template.Value.Float;
import io.reflexarc.engine.template.Value.Int;
import io.reflexarc.engine.template.Value.None;
import io.reflexarc.engine.template.Value.Seq;
import io.reflexarc.engine.template.Value.Str;
import io.reflexarc.engine.template.Value.Undefined;
import java.math.BigInteger;
import java.util.Locale;

/** The tests of Jinja2: what can follow {@code is}. */
final class Checks {
    private Checks() {}

    static boolean test(Evaluation evaluation, String name, Value value, Arguments arguments) {
        return switch (name) {
            case "defined" -> !(value instanceof Undefined);
            case "undefined" -> value instanceof Undefined;
            case "none" -> value instanceof None;
            case "string" -> value instanceof Str;
            case "number" -> Operations.isNumber(value);
            case "integer" -> value instanceof Int;
            case "float" -> value instanceof Float;
            case "boolean" -> value instanceof Bool;
            case "true" -> value.equals(Value.TRUE);
            case "false" -> value.equals(Value.FALSE);
            case "mapping" -> Operations.isDict(value);
            case "sequence" ->
                value instanceof Str
                        || Operations.isDict(value)
                        || (value instanceof Seq seq
                                && seq.kind() != Value.Kind.GENERATOR
                                && seq.kind() != Value.Kind.VIEW);
            case "iterable" -> value instanceof Str || Operations.isDict(value) || value instanceof Seq;
            case "callable" ->
                value instanceof Value.Thing thing && thing.callable().isPresent();
            case "escaped" -> false;
            case "odd" -> whole(value).testBit(0);
            case "even" -> !whole(value).testBit(0);
            case "divisibleby" -> divisible(evaluation, value, arguments.require(0, "num"));
            case "lower" -> isLower(Texts.str(value));
            case "upper" -> isUpper(Texts.str(value));
            case "sameas" -> value.equals(arguments.require(0, "other"));
            case "filter" -> Filters.exists(Texts.str(value));
            case "test" -> exists(Texts.str(value));
            default -> compare(evaluation, name, value, arguments);
        };
    }

    private static boolean compare(Evaluation evaluation, String name, Value value, Arguments arguments) {
        String operator = switch (name) {
            case "eq", "equalto", "==" -> "==";
            case "ne", "!=" -> "!=";
            case "lt", "lessthan", "<" -> "<";
            case "le", "<=" -> "<=";
            case "gt", "greaterthan", ">" -> ">";
            case "ge", ">=" -> ">=";
            case "in" -> "in";
            default -> throw new TemplateFailure("No test named '" + name + "'.");
        };
        return evaluation.compare(operator, value, arguments.require(0, "other"));
    }

    private static boolean exists(String name) {
        return switch (name) {
            case "defined",
                    "undefined",
                    "none",
                    "string",
                    "number",
                    "integer",
                    "float",
                    "boolean",
                    "true",
                    "false",
                    "mapping",
                    "sequence",
                    "iterable",
                    "callable",
                    "escaped",
                    "odd",
                    "even",
                    "divisibleby",
                    "lower",
                    "upper",
                    "sameas",
                    "filter",
                    "test",
                    "eq",
                    "equalto",
                    "==",
                    "ne",
                    "!=",
                    "lt",
                    "lessthan",
                    "<",
                    "le",
                    "<=",
                    "gt",
                    "greaterthan",
                    ">",
                    "ge",
                    ">=",
                    "in" -> true;
            default -> false;
        };
    }

    private static BigInteger whole(Value value) {
        Operations.require(value);
        return Operations.integer(value)
                .orElseThrow(() -> new TemplateFailure("'" + value.typeName() + "' is not a whole number"));
    }

    private static boolean divisible(Evaluation evaluation, Value value, Value by) {
        Value rest = evaluation.operations().calculate("%", value, by);
        return evaluation.operations().same(rest, Value.of(0));
    }

    static boolean isLower(String text) {
        return text.codePoints().anyMatch(Character::isLetter) && text.equals(text.toLowerCase(Locale.ROOT));
    }

    static boolean isUpper(String text) {
        return text.codePoints().anyMatch(Character::isLetter) && text.equals(text.toUpperCase(Locale.ROOT));
    }
}
