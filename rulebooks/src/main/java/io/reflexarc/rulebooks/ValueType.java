// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import io.reflexarc.rulebooks.YamlNode.Fields;
import io.reflexarc.rulebooks.YamlNode.Items;
import io.reflexarc.rulebooks.YamlNode.Scalar;

/** What the value of a key may be. */
enum ValueType {
    STRING("a string"),
    NAME("a string that is not blank"),
    BOOLEAN("true or false"),
    INTEGER("a whole number"),
    POSITIVE("a whole number above 0"),
    BOUND("a whole number from 1 to " + Bounds.MOST + ", or a template of one"),
    NUMBER("a number"),
    MAPPING("a mapping"),
    LIST("a list"),
    STRINGS("a list of strings"),
    STRING_OR_STRINGS("a string or a list of strings"),
    STRING_OR_MAPPING("a string or a mapping"),
    DURATION("a number, one blank and a unit, as in \"5 minutes\" (milliseconds, seconds, minutes, hours or days)"),
    TIME_TO_LIVE("a number, one blank and a unit, as in \"2 hours\" (seconds, minutes, hours or days)"),
    STRATEGY("\"sequential\" or \"parallel\""),
    SHUTDOWN_KIND("\"graceful\" or \"now\""),
    CONDITION("a string, true or false, or a mapping with all, any or not_all");

    private final String noun;

    ValueType(String noun) {
        this.noun = noun;
    }

    /** What it may be, for messages. */
    String noun() {
        return noun;
    }

    boolean accepts(YamlNode node) {
        return switch (this) {
            case STRING -> isString(node);
            case NAME -> isString(node) && !text(node).isBlank();
            case BOOLEAN -> isBoolean(node);
            case INTEGER -> isInteger(node);
            case POSITIVE -> isInteger(node) && node.json().doubleValue() >= 1;
            case BOUND ->
                isString(node)
                        ? text(node).contains("{{")
                        : POSITIVE.accepts(node) && node.json().doubleValue() <= Bounds.MOST;
            case NUMBER -> node instanceof Scalar scalar && scalar.json().isNumber();
            case MAPPING -> node instanceof Fields;
            case LIST -> node instanceof Items;
            case STRINGS -> isStrings(node);
            case STRING_OR_STRINGS -> isString(node) || isStrings(node);
            case STRING_OR_MAPPING -> isString(node) || node instanceof Fields;
            case DURATION -> isString(node) && Durations.isDuration(text(node));
            case TIME_TO_LIVE ->
                isString(node)
                        && Durations.isDuration(text(node))
                        && !text(node).contains("milli");
            case STRATEGY -> isOneOf(node, "sequential", "parallel");
            case SHUTDOWN_KIND -> isOneOf(node, "graceful", "now");
            case CONDITION -> isString(node) || isBoolean(node) || node instanceof Fields;
        };
    }

    private static boolean isString(YamlNode node) {
        return node instanceof Scalar scalar && scalar.isString();
    }

    private static String text(YamlNode node) {
        return node.json().asText();
    }

    /** As JSON Schema has it, 1.0 is a whole number too. */
    private static boolean isInteger(YamlNode node) {
        return node instanceof Scalar scalar
                && scalar.json().isNumber()
                && (scalar.json().isIntegralNumber() || scalar.json().doubleValue() % 1 == 0);
    }

    private static boolean isStrings(YamlNode node) {
        return node instanceof Items list && list.items().stream().allMatch(ValueType::isString);
    }

    private static boolean isBoolean(YamlNode node) {
        return node instanceof Scalar scalar && scalar.json().isBoolean();
    }

    private static boolean isOneOf(YamlNode node, String one, String other) {
        return isString(node) && (text(node).equals(one) || text(node).equals(other));
    }
}
