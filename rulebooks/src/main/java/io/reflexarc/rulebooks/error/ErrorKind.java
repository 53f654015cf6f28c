// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.error;

import java.util.Locale;

/**
 * Kinds of errors in a rulebook, ordered by the stage at which the original notices them. The slugs are those of the
 * recorded verdicts.
 */
public enum ErrorKind {
    /** The text is not YAML, or more YAML than we take. */
    YAML_ERROR,
    /** A key or a value that must not stand where it stands. */
    SCHEMA_ERROR,
    EMPTY_RULESET_NAME,
    DUPLICATE_RULESET_NAME,
    DUPLICATE_RULE_NAME,
    /** A source without a plugin. */
    INVALID_SOURCE,
    /** A template names a variable that is not given, or cannot be rendered. */
    UNDEFINED_VARIABLE,
    CONDITION_SYNTAX_ERROR,
    UNSUPPORTED_SELECT_OPERATOR,
    UNSUPPORTED_SELECTATTR_OPERATOR,
    /** A condition that can be read but makes no sense. */
    INVALID_CONDITION,
    /** A path that names nothing. */
    INVALID_IDENTIFIER,
    /** A wrong name before {@code <<}. */
    INVALID_ASSIGNMENT,
    /** {@code vars.x} with an x that is not given. */
    UNKNOWN_VARIABLE,
    /** {@code vars.x} with an x that no condition can compare. */
    UNSUPPORTED_VARIABLE_TYPE,
    UNSUPPORTED_EXPRESSION,
    INVALID_REGEX,
    THROTTLE_ON_MULTI_CONDITION,
    /** What the original breaks on while it builds the rule. */
    ENGINE_REJECTED;

    /** Lower case with underscores. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is noticed in a disabled rule too: the meaning of a disabled rule is not checked, its form is. */
    public boolean concernsForm() {
        return compareTo(UNSUPPORTED_SELECTATTR_OPERATOR) <= 0 && this != UNDEFINED_VARIABLE;
    }
}
