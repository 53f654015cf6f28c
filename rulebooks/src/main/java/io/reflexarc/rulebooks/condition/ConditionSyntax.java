// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.condition;

import io.reflexarc.rulebooks.error.ErrorKind;

/** Ends the reading of a condition at its first syntax error; never leaves {@link ConditionParser}. */
final class ConditionSyntax extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ConditionError error;

    ConditionSyntax(ErrorKind kind, int offset, String message) {
        super(message, null, false, false);
        this.error = new ConditionError(kind, offset, message);
    }

    ConditionSyntax(int offset, String message) {
        this(ErrorKind.CONDITION_SYNTAX_ERROR, offset, message);
    }

    ConditionError error() {
        return error;
    }
}
