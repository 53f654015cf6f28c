// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.problem;

import java.util.List;

/** The only exception that our code throws for foreseen trouble; any other is a bug. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final transient List<FieldError> errors;

    /** A problem that concerns the request or state as a whole; the detail names place and remedy. */
    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of());
    }

    /** A problem with one entry for each wrong field or place. */
    public ProblemException(ProblemType type, String detail, List<FieldError> errors) {
        super(detail);
        this.type = type;
        this.errors = List.copyOf(errors);
    }

    /** A problem with a cause that belongs into the log, never into the answer. */
    public ProblemException(ProblemType type, String detail, Throwable cause) {
        super(detail, cause);
        this.type = type;
        this.errors = List.of();
    }

    /** What kind of trouble this is. */
    public ProblemType type() {
        return type;
    }

    /** What a person can do about it, in one sentence. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** One entry for each wrong field or place; empty when the problem is not about fields. */
    public List<FieldError> errors() {
        return errors == null ? List.of() : errors;
    }
}
