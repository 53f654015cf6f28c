// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

/** What a condition evaluates to. Only {@link #TRUE} matches. */
public enum Truth {
    TRUE,
    FALSE,
    /** A field that it needs is missing, or the types differ; negation does not change it. */
    UNDEFINED,
    /** Depends on what another condition of the rule matches. */
    OPEN;

    static Truth of(boolean value) {
        return value ? TRUE : FALSE;
    }

    Truth negated() {
        return switch (this) {
            case TRUE -> FALSE;
            case FALSE -> TRUE;
            case UNDEFINED, OPEN -> this;
        };
    }

    Truth negatedIf(boolean negated) {
        return negated ? negated() : this;
    }

    Truth and(Truth other) {
        if (this == FALSE || other == FALSE) {
            return FALSE;
        }
        if (this == OPEN || other == OPEN) {
            return OPEN;
        }
        return this == UNDEFINED ? this : other;
    }

    Truth or(Truth other) {
        return negated().and(other.negated()).negated();
    }
}
